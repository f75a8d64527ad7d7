using Microsoft.EntityFrameworkCore;
using PowerWorkflow.Server.Refusals;
using PowerWorkflow.Server.Security;
using PowerWorkflow.Server.Storage;
using PowerWorkflow.Server.Storage.Schema;

namespace PowerWorkflow.Server.Queries;

/// <summary>What a list of tasks is asked for.</summary>
/// <param name="Scope">mine: claimed by or addressed to the person; role: free for one of their roles; all: every one they may see.</param>
/// <param name="Unit">This unit and everything below it.</param>
/// <param name="Due">overdue, today (until the end of the local day) or week (seven days).</param>
/// <param name="Search">Part of case number, customer or title.</param>
public sealed record TaskFilter(
    string? Scope, string? Status, string? Process, string? Step, string? Unit, string? Due, string? Search, string? Sort, string? Cursor, int? Take);

/// <summary>Lists of open tasks: most urgent first, then by due instant, those without one last.</summary>
public sealed class TaskQueries(WorkflowDb db, SignedIn who, TaskView view, TimeProvider time)
{
    private static readonly DateTimeOffset Never = DateTimeOffset.FromUnixTimeMilliseconds(253402300799000);

    /// <exception cref="RefusedException">input-invalid, naming the parameter.</exception>
    public async Task<TaskPage> List(TaskFilter filter, CancellationToken ct)
    {
        var take = Cursor.Take(filter.Take);
        Refuse("status", filter.Status, "open");
        Refuse("sort", filter.Sort, "due");
        var rows = from task in Narrow(Scope(filter.Scope), filter)
                   join header in db.Cases.AsNoTracking() on task.CaseId equals header.CaseId
                   select new { task, header };
        if (filter.Search?.Trim() is { Length: > 0 } search)
        {
            rows = rows.Where(r => r.header.Number.Contains(search) || r.header.CustomerName.Contains(search) || r.task.Title.Contains(search));
        }

        if (filter.Cursor is not null)
        {
            var key = Cursor.Read<TaskKey>(filter.Cursor);
            var due = DateTimeOffset.FromUnixTimeMilliseconds(key.Due);
            rows = rows.Where(r => r.task.Priority < key.Priority || (r.task.Priority == key.Priority && ((r.task.DueAt ?? Never) > due
                || ((r.task.DueAt ?? Never) == due && r.task.TaskId.CompareTo(key.Id) > 0))));
        }

        var found = await rows.OrderByDescending(r => r.task.Priority).ThenBy(r => r.task.DueAt ?? Never).ThenBy(r => r.task.TaskId)
            .Take(take + 1).ToListAsync(ct);
        var book = await view.Book(ct);
        var last = found.Count > take ? found[take - 1].task : null;
        return new TaskPage(
            [.. found.Take(take).Select(r => view.Item(r.task, r.header, book))],
            last is null ? null : Cursor.Write(new TaskKey(last.Priority, (last.DueAt ?? Never).ToUnixTimeMilliseconds(), last.TaskId)),
            await Counts(ct));
    }

    /// <summary>The open tasks of a case that the person can do now.</summary>
    public async Task<IReadOnlyList<TaskItem>> DoableIn(CaseHeader header, IEnumerable<TaskRow> tasks, CancellationToken ct)
    {
        var book = await view.Book(ct);
        return [.. tasks.Where(t => who.Reach.MayDo(t) && (t.ClaimedBy is null || t.ClaimedBy == who.PersonId)).Select(t => view.Item(t, header, book))];
    }

    private async Task<TaskCounts> Counts(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var (mine, role) = (await Count("mine"), await Count("role"));
        return new TaskCounts(mine.All, role.All, mine.Late + role.Late);

        async Task<(int All, int Late)> Count(string scope)
        {
            // One pass over the index for both numbers.
            var found = await Scope(scope).GroupBy(_ => 1).Select(g => new { All = g.Count(), Late = g.Count(t => t.DueAt < now) }).FirstOrDefaultAsync(ct);
            return (found?.All ?? 0, found?.Late ?? 0);
        }
    }

    private IQueryable<TaskRow> Scope(string? scope)
    {
        var me = who.PersonId;
        return scope switch
        {
            null or "mine" => db.Tasks.AsNoTracking().Where(t => t.ClaimedBy == me || (t.Person == me && t.ClaimedBy == null)).Where(Access.MayDo(who.Reach)),
            "role" => db.Tasks.AsNoTracking().Where(t => t.ClaimedBy == null && t.Person == null).Where(Access.MayDo(who.Reach)),
            "all" => db.Tasks.AsNoTracking().Where(Access.MaySeeTask(who.Reach)),
            _ => throw new RefusedException(Problems.InputInvalid("scope", "应为 mine、role 或 all。", "must be mine, role or all.")),
        };
    }

    private IQueryable<TaskRow> Narrow(IQueryable<TaskRow> tasks, TaskFilter filter)
    {
        if (filter.Process is { } process)
        {
            tasks = tasks.Where(t => t.Process == process);
        }

        if (filter.Step is { } step)
        {
            tasks = tasks.Where(t => t.Step == step);
        }

        if (filter.Unit is { } unit)
        {
            var units = who.Organisation.Subtree(unit).ToArray();
            tasks = tasks.Where(t => units.Contains(t.Unit));
        }

        if (filter.Due is not null)
        {
            var before = DueBefore(filter.Due);
            tasks = tasks.Where(t => t.DueAt < before);
        }

        return tasks;
    }

    private DateTimeOffset DueBefore(string due)
    {
        var now = time.GetUtcNow();
        switch (due)
        {
            case "overdue":
                return now;
            case "week":
                return now.AddDays(7);
            case "today":
                var home = who.Reach.Assignments.Select(a => a.Unit).FirstOrDefault() ?? "";
                var local = TimeZoneInfo.ConvertTime(now, TimeZoneInfo.FindSystemTimeZoneById(who.Organisation.TimeZoneOf(home)));
                return new DateTimeOffset(local.Date.AddDays(1), local.Offset);
            default:
                throw new RefusedException(Problems.InputInvalid("due", "应为 overdue、today 或 week。", "must be overdue, today or week."));
        }
    }

    private static void Refuse(string name, string? value, string only)
    {
        if (value is not null && value != only)
        {
            throw new RefusedException(Problems.InputInvalid(name, $"目前只支持 {only}。", $"must be {only}."));
        }
    }

    private sealed record TaskKey(int Priority, long Due, string Id);
}
