using System.Text.Json.Nodes;
using Xunit;

namespace PowerWorkflow.Processes.Tests.Definitions;

/// <summary>The process definitions that ship under <c>workflows/</c>, as people see them.</summary>
public sealed class DrawingTests
{
    private static readonly string Workflows = Path.GetDirectoryName(Shipped.Folder)!;

    public static TheoryData<string> Processes() =>
        new(Directory.GetFiles(Workflows, "definition.json", SearchOption.AllDirectories).Select(file => Path.GetFileName(Path.GetDirectoryName(file)!)).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Processes))]
    public void No_box_of_a_drawing_lies_on_another(string process)
    {
        var boxes = Activities(process).Select(a => (Id: Text(a, "id"), X: Place(a, "x"), Y: Place(a, "y"))).ToList();

        var overlaps = from a in boxes from b in boxes
                       where string.CompareOrdinal(a.Id, b.Id) < 0 && Math.Abs(a.X - b.X) < 210 && Math.Abs(a.Y - b.Y) < 64
                       select $"{a.Id} and {b.Id}";

        Assert.Empty(overlaps);
    }

    [Theory]
    [MemberData(nameof(Processes))]
    public void Every_step_and_every_outcome_has_a_name_in_both_languages(string process)
    {
        foreach (var language in new[] { "zh-CN", "en" })
        {
            var names = JsonNode.Parse(File.ReadAllText(Path.Combine(Workflows, process, "i18n", language + ".json")))!;
            foreach (var task in Activities(process).Where(a => Text(a, "type") == "PowerWorkflow.UserTask"))
            {
                var step = Text(task, "name");
                Assert.True(names["steps"]?[step] is not null, $"{process}/{language}: no name for step {step}");
                foreach (var outcome in JsonNode.Parse(task["outcomes"]!["expression"]!["value"]!.GetValue<string>())!.AsArray())
                {
                    Assert.True(names["outcomes"]?[$"{step}.{outcome}"] is not null, $"{process}/{language}: no name for outcome {step}.{outcome}");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Processes))]
    public void Every_process_tells_its_owner_what_it_does(string process) =>
        Assert.Contains("\n---\n", File.ReadAllText(Path.Combine(Workflows, process, "README.md")), StringComparison.Ordinal);

    private static IEnumerable<JsonNode> Activities(string process) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(Workflows, process, "definition.json")))!["root"]!["activities"]!.AsArray().Select(a => a!);

    private static string Text(JsonNode activity, string name) => activity[name]!.GetValue<string>();

    private static double Place(JsonNode activity, string axis) => activity["metadata"]!["designer"]!["position"]![axis]!.GetValue<double>();
}
