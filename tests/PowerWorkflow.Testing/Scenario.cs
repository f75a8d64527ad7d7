using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PowerWorkflow.Testing;

/// <summary>A scenario file of <c>workflows/</c>: who starts a case, who does which step with which answers.</summary>
/// <param name="Process">Definition id.</param>
/// <param name="Unit">Unit code the case belongs to.</param>
/// <param name="StartedBy">Person id.</param>
/// <param name="Inputs">Workflow inputs.</param>
/// <param name="Data">Sections written at the start.</param>
/// <param name="Steps">What people do, in order. Waiting and expectations of the file are left out: they belong to the virtual clock.</param>
public sealed partial record Scenario(string Process, string Unit, string StartedBy, JsonObject Inputs, JsonObject Data, IReadOnlyList<ScenarioStep> Steps)
{
    /// <summary>The customer's name, as the front desk types it.</summary>
    public string Customer => (string?)Data["CUST"]?["custName"] ?? "客户";

    /// <summary>Reads a scenario and moves all its dates by whole days, so that it begins today: what was valid then must be valid now.</summary>
    /// <param name="process">Folder under <c>workflows/</c>.</param>
    /// <param name="code">File name without ending.</param>
    /// <param name="today">The day it is walked.</param>
    public static Scenario Read(string process, string code, DateTimeOffset today)
    {
        var file = JsonNode.Parse(File.ReadAllText(Repository.File("workflows", process, "scenarios", code + ".json")))!.AsObject();
        var days = (today.Date - DateTimeOffset.Parse((string)file["startAt"]!, CultureInfo.InvariantCulture).Date).Days;
        Shift(file, days);
        var start = file["start"]!;
        return new Scenario(
            (string)file["process"]!,
            (string)file["unit"]!,
            (string)start["by"]!,
            start["inputs"]?.AsObject() ?? [],
            start["data"]?.AsObject() ?? [],
            [.. file["steps"]!.AsArray().Where(step => step!["step"] is not null).Select(step => ScenarioStep.From(step!.AsObject()))]);
    }

    private static void Shift(JsonNode? node, int days)
    {
        switch (node)
        {
            case JsonObject map:
                foreach (var (_, child) in map.ToList())
                {
                    Shift(child, days);
                }

                break;
            case JsonArray list:
                foreach (var child in list.ToList())
                {
                    Shift(child, days);
                }

                break;
            case JsonValue value when value.TryGetValue(out string? text) && Date().Match(text) is { Success: true } date:
                var moved = DateOnly.Parse(date.Value, CultureInfo.InvariantCulture).AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
                value.ReplaceWith(moved + text[10..]);
                break;
        }
    }

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}(?=$|T\d)")]
    private static partial Regex Date();
}

/// <summary>One person does one step.</summary>
/// <param name="Step">Step code.</param>
/// <param name="By">Person id.</param>
/// <param name="Data">Sections the form writes.</param>
/// <param name="Outcome">Chosen outcome's code.</param>
/// <param name="Also">Persons who sign too, with the same answers.</param>
/// <param name="ReturnTo">Activity the case is sent back to, if it is.</param>
/// <param name="Comment">Why, when it is sent back.</param>
/// <param name="Refused">Slug of the problem that is expected instead of success.</param>
public sealed record ScenarioStep(string Step, string By, JsonObject Data, string Outcome, IReadOnlyList<string> Also, string? ReturnTo, string? Comment, string? Refused)
{
    internal static ScenarioStep From(JsonObject step) => new(
        (string)step["step"]!,
        (string)step["by"]!,
        step["data"]?.AsObject() ?? [],
        (string?)step["outcome"] ?? "Done",
        [.. step["also"]?.AsArray().Select(person => (string)person!) ?? []],
        (string?)step["returnTo"],
        (string?)step["comment"],
        (string?)step["refused"]);
}
