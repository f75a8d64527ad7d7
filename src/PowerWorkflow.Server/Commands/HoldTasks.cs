using System.Text.Json.Nodes;
using PowerWorkflow.Engine;
using PowerWorkflow.Server.Refusals;
using PowerWorkflow.Server.Security;
using PowerWorkflow.Server.Storage;
using PowerWorkflow.Server.Storage.Schema;

namespace PowerWorkflow.Server.Commands;

/// <summary>Takes an open task, so that colleagues see that somebody is at it.</summary>
public sealed class ClaimTask(Acting acting, SignedIn who, ServerClock clock)
{
    /// <exception cref="RefusedException">not-found, stale-task, forbidden, four-eyes, already-claimed, command-reused.</exception>
    public Task<Executed> Run(string taskId, Guid commandId, CancellationToken ct) => acting.Hold("claim", taskId, commandId, new { }, task =>
    {
        TaskRules.MayDo(task, who);
        TaskRules.NotHeldByAnother(task, who);
        return (new TaskHold(taskId, who.PersonId, clock.Now, task.Person), "TaskClaimed", new JsonObject());
    }, ct);
}

/// <summary>Puts a claimed task back for everybody with its role. A leader of the unit may do it for somebody who is away.</summary>
public sealed class ReleaseTask(Acting acting, SignedIn who)
{
    /// <exception cref="RefusedException">not-found, stale-task, forbidden, command-reused.</exception>
    public Task<Executed> Run(string taskId, Guid commandId, CancellationToken ct) => acting.Hold("release", taskId, commandId, new { }, task =>
    {
        if (task.ClaimedBy is null || (task.ClaimedBy != who.PersonId && !who.Reach.Leads(task.Unit)))
        {
            throw new RefusedException(Problems.NotTheClaimer(task.Title));
        }

        return (new TaskHold(taskId, null, null, task.Person), "TaskReleased", new JsonObject { ["claimedBy"] = task.ClaimedBy });
    }, ct);
}

/// <summary>Hands a task to another person who qualifies for it; from then on only that person may do it.</summary>
public sealed class DelegateTask(Acting acting, SignedIn who, OrganisationCatalog organisations)
{
    /// <param name="to">Person id.</param>
    /// <param name="reason">Goes to the journal.</param>
    /// <exception cref="RefusedException">not-found, stale-task, forbidden, four-eyes, input-invalid, command-reused.</exception>
    public Task<Executed> Run(string taskId, string to, string reason, Guid commandId, CancellationToken ct) =>
        acting.Hold("delegate", taskId, commandId, new { to, reason }, task =>
        {
            TaskRules.ReasonGiven(reason);
            if (!who.Reach.Leads(task.Unit))
            {
                TaskRules.MayDo(task, who);
                TaskRules.NotHeldByAnother(task, who);
            }

            if (!task.AllowDelegate)
            {
                throw new RefusedException(Problems.MayNotDelegate(task.Title));
            }

            var person = who.Organisation.Person(to) ?? throw new RefusedException(Problems.InputInvalid("to", $"没有人员“{to}”。", $"there is no person '{to}'."));
            if (to == who.PersonId || !organisations.ReachOf(to).MayDo(task with { Person = null }))
            {
                throw new RefusedException(Problems.InputInvalid(
                    "to", $"{person.Name}不能办理该任务：需要在单位“{task.Unit}”具备角色 {task.Role}，且未办理与其相互制约的步骤。请另选人员。",
                    $"{person.Name} cannot do this task: it takes role {task.Role} in unit '{task.Unit}' and no part in the steps it checks. Choose somebody else."));
            }

            return (new TaskHold(taskId, null, null, to), "TaskDelegated",
                new JsonObject { ["from"] = task.ClaimedBy ?? task.Person, ["to"] = to, ["values"] = new JsonObject { ["reason"] = reason } });
        }, ct);
}

/// <summary>Checks that commands on open tasks share.</summary>
internal static class TaskRules
{
    public static void MayDo(TaskRow task, SignedIn who)
    {
        if (!who.Reach.MayBeAskedFor(task))
        {
            throw new RefusedException(Problems.TaskNotYours(task.Title, task.Role, task.Unit));
        }

        if (!who.Reach.MayDo(task))
        {
            throw new RefusedException(Problems.FourEyes(task.Title));
        }
    }

    public static void NotHeldByAnother(TaskRow task, SignedIn who)
    {
        if (task.ClaimedBy is { } holder && holder != who.PersonId)
        {
            throw new RefusedException(Problems.AlreadyClaimed(task.Title, holder, who.Organisation.NameOf(holder)));
        }
    }

    public static void ReasonGiven(string reason)
    {
        if (reason.Trim().Length is < 2 or > 500)
        {
            throw new RefusedException(Problems.InputInvalid("reason", "请填写 2 到 500 字的原因，它会记入案件日志。", "give a reason of 2 to 500 characters; it is kept in the case's journal."));
        }
    }

    /// <summary>Carries out a claim, release or delegation: it moves no token, only who holds the task, and is recorded.</summary>
    public static Task<Executed> Hold(
        this Acting acting, string name, string taskId, Guid commandId, object request, Func<TaskRow, (TaskHold Hold, string Kind, JsonObject Detail)> decide,
        CancellationToken ct) =>
        acting.Move(Acting.CaseOf(taskId), name, taskId, commandId, request, Problems.TaskUnknown(taskId), async found =>
        {
            var task = found.Task(taskId) ?? throw await acting.Stale(taskId, found, ct);
            var (hold, kind, detail) = decide(task);
            detail["task"] = taskId;
            return new Move(new Stimulus.Note(kind, task.ActivityId, acting.Actor, detail)) { Holds = [hold] };
        }, (_, _) => new Reply(200, new JsonObject { ["task"] = taskId }), ct);
}
