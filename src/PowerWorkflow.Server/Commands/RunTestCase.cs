using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PowerWorkflow.Engine;
using PowerWorkflow.Engine.Definitions;
using PowerWorkflow.Engine.Simulation;
using PowerWorkflow.Server.Definitions;
using PowerWorkflow.Server.Refusals;
using PowerWorkflow.Server.Security;
using PowerWorkflow.Server.Storage;
using PowerWorkflow.Server.Storage.Schema;

namespace PowerWorkflow.Server.Commands;

/// <summary>What a person does to a test case: one of the members is set.</summary>
/// <param name="Task">Complete this open task with <paramref name="Outcome"/>.</param>
/// <param name="Advance">Move the virtual clock to the next timer.</param>
/// <param name="Retry">Run the activity of this incident again.</param>
/// <param name="Skip">Leave the activity of this incident by <paramref name="Outcome"/>.</param>
public sealed record TestMove(
    string? Task = null, string? Outcome = null, JsonObject? Data = null, string? ReturnTo = null, bool? Advance = null, string? Retry = null, string? Skip = null);

/// <summary>
/// Tries a process out: a draft runs in memory on a virtual clock, with the data of its first scenario. Nothing leaves the program; the moves are kept so that
/// the Studio can show what happened. Test cases are gone after a week.
/// </summary>
public sealed class RunTestCase(
    WorkflowDb db, WorkflowEngine engine, DefinitionCatalog catalog, CaseSurroundings surroundings, WorkflowFolder folder, SignedIn who, TimeProvider time)
{
    public const string Prefix = "test-";

    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    /// <summary>Starts one with the given version as it is drawn now.</summary>
    public async Task<string> Start(DefinitionVersion version, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var scenario = Scenario(version.DefinitionId);
        var unit = scenario?["unit"]?.ToString() is { Length: > 0 } given && who.Organisation.Unit(given) is not null ? given
            : who.Reach.Assignments.Select(a => a.Unit).FirstOrDefault() ?? who.Organisation.Units.Select(u => u.Code).FirstOrDefault() ?? "";
        var world = await WorldOf(version, unit, now, ct);
        var start = new JsonObject
        {
            ["start"] = true, ["at"] = now, ["by"] = who.PersonId, ["unit"] = unit,
            ["inputs"] = scenario?["start"]?["inputs"]?.DeepClone() ?? new JsonObject(),
            ["data"] = scenario?["start"]?["data"]?.DeepClone() ?? new JsonObject(),
        };
        var row = new TestCaseRow
        {
            TestCaseId = $"{Prefix}{Guid.NewGuid().ToString("n")[..12]}", DefinitionId = version.DefinitionId, VersionId = version.VersionId, Version = version.Version,
            Name = version.Name, World = world.ToJsonString(DefinitionFormat.Json), Moves = new JsonArray(start).ToJsonString(DefinitionFormat.Json), StartedBy = who.PersonId, CreatedAt = now, UpdatedAt = now,
        };
        await Play(row);
        db.Add(row);
        var old = now - Kept;
        db.RemoveRange(await db.Set<TestCaseRow>().Where(t => t.CreatedAt < old).OrderBy(t => t.CreatedAt).Take(50).ToListAsync(ct));
        await db.SaveChangesAsync(ct);
        return row.TestCaseId;
    }

    /// <summary>Goes one step on.</summary>
    /// <exception cref="RefusedException">There is no such test case, or what is asked does not fit it.</exception>
    public async Task Move(string testCaseId, TestMove move, CancellationToken ct)
    {
        var row = await db.Set<TestCaseRow>().FindAsync([testCaseId], ct) ?? throw new RefusedException(Problems.CaseUnknown(testCaseId));
        var moves = JsonNode.Parse(row.Moves)!.AsArray(); // written here
        var step = JsonSerializer.SerializeToNode(move, DefinitionFormat.Json)!.AsObject(); // a record is an object
        step["by"] = who.PersonId;
        moves.Add(step);
        (row.Moves, row.UpdatedAt) = (moves.ToJsonString(DefinitionFormat.Json), time.GetUtcNow());
        await Play(row);
        await db.SaveChangesAsync(ct);
    }

    /// <summary>The test case as it stands: all its moves played in order.</summary>
    public async Task<CaseRunner> Play(TestCaseRow row)
    {
        var kept = JsonNode.Parse(row.World)!.AsObject(); // written here
        var pins = CasePins.FromJson(kept["pins"]!.ToJsonString());
        var definitions = kept["documents"]!.AsObject().ToDictionary(d => d.Key, d => WorkflowDefinition.Read(d.Value!.DeepClone().AsObject(), engine.Activities, d.Key));
        var moves = JsonNode.Parse(row.Moves)!.AsArray().OfType<JsonObject>().ToList();
        var start = moves[0];
        var world = new World
        {
            Definitions = definitions, Versions = pins.Definitions, TimeZone = pins.TimeZone, Domain = await surroundings.Domain(pins, catalog),
            Case = new CaseInfo("TEST", start["unit"]?.ToString()),
        };
        var runner = new CaseRunner(engine, world, row.DefinitionId, start["at"]!.GetValue<DateTimeOffset>());
        try
        {
            foreach (var move in moves) Apply(runner, move);
        }
        catch (StimulusRefusedException refused)
        {
            throw new RefusedException(Problems.InputInvalid("move", refused.Message, refused.Message));
        }

        return runner;
    }

    private static void Apply(CaseRunner runner, JsonObject move)
    {
        var actor = new Actor(move["by"]?.ToString() ?? "system");
        Dictionary<string, JsonObject> Sections() => (move["data"] as JsonObject)?.Where(s => s.Value is JsonObject).ToDictionary(s => s.Key, s => s.Value!.DeepClone().AsObject()) ?? [];
        if (move["start"] is not null) runner.Start((move["inputs"] as JsonObject ?? []).ToDictionary(i => i.Key, i => i.Value?.DeepClone()), actor, Sections());
        else if (move["task"]?.ToString() is { } task) runner.Complete(new Stimulus.CompleteTask(task, move["outcome"]?.ToString() ?? "Done", actor, Sections()) { ReturnTo = move["returnTo"]?.ToString(), Comment = "test" });
        else if (move["retry"]?.ToString() is { } retry) runner.Apply(new Stimulus.RetryIncident(retry, actor));
        else if (move["skip"]?.ToString() is { } skip) runner.Apply(new Stimulus.SkipIncident(skip, move["outcome"]?.ToString() ?? "Done", actor, "test"));
        else if (move["advance"] is not null) runner.AdvanceToNextTimer();
    }

    private async Task<JsonObject> WorldOf(DefinitionVersion version, string unit, DateTimeOffset now, CancellationToken ct)
    {
        var documents = new JsonObject { [version.VersionId] = JsonNode.Parse(version.Document) };
        var definitions = new SortedDictionary<string, string>(StringComparer.Ordinal) { [version.DefinitionId] = version.VersionId };
        var open = new Queue<JsonObject>([documents[version.VersionId]!.AsObject()]);
        while (open.TryDequeue(out var document))
        {
            foreach (var called in CalledDefinitions.In(document).Where(id => !definitions.ContainsKey(id)))
            {
                var id = await catalog.VersionForAsync(called, unit, now);
                var row = await db.DefinitionVersions.AsNoTracking().Where(v => v.DefinitionId == called && (id == null || v.VersionId == id)).OrderByDescending(v => v.Version).FirstOrDefaultAsync(ct);
                if (row is null) continue; // the call becomes an incident that names it
                definitions[called] = row.VersionId;
                documents[row.VersionId] = JsonNode.Parse(row.Document);
                open.Enqueue(documents[row.VersionId]!.AsObject());
            }
        }

        var references = await db.ReferenceDocuments.GroupBy(d => new { d.Kind, d.Code }).Select(g => new { g.Key.Kind, g.Key.Code, Version = g.Max(d => d.Version) }).ToListAsync(ct);
        var newest = new SortedDictionary<string, int>(references.ToDictionary(r => $"{r.Kind}/{r.Code}", r => r.Version), StringComparer.Ordinal);
        string[] upwards = [.. surroundings.Upwards(unit)];
        var zone = surroundings.TimeZoneOf(unit);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, TimeZoneInfo.FindSystemTimeZoneById(zone)).DateTime);
        var pins = new CasePins
        {
            Definitions = definitions, Forms = [], References = newest, TimeZone = zone, Calendar = surroundings.CalendarOf(unit),
            Policies = await surroundings.PoliciesOf(newest, upwards, today, catalog),
        };
        return new JsonObject { ["documents"] = documents, ["pins"] = JsonNode.Parse(pins.ToJson()) };
    }

    private JsonObject? Scenario(string definitionId)
    {
        if (folder.Path is null || Path.GetFileName(definitionId) != definitionId) return null;
        var scenarios = Path.Combine(folder.Path, definitionId, "scenarios");
        var file = Directory.Exists(scenarios) ? Directory.EnumerateFiles(scenarios, "*.json").Order(StringComparer.Ordinal).FirstOrDefault() : null;
        return file is null ? null : JsonNode.Parse(File.ReadAllText(file)) as JsonObject;
    }
}
