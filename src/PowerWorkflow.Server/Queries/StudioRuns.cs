using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PowerWorkflow.Engine;
using PowerWorkflow.Engine.Journal;
using PowerWorkflow.Engine.Simulation;
using PowerWorkflow.Server.Commands;
using PowerWorkflow.Server.Refusals;
using PowerWorkflow.Server.Storage;
using PowerWorkflow.Server.Storage.Schema;

namespace PowerWorkflow.Server.Queries;

/// <summary>One journal entry as the Studio's viewer needs it.</summary>
/// <param name="Path">Path of activity ids; null for the case itself.</param>
public sealed record RunFact(long Sequence, string Kind, DateTimeOffset At, string? Path, string? ActivityType, string? ExecutionId, JsonObject Detail);

/// <summary>A case, or a test case, as the Studio's viewer shows it.</summary>
/// <param name="VersionId">Version to be drawn; for a test case an id of its own, because its draft may have changed since.</param>
/// <param name="Test">Set for a test case.</param>
public sealed record StudioRun(
    string Id, string DefinitionId, string VersionId, int Version, string Name, string? CorrelationId, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt,
    DateTimeOffset? FinishedAt, CaseState State, IReadOnlyDictionary<string, JsonObject> Data, IReadOnlyList<RunFact> Facts, CaseRunner? Test)
{
    /// <summary>The id under which the Studio keys an activity.</summary>
    public static string NodeId(string path) => $"Workflow1:{path.Replace('/', ':')}";

    /// <summary>What the activities did: finished executions from the journal, open ones from the state; oldest first.</summary>
    public IReadOnlyList<RunExecution> Executions { get; } = Executed(State, Facts);

    private static List<RunExecution> Executed(CaseState state, IReadOnlyList<RunFact> facts)
    {
        List<RunExecution> executions = [];
        foreach (var fact in facts.Where(f => f.Path is { Length: > 0 }))
        {
            var started = fact.Detail["startedAt"]?.ToString() is { } text && DateTimeOffset.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var at) ? at : fact.At;
            if (fact.Kind is "ActivityCompleted" or "ActivityCancelled")
                executions.Add(new($"e{fact.Sequence}", fact.Path!, fact.ActivityType ?? "", started, fact.At, fact.Kind == "ActivityCompleted" ? "Completed" : "Canceled", false, // filtered on the path
                    (fact.Detail["outcomes"] as JsonArray)?.Select(o => o?.ToString() ?? "").ToList() ?? ["Done"], fact.Detail, null));
        }

        foreach (var open in state.Executions.Where(e => e.Path.Length > 0))
        {
            var incident = state.Incidents.LastOrDefault(i => i.ExecutionId == open.Id);
            executions.Add(new($"o{open.Id}", open.Path, facts.LastOrDefault(f => f.Path == open.Path)?.ActivityType ?? "", open.StartedAt, null,
                open.IsFaulted ? "Faulted" : "Running", open.Waits.Count > 0, [], [], incident));
        }

        return executions;
    }
}

/// <summary>One execution of one activity.</summary>
public sealed record RunExecution(
    string Id, string Path, string ActivityType, DateTimeOffset StartedAt, DateTimeOffset? CompletedAt, string Status, bool IsBlocked,
    IReadOnlyList<string> Outcomes, JsonObject Detail, Incident? Incident);

/// <summary>Finds cases and test cases for the Studio; who may see a case is decided where it always is.</summary>
public sealed class StudioRuns(WorkflowDb db, CaseQueries cases, RunTestCase tests)
{
    /// <exception cref="RefusedException">not-found.</exception>
    public async Task<StudioRun> Find(string id, CancellationToken ct)
    {
        if (!id.StartsWith(RunTestCase.Prefix, StringComparison.Ordinal)) await cases.Header(id, ct);
        return await Load(id, ct);
    }

    /// <summary>Without asking who looks: for what goes to people who were let in before.</summary>
    internal async Task<StudioRun> Load(string id, CancellationToken ct)
    {
        if (id.StartsWith(RunTestCase.Prefix, StringComparison.Ordinal)) return await FindTest(id, ct);
        var header = await db.Cases.AsNoTracking().SingleAsync(c => c.CaseId == id, ct);
        var bytes = await db.OpenStates.Where(s => s.CaseId == id).Select(s => s.State).FirstOrDefaultAsync(ct)
            ?? await db.EndedStates.Where(s => s.CaseId == id).Select(s => s.State).FirstAsync(ct);
        var version = await db.DefinitionVersions.Where(v => v.VersionId == header.DefinitionVersionId).Select(v => v.Version).FirstOrDefaultAsync(ct);
        var rows = await db.Journal.AsNoTracking().Where(j => j.CaseId == id).OrderBy(j => j.Sequence).ToListAsync(ct);
        var sections = await db.Sections.AsNoTracking().Where(s => s.CaseId == id).ToListAsync(ct);
        return new(id, header.Process, header.DefinitionVersionId, version, header.Name ?? $"{header.Number} {header.CustomerName}", header.Number, header.CreatedAt,
            rows.Count > 0 ? rows[^1].At : header.CreatedAt, header.FinishedAt, CaseState.FromUtf8(bytes),
            sections.ToDictionary(s => s.Section, s => JsonNode.Parse(s.Json) as JsonObject ?? []), [.. rows.Select(Fact)], null);
    }

    /// <summary>The document a test case runs, or null when the version id is of no test case.</summary>
    public async Task<TestCaseRow?> TestOfVersion(string versionId, CancellationToken ct) =>
        versionId.StartsWith(RunTestCase.Prefix, StringComparison.Ordinal) ? await db.Set<TestCaseRow>().AsNoTracking().FirstOrDefaultAsync(t => t.TestCaseId == versionId, ct) : null;

    private async Task<StudioRun> FindTest(string id, CancellationToken ct)
    {
        var row = await db.Set<TestCaseRow>().AsNoTracking().FirstOrDefaultAsync(t => t.TestCaseId == id, ct) ?? throw new RefusedException(Problems.CaseUnknown(id));
        var runner = await tests.Play(row);
        var ended = runner.State.Status is CaseStatus.Finished or CaseStatus.Cancelled;
        return new(id, row.DefinitionId, row.TestCaseId, row.Version, runner.State.Name ?? row.Name, null, row.CreatedAt, row.UpdatedAt, ended ? row.UpdatedAt : null,
            runner.State, runner.Data, [.. runner.Journal.Select((entry, i) => Fact(entry, i + 1))], runner);
    }

    private static RunFact Fact(JournalEntry entry, int sequence) =>
        new(sequence, entry.Kind, entry.At, entry.ActivityId, entry.ActivityType, entry.ExecutionId, entry.Detail);

    private static RunFact Fact(JournalRow row)
    {
        var entry = JsonNode.Parse(row.Canonical)!; // canonical JSON of an object
        return new(row.Sequence, row.Kind, row.At, (string?)entry["activity"], (string?)entry["type"], (string?)entry["execution"], entry["detail"] as JsonObject ?? []);
    }
}
