using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using Microsoft.EntityFrameworkCore;
using PowerWorkflow.Engine;
using PowerWorkflow.Server.Definitions;
using PowerWorkflow.Server.Files;
using PowerWorkflow.Server.Refusals;
using PowerWorkflow.Server.Security;
using PowerWorkflow.Server.Storage;
using PowerWorkflow.Server.Storage.Schema;

namespace PowerWorkflow.Server.Queries;

/// <summary>Everything the page of a case shows.</summary>
public sealed class CaseDetails(WorkflowDb db, CaseQueries cases, DefinitionCatalog catalog, SignedIn who, TaskView view, TimeProvider time)
{
    /// <exception cref="RefusedException">not-found.</exception>
    public async Task<CaseDetail> Read(string caseId, CancellationToken ct)
    {
        var header = await cases.Header(caseId, ct);
        var pins = await catalog.PinsAsync(header.PinId);
        var book = await view.Book(ct);
        var drawn = await Drawn(header, pins, book);
        var tasks = await db.Tasks.AsNoTracking().Where(t => t.CaseId == caseId).OrderBy(t => t.OpenedAt).ThenBy(t => t.TaskId).ToListAsync(ct);
        var sections = await db.Sections.AsNoTracking().Where(s => s.CaseId == caseId).OrderBy(s => s.Section).ToListAsync(ct);
        var state = await State(caseId, ct);
        var version = (await catalog.DefinitionAsync(header.DefinitionVersionId)).Version;
        return new CaseDetail(
            view.Summary(header, version, tasks, book),
            sections.ToDictionary(s => s.Section, s => JsonNode.Parse(s.Json)),
            JsonSerializer.SerializeToNode(pins, JsonSerializerOptions.Web),
            new Drawing(drawn.Document.DeepClone(), await States(caseId, state, drawn, ct), drawn.Nested),
            [.. tasks.Select(t => view.Item(t, header, book))],
            await History(caseId, book, ct),
            Shown(state, drawn, book),
            await Clocks(caseId, ct),
            await Attachments(caseId, ct),
            header.FinishedAt is null && who.Reach.Leads(header.Unit));
    }

    /// <exception cref="RefusedException">not-found.</exception>
    public async Task<IReadOnlyList<IncidentEntry>> Incidents(string caseId, CancellationToken ct)
    {
        var header = await cases.Header(caseId, ct);
        var book = await view.Book(ct);
        return Shown(await State(caseId, ct), await Drawn(header, await catalog.PinsAsync(header.PinId), book), book);
    }

    /// <summary>The drawing of a case; journal entries are named by it, too.</summary>
    public async Task<DrawnProcess> Drawn(CaseHeader header, CasePins pins, LabelBook book)
    {
        var documents = new Dictionary<string, JsonObject>();
        foreach (var (id, version) in pins.Definitions)
        {
            documents[id] = (await catalog.DefinitionAsync(version)).Document;
        }

        return new DrawnProcess(header.Process, documents, id => book.Process(id, who.Language));
    }

    private async Task<CaseState> State(string caseId, CancellationToken ct)
    {
        var bytes = await db.OpenStates.Where(s => s.CaseId == caseId).Select(s => s.State).FirstOrDefaultAsync(ct)
            ?? await db.EndedStates.Where(s => s.CaseId == caseId).Select(s => s.State).FirstAsync(ct);
        return CaseState.FromUtf8(bytes);
    }

    /// <summary>What the journal says was done at each place, and on top of it what is under way now.</summary>
    private async Task<IReadOnlyDictionary<string, DrawnState>> States(string caseId, CaseState state, DrawnProcess drawn, CancellationToken ct)
    {
        string[] kinds = ["ActivityCompleted", "ActivityCancelled", "Incident"];
        var rows = await db.Journal.AsNoTracking().Where(j => j.CaseId == caseId && kinds.Contains(j.Kind)).OrderBy(j => j.Sequence)
            .Select(j => new { j.Kind, j.At, j.Canonical }).ToListAsync(ct);
        var states = new Dictionary<string, DrawnState>();
        foreach (var row in rows)
        {
            using var entry = JsonDocument.Parse(row.Canonical);
            if (entry.RootElement.TryGetProperty("activity", out var path) && path.GetString() is { } at && drawn.PlaceOf(at) is { } place)
            {
                var before = states.GetValueOrDefault(place)?.Count ?? 0;
                states[place] = row.Kind == "ActivityCompleted"
                    ? new DrawnState("done", before + 1, row.At)
                    : new DrawnState("cancelled", before, row.At);
            }
        }

        foreach (var execution in state.Executions.Where(e => e.Waits.Count > 0 || e.IsFaulted))
        {
            if (drawn.PlaceOf(execution.Path) is { } place)
            {
                states[place] = new DrawnState(execution.IsFaulted ? "faulted" : "waiting", states.GetValueOrDefault(place)?.Count ?? 0, execution.StartedAt);
            }
        }

        return states;
    }

    private async Task<IReadOnlyList<HistoryEntry>> History(string caseId, LabelBook book, CancellationToken ct)
    {
        var rows = await db.TaskHistory.AsNoTracking().Where(t => t.CaseId == caseId).OrderBy(t => t.ClosedAt).ThenBy(t => t.TaskId).ToListAsync(ct);
        return [.. rows.Select(t => new HistoryEntry(
            t.TaskId, t.Step, book.Step(t.Process, t.Step, t.Title, who.Language), t.OpenedAt, t.ClaimedAt, t.ClosedAt,
            t.CompletedBy is null ? null : string.Join(" / ", Signers(t).Select(who.Organisation.NameOf)), t.Outcome,
            t.Outcome is null ? null : book.Outcome(t.Process, t.Step, t.Outcome, who.Language), t.Comment))];
    }

    private static IEnumerable<string> Signers(ClosedTask task) => TaskRows.List(task.SignedBy) is { Count: > 0 } all ? all : [task.CompletedBy!]; // asked only for a completed one

    private IReadOnlyList<IncidentEntry> Shown(CaseState state, DrawnProcess drawn, LabelBook book) =>
    [
        .. state.Incidents.Select(i =>
        {
            var activity = drawn.ActivityAt(i.Path);
            return new IncidentEntry(
                i.Id, drawn.PlaceOf(i.Path) ?? i.Path, activity is { } at ? book.Activity(at.Process, at.ActivityId, who.Language) : i.Path, i.Code, i.Message, i.At,
                activity is { } found ? book.Outcomes(found.Process, who.Language).Keys.Where(k => k.StartsWith(found.ActivityId + ".", StringComparison.Ordinal))
                    .Select(k => k[(found.ActivityId.Length + 1)..]).DefaultIfEmpty("Done").ToList() : ["Done"]);
        }),
    ];

    private async Task<IReadOnlyList<ClockEntry>> Clocks(string caseId, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var rows = await db.Clocks.AsNoTracking().Where(c => c.CaseId == caseId).OrderBy(c => c.StartedAt).ThenBy(c => c.Key).ToListAsync(ct);
        return [.. rows.Select(c => new ClockEntry(
            c.Key, c.Item, c.StartedAt, c.DueAt, c.Provisional, c.State ?? "", c.PausedBy,
            c.State == "Running" && c.DueAt is { } due ? XmlConvert.ToString(due - now) : null))];
    }

    private async Task<IReadOnlyList<Attachment>> Attachments(string caseId, CancellationToken ct)
    {
        var rows = await db.Set<FileRow>().AsNoTracking().Where(f => f.CaseId == caseId && f.BoundAt != null).OrderBy(f => f.UploadedAt).ToListAsync(ct);
        return [.. rows.Select(f => new Attachment(f.FileId, f.Name, f.Size, f.ContentType, f.Sha256, f.UploadedAt, who.Organisation.NameOf(f.UploadedBy)))];
    }
}
