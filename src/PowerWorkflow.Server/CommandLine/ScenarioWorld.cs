using System.Text.Json.Nodes;
using PowerWorkflow.Processes.Activities;

namespace PowerWorkflow.Server.CommandLine;

/// <summary>What measures time in a case that runs from files: calendars, policies and ladders of a <c>workflows</c> folder, as a started case would pin them.</summary>
internal static class ScenarioWorld
{
    /// <param name="tree">The <c>workflows</c> folder.</param>
    /// <param name="unit">Unit of the case; decides region and calendar. Null for none.</param>
    /// <param name="at">When the case starts.</param>
    /// <returns>Null when the folder has no policies: then no time limit can be measured.</returns>
    public static CaseWorld? Of(DirectoryInfo tree, string? unit, DateTimeOffset at)
    {
        var shared = Path.Combine(tree.FullName, "shared");
        if (!File.Exists(Path.Combine(shared, "policies", "assignments.json")))
        {
            return null;
        }

        var library = ReferenceLibrary.Parse(
        [
            .. Texts("calendar", Path.Combine(shared, "calendars")), .. Texts("policy", Path.Combine(shared, "policies")), .. Texts("policy-set", Path.Combine(shared, "policies", "sets")),
            new ReferenceText("ladders", "ladders", File.ReadAllText(Path.Combine(shared, "ladders.json"))),
        ]);
        var (regions, calendar) = Place(Path.Combine(shared, "org.json"), unit);
        return library.WorldOf(calendar, library.Policies.InForce(regions, DateOnly.FromDateTime(at.ToOffset(TimeSpan.FromHours(8)).Date)).Pin);
    }

    private static IEnumerable<ReferenceText> Texts(string kind, string folder) =>
        Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal).Select(file => new ReferenceText(kind, Path.GetFileNameWithoutExtension(file), File.ReadAllText(file)));

    /// <summary>The unit and those above it, nearest first, and the nearest calendar.</summary>
    private static (IReadOnlyList<string> Regions, string Calendar) Place(string organisation, string? unit)
    {
        var units = (JsonNode.Parse(File.ReadAllText(organisation))!["units"] as JsonArray ?? []).ToDictionary(u => (string)u!["code"]!, u => u!);
        var (regions, calendar) = (new List<string>(), (string?)null);
        for (var at = unit; at is not null && units.TryGetValue(at, out var found); at = (string?)found["parent"])
        {
            regions.Add(at);
            calendar ??= (string?)found["calendar"];
        }

        return (regions, calendar ?? "CN");
    }
}
