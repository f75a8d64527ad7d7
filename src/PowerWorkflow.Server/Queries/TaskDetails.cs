using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PowerWorkflow.Engine;
using PowerWorkflow.Processes.Forms;
using PowerWorkflow.Server.Commands;
using PowerWorkflow.Server.Definitions;
using PowerWorkflow.Server.Refusals;
using PowerWorkflow.Server.Security;
using PowerWorkflow.Server.Storage;
using PowerWorkflow.Server.Storage.Schema;

namespace PowerWorkflow.Server.Queries;

/// <summary>A task as the person fills it in.</summary>
public sealed class TaskDetails(WorkflowDb db, DefinitionCatalog catalog, OpenSteps steps, SignedIn who, TaskView view)
{
    /// <exception cref="RefusedException">not-found; stale-task for one that is done.</exception>
    public async Task<TaskDetail> Read(string taskId, CancellationToken ct)
    {
        var (task, header) = await Find(taskId, ct);
        var pins = await catalog.PinsAsync(header.PinId);
        var data = await Data(task.CaseId, ct);
        var step = await steps.Of(task, header.Unit, pins, await State(task.CaseId, ct), data);
        var form = step.Form;
        var draft = await db.Set<DraftRow>().AsNoTracking().FirstOrDefaultAsync(d => d.TaskId == taskId && d.Person == who.PersonId, ct);
        var facts = view.Facts(task, header, await view.Book(ct));
        if (form is null)
        {
            return new TaskDetail(facts, null, new Dictionary<string, JsonNode?>(), null, null);
        }

        var document = await FormDocuments.Read((JsonObject)form.Document.DeepClone(), async code =>
            pins.References.TryGetValue($"checklist/{code}", out var version) ? (JsonObject)(await catalog.ReferenceAsync("checklist", code, version)).DeepClone() : null);
        var values = Values(form, step.Round, data, draft);
        var sections = values.Where(v => form.MayWrite(v.Key) && v.Value is JsonObject).ToDictionary(v => v.Key, v => (JsonObject)v.Value!); // filtered
        return new TaskDetail(facts, document, values, draft is null ? null : new DraftMark(draft.SavedAt), step.Judged(sections)?.Permitted);
    }

    /// <summary>What the judge of a task says about data that are not handed in yet.</summary>
    /// <exception cref="RefusedException">not-found; stale-task for one that is done.</exception>
    public async Task<Judgement> Judge(string taskId, IReadOnlyDictionary<string, JsonObject> submitted, CancellationToken ct)
    {
        var (task, header) = await Find(taskId, ct);
        var pins = await catalog.PinsAsync(header.PinId);
        var step = await steps.Of(task, header.Unit, pins, await State(task.CaseId, ct), await Data(task.CaseId, ct));
        if (step.Judged(step.Keyed(submitted)) is not { } judgement)
        {
            return new Judgement(step.Outcomes, [], null);
        }

        return new Judgement(
            judgement.Permitted, [.. judgement.Reasons.Select(r => new JudgementReason(r.Code, r.Message.In(who.Language), r.Outcome))],
            new JsonObject(judgement.Derived.Select(d => KeyValuePair.Create(d.Key, (JsonNode?)d.Value.DeepClone()))));
    }

    private async Task<(TaskRow Task, CaseHeader Header)> Find(string taskId, CancellationToken ct)
    {
        var found = await (from t in db.Tasks.AsNoTracking().Where(Access.MaySeeTask(who.Reach))
                           join h in db.Cases.AsNoTracking() on t.CaseId equals h.CaseId
                           where t.TaskId == taskId
                           select new { Task = t, Header = h }).FirstOrDefaultAsync(ct) ?? throw await Gone(taskId, ct);
        return (found.Task, found.Header);
    }

    private async Task<CaseState> State(string caseId, CancellationToken ct) =>
        CaseState.FromUtf8(await db.OpenStates.Where(s => s.CaseId == caseId).Select(s => s.State).FirstAsync(ct));

    private async Task<Dictionary<string, JsonObject>> Data(string caseId, CancellationToken ct) =>
        (await db.Sections.AsNoTracking().Where(s => s.CaseId == caseId).ToListAsync(ct))
            .ToDictionary(s => s.Section, s => (JsonObject)JsonNode.Parse(s.Json)!); // sections are objects

    /// <summary>Sections the form shows and writes, every round of those that have rounds, with the draft laid over them.</summary>
    private static Dictionary<string, JsonNode?> Values(FormDefinition form, int round, Dictionary<string, JsonObject> data, DraftRow? draft)
    {
        var wanted = form.Reads.Concat(form.Writes).Select(FormDefinition.BaseOf).ToHashSet();
        var values = data.Where(d => wanted.Contains(FormDefinition.BaseOf(d.Key))).ToDictionary(d => d.Key, d => (JsonNode?)d.Value);
        foreach (var write in form.Writes.Where(w => w.EndsWith('#')))
        {
            values.TryAdd(FormDefinition.KeyOf(write, round), null);
        }

        if (draft is not null && JsonNode.Parse(draft.Values) is JsonObject typed)
        {
            foreach (var (section, value) in typed)
            {
                values[section] = value?.DeepClone();
            }
        }

        return values;
    }

    private async Task<RefusedException> Gone(string taskId, CancellationToken ct)
    {
        var done = await (from t in db.TaskHistory.AsNoTracking()
                          join h in db.Cases.AsNoTracking().Where(Access.MaySeeCase(who.Reach, db)) on t.CaseId equals h.CaseId
                          where t.TaskId == taskId
                          select new { t.Title, Header = h }).FirstOrDefaultAsync(ct);
        if (done is null)
        {
            return new RefusedException(Problems.TaskUnknown(taskId));
        }

        var book = await view.Book(ct);
        var open = await db.Tasks.AsNoTracking().Where(t => t.CaseId == done.Header.CaseId).OrderBy(t => t.OpenedAt).ToListAsync(ct);
        var waiting = open.Select(t => view.Waiting(t, book)).ToList();
        return new RefusedException(Problems.StaleTask(
            done.Title, done.Header.CaseId, done.Header.Number, done.Header.Status.ToString(), [.. waiting], string.Join(" / ", waiting.Select(w => w.Title))));
    }
}
