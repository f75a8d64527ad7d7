using System.Text.Json.Nodes;
using PowerWorkflow.Processes.Forms;
using Xunit;

namespace PowerWorkflow.Processes.Tests.Forms;

/// <summary>The forms that ship under <c>workflows/</c>.</summary>
public sealed class CommittedFormsTests
{
    private static readonly string Workflows = Path.GetDirectoryName(Shipped.Folder)!;

    [Fact]
    public void Every_committed_form_can_be_judged_on_the_server_and_is_labelled_in_both_languages()
    {
        var forms = Directory.GetFiles(Workflows, "*.json", SearchOption.AllDirectories).Where(file => Path.GetFileName(Path.GetDirectoryName(file)) == "forms").ToList();

        var problems = forms.SelectMany(file => FormDefinition.Problems(Read(file)).Select(problem => $"{Path.GetRelativePath(Workflows, file)}: {problem}"));

        Assert.NotEmpty(forms);
        Assert.Empty(problems);
    }

    [Fact]
    public void What_every_scenario_enters_fits_a_form_of_its_step()
    {
        var checkedSections = 0;
        var problems = new List<string>();
        foreach (var file in Directory.GetFiles(Workflows, "*.json", SearchOption.AllDirectories).Where(file => Path.GetFileName(Path.GetDirectoryName(file)) == "scenarios"))
        {
            var scenario = Read(file);
            foreach (var step in scenario["steps"]!.AsArray().Where(step => step!["data"] is JsonObject { Count: > 0 }))
            {
                var code = step!["step"]!.GetValue<string>();
                var sections = step["data"]!.AsObject().ToDictionary(s => s.Key, s => s.Value!.AsObject());
                var errors = FormsOf(code).Select(form => FormValidator.Validate(form, sections)).OrderBy(found => found.Count).FirstOrDefault();
                if (errors is not { Count: 0 })
                {
                    problems.Add($"{Path.GetRelativePath(Workflows, file)}, step {code}: {(errors is null ? "no form" : string.Join("; ", errors.Select(e => $"{e.Path} {e.Message.En}")))}");
                }

                checkedSections += sections.Count;
            }
        }

        Assert.Empty(problems);
        Assert.True(checkedSections > 0, "No scenario was found.");
    }

    private static IEnumerable<FormDefinition> FormsOf(string step) =>
        from definition in Directory.GetFiles(Workflows, "definition.json", SearchOption.AllDirectories)
        from activity in Read(definition)["root"]!["activities"]!.AsArray()
        where activity!["id"]!.GetValue<string>() == step && activity["form"] is not null
        let named = activity["form"]!["expression"]!["value"]!.GetValue<string>()
        let folder = Path.Combine(named.Contains('/', StringComparison.Ordinal) ? Path.Combine(Workflows, named[..named.IndexOf('/', StringComparison.Ordinal)]) : Path.GetDirectoryName(definition)!, "forms")
        from form in Directory.GetFiles(folder)
        where named.Contains(Path.GetFileNameWithoutExtension(form), StringComparison.Ordinal)
        select FormDefinition.Parse(Read(form));

    private static JsonObject Read(string file) => JsonNode.Parse(File.ReadAllText(file))!.AsObject();
}
