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
public sealed class TaskDetails(WorkflowDb db, DefinitionCatalog catalog, FormCheck forms, SignedIn who, TaskView view)
{
    /// <exception cref="RefusedException">not-found; stale-task for one that is done.</exception>
    public async Task<TaskDetail> Read(string taskId, CancellationToken ct)
    {
        var found = await (from t in db.Tasks.AsNoTracking().Where(Access.MaySeeTask(who.Reach))
                           join h in db.Cases.AsNoTracking() on t.CaseId equals h.CaseId
                           where t.TaskId == taskId
                           select new { Task = t, Header = h }).FirstOrDefaultAsync(ct) ?? throw await Gone(taskId, ct);
        var (task, header) = (found.Task, found.Header);
        var pins = await catalog.PinsAsync(header.PinId);
        var form = await forms.FormOf(task, pins);
        var state = CaseState.FromUtf8(await db.OpenStates.Where(s => s.CaseId == task.CaseId).Select(s => s.State).FirstAsync(ct));
        var draft = await db.Set<DraftRow>().AsNoTracking().FirstOrDefaultAsync(d => d.TaskId == taskId && d.Person == who.PersonId, ct);
        var facts = view.Facts(task, header, await view.Book(ct));
        if (form is null)
        {
            return new TaskDetail(facts, null, new Dictionary<string, JsonNode?>(), null, null);
        }

        var document = await FormDocuments.Read((JsonObject)form.Document.DeepClone(), async code =>
            pins.References.TryGetValue($"checklist/{code}", out var version) ? (JsonObject)(await catalog.ReferenceAsync("checklist", code, version)).DeepClone() : null);
        return new TaskDetail(
            facts, document, await Values(task, form, FormCheck.RoundOf(task, state), draft, ct), draft is null ? null : new DraftMark(draft.SavedAt), null);
    }

    /// <summary>Sections the form shows and writes, every round of those that have rounds, with the draft laid over them.</summary>
    private async Task<IReadOnlyDictionary<string, JsonNode?>> Values(TaskRow task, FormDefinition form, int round, DraftRow? draft, CancellationToken ct)
    {
        var rows = await db.Sections.AsNoTracking().Where(s => s.CaseId == task.CaseId).ToListAsync(ct);
        var wanted = form.Reads.Concat(form.Writes).Select(FormDefinition.BaseOf).ToHashSet();
        var values = rows.Where(r => wanted.Contains(FormDefinition.BaseOf(r.Section))).ToDictionary(r => r.Section, r => JsonNode.Parse(r.Json));
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
