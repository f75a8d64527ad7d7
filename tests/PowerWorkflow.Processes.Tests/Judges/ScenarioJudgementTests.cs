using System.Globalization;
using System.Text.Json.Nodes;
using PowerWorkflow.Processes.Forms;
using PowerWorkflow.Processes.Judges;
using PowerWorkflow.Processes.Tests.Checklists;
using Xunit;

namespace PowerWorkflow.Processes.Tests.Judges;

/// <summary>The scenarios that ship under <c>workflows/</c>, seen by the judges alone; the engine walks them elsewhere.</summary>
public sealed class ScenarioJudgementTests
{
    private static readonly string Workflows = Path.GetDirectoryName(Shipped.Folder)!;

    public static TheoryData<string> Scenarios() =>
        new(Directory.GetFiles(Workflows, "*.json", SearchOption.AllDirectories).Where(f => Path.GetFileName(Path.GetDirectoryName(f)) == "scenarios").Select(f => Path.GetRelativePath(Workflows, f)).Order());

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void What_a_scenario_chooses_is_what_its_data_permit(string file)
    {
        var scenario = Read(Path.Combine(Workflows, file));
        var data = scenario["start"]!["data"]!.AsObject().ToDictionary(s => s.Key, s => s.Value!.DeepClone().AsObject());
        var now = DateTimeOffset.Parse(scenario["startAt"]!.GetValue<string>(), CultureInfo.InvariantCulture);
        var round = new Dictionary<string, int>();
        foreach (var step in scenario["steps"]!.AsArray().Where(step => step!["step"] is not null))
        {
            now += System.Xml.XmlConvert.ToTimeSpan(step!["after"]?.GetValue<string>() ?? "PT0S");
            var submitted = (step["data"] as JsonObject ?? []).ToDictionary(s => s.Key, s => s.Value!.DeepClone().AsObject());
            var code = step["step"]!.GetValue<string>();
            var refused = step["refused"]?.GetValue<string>();
            if (step["returnTo"] is null && JudgeOf(scenario["process"]!.GetValue<string>(), code, step["outcome"]!.GetValue<string>(), submitted) is { } found)
            {
                var judgement = found.Judge.Of(new JudgeInput
                {
                    CaseId = file,
                    Outcomes = found.Outcomes,
                    Data = data,
                    Submitted = submitted,
                    Form = found.Form,
                    Round = submitted.Keys.Select(RoundOf).DefaultIfEmpty(1).Max(),
                    Now = now,
                    Checklists = ((string[])["completion-10kv", "completion-lv", "mid"]).ToDictionary(list => list, ChecklistTests.Shipped),
                });
                var permitted = judgement.Permitted.Contains(step["outcome"]!.GetValue<string>());
                Assert.True(permitted == (refused is null), $"{code} → {step["outcome"]}: {string.Join("; ", judgement.Reasons.Select(r => $"[{r.Code}] {r.Message.En}"))}");
                foreach (var (key, derived) in judgement.Derived)
                {
                    foreach (var (name, value) in derived)
                    {
                        submitted[key][name] = value?.DeepClone();
                    }
                }
            }

            foreach (var (key, section) in refused is null ? submitted : [])
            {
                data[key] = section;
            }
        }

        foreach (var (path, expected) in scenario["expect"]!["data"] as JsonObject ?? [])
        {
            var dot = path.IndexOf('.', StringComparison.Ordinal);
            Assert.Equal(expected!.ToString(), data[path[..dot]][path[(dot + 1)..]]?.ToString());
        }
    }

    private static int RoundOf(string key) => key.IndexOf('#', StringComparison.Ordinal) is >= 0 and var hash ? int.Parse(key.AsSpan(hash + 1), CultureInfo.InvariantCulture) : 1;

    private static (Judge Judge, string[] Outcomes, FormDefinition? Form)? JudgeOf(string process, string step, string outcome, Dictionary<string, JsonObject> submitted)
    {
        foreach (var definition in Directory.GetFiles(Workflows, "definition.json", SearchOption.AllDirectories).OrderBy(f => Path.GetFileName(Path.GetDirectoryName(f)) != process))
        {
            foreach (var activity in Read(definition)["root"]!["activities"]!.AsArray()
                .Where(a => a!["id"]!.GetValue<string>() == step && a["judge"] is not null && a["outcomes"]!.ToJsonString().Contains(outcome, StringComparison.Ordinal)))
            {
                var folder = Path.GetDirectoryName(definition)!;
                var forms = Directory.GetFiles(Path.Combine(folder, "forms"))
                    .Where(f => activity!["form"]!["expression"]!["value"]!.GetValue<string>() is var named && (named == Path.GetFileNameWithoutExtension(f) || named.Contains($"'{Path.GetFileNameWithoutExtension(f)}'", StringComparison.Ordinal)))
                    .Select(f => FormDefinition.Parse(Read(f)));
                var form = forms.OrderBy(f => FormValidator.Validate(f, submitted).Count).ThenByDescending(f => f.Checklists.Count(c => submitted.Values.Any(s => s["items"] is JsonArray { Count: > 30 }) == c.EndsWith("10kv", StringComparison.Ordinal))).FirstOrDefault();
                if (form is not null && FormValidator.Validate(form, submitted).Count == 0)
                {
                    return (Processes.Judges.Judges.Find(activity!["judge"]!["expression"]!["value"]!.GetValue<string>())!,
                        [.. JsonNode.Parse(activity["outcomes"]!["expression"]!["value"]!.GetValue<string>())!.AsArray().Select(o => o!.GetValue<string>())], form);
                }
            }
        }

        return null;
    }

    private static JsonObject Read(string file) => JsonNode.Parse(File.ReadAllText(file))!.AsObject();
}
