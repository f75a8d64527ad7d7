using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PowerWorkflow.Server.Commands;
using PowerWorkflow.Server.Refusals;
using PowerWorkflow.Server.Security;
using PowerWorkflow.Server.Storage;
using PowerWorkflow.Server.Storage.Schema;

namespace PowerWorkflow.Server.Queries;

/// <summary>What a screen shows after a task was completed.</summary>
/// <param name="Task">The task itself when it waits for more signatures.</param>
/// <param name="Next">Open tasks of the case that the person can do now.</param>
public sealed record Advanced(CaseSummary Case, TaskItem? Task, IReadOnlyList<TaskItem> Next);

/// <summary>What a screen shows after a case was started.</summary>
/// <param name="Tasks">Open tasks of the case that the person can do now.</param>
public sealed record Started(CaseSummary Case, IReadOnlyList<TaskItem> Tasks);

/// <summary>
/// Makes the reply of a command for its reader. The executor's snapshot after the burst is the reply of a fresh command; of a repeated one the stored reply says
/// which tasks were open, and their rows are read again.
/// </summary>
public sealed class Advances(WorkflowDb db, SignedIn who, TaskView view)
{
    public async Task<Advanced> Of(Executed done, CancellationToken ct)
    {
        var (header, version, open) = await Standing(done, ct);
        var book = await view.Book(ct);
        var signing = (string?)done.Reply.Body?["task"];
        return new Advanced(
            view.Summary(header, version, open, book),
            open.FirstOrDefault(t => t.TaskId == signing) is { } task ? view.Item(task, header, book) : null,
            [.. open.Where(Doable).Select(t => view.Item(t, header, book))]);
    }

    /// <summary>The one task a claim, release or delegation was about, as it stands now.</summary>
    /// <exception cref="RefusedException">stale-task when a repeated command's task is done by now.</exception>
    public async Task<TaskItem> TaskOf(Executed done, CancellationToken ct)
    {
        var taskId = (string?)done.Reply.Body?["task"] ?? "";
        var (header, _, open) = await Standing(done, ct);
        var task = open.FirstOrDefault(t => t.TaskId == taskId)
            ?? throw new RefusedException(Problems.Gone($"{taskId} @ {header.Number}"));
        return view.Item(task, header, await view.Book(ct));
    }

    private bool Doable(TaskRow task) => who.Reach.MayDo(task) && (task.ClaimedBy is null || task.ClaimedBy == who.PersonId);

    private async Task<(CaseHeader Header, int Version, IReadOnlyList<TaskRow> Open)> Standing(Executed done, CancellationToken ct)
    {
        if (done.After is { } after)
        {
            return (after.Header, after.World.Definitions[after.Header.DefinitionVersionId].Version, after.Tasks);
        }

        var header = await db.Cases.AsNoTracking().SingleAsync(c => c.CaseId == done.CaseId, ct);
        var version = await db.DefinitionVersions.Where(d => d.VersionId == header.DefinitionVersionId).Select(d => d.Version).SingleAsync(ct);
        var were = done.Reply.Body?["open"] is JsonArray ids ? ids.Select(id => (string?)id).ToHashSet() : null;
        var tasks = await db.Tasks.AsNoTracking().Where(t => t.CaseId == done.CaseId).OrderBy(t => t.OpenedAt).ThenBy(t => t.TaskId).ToListAsync(ct);
        return (header, version, [.. tasks.Where(t => were is null || were.Contains(t.TaskId))]);
    }
}
