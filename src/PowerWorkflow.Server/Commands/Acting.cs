using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PowerWorkflow.Engine;
using PowerWorkflow.Engine.Journal;
using PowerWorkflow.Server.Definitions;
using PowerWorkflow.Server.Queries;
using PowerWorkflow.Server.Refusals;
using PowerWorkflow.Server.Security;
using PowerWorkflow.Server.Storage;

namespace PowerWorkflow.Server.Commands;

/// <summary>
/// Carries out commands for the person of the session: gives the command its identity, lets nobody move a case they cannot see, and says refusals of the engine
/// in the words of the catalogue.
/// </summary>
public sealed class Acting(CaseExecutor executor, WorkflowDb db, SignedIn who, TaskView view)
{
    public Actor Actor => new(who.PersonId);

    /// <summary>The case of a task: task ids begin with it.</summary>
    public static string CaseOf(string taskId) => taskId.LastIndexOf('.') is > 0 and var end ? taskId[..end] : taskId;

    /// <summary>Moves a case.</summary>
    /// <param name="name">Names the command in its identity: one id cannot be used for two kinds of commands.</param>
    /// <param name="subject">Case, task or incident id; part of the identity.</param>
    /// <param name="request">The request's body without the command id.</param>
    /// <param name="unseen">What is answered when the person may not see the case: the same as when it does not exist.</param>
    /// <exception cref="RefusedException">Any refusal; nothing has changed.</exception>
    public async Task<Executed> Move(
        string caseId, string name, string subject, Guid commandId, object request, Problem unseen, Func<CaseSnapshot, ValueTask<Move>> decide,
        Func<CaseSnapshot, Burst, Reply> answer, CancellationToken ct)
    {
        var command = new CaseCommand
        {
            Identity = Identity(name, subject, commandId, request),
            Allow = found =>
            {
                if (!Sees(found))
                {
                    throw new UnseenException();
                }
            },
            Decide = decide,
            Answer = answer,
        };
        try
        {
            return await Translated(() => executor.ExecuteAsync(caseId, command, ct), caseId, commandId);
        }
        catch (CaseNotFoundException)
        {
            throw new RefusedException(unseen);
        }
        catch (UnseenException)
        {
            // Somebody whose only tie to the case is a step they did: that is in the history, which the executor does not load.
            if (!await db.Cases.Where(Access.MaySeeCase(who.Reach, db)).AnyAsync(c => c.CaseId == caseId, ct))
            {
                throw new RefusedException(unseen);
            }

            return await Translated(() => executor.ExecuteAsync(caseId, command with { Allow = _ => { } }, ct), caseId, commandId);
        }
    }

    /// <summary>Starts a case.</summary>
    /// <param name="allow">May the person start this process there? Asked again before a stored reply is given.</param>
    /// <exception cref="RefusedException">Any refusal; nothing has changed.</exception>
    public Task<Executed> Start(
        NewCase start, Guid commandId, object request, Action<CaseSnapshot> allow, Func<CaseSnapshot, ValueTask<Move>> decide,
        Func<CaseSnapshot, Burst, Reply> answer, CancellationToken ct)
    {
        var command = new CaseCommand { Identity = Identity("start", start.Process, commandId, request), Allow = allow, Decide = decide, Answer = answer };
        return Translated(() => executor.StartAsync(start, command, ct), start.Process, commandId);
    }

    /// <summary>The refusal of a command for a task that is not open any more: says where the case stands now.</summary>
    public async Task<RefusedException> Stale(string taskId, CaseSnapshot found, CancellationToken ct)
    {
        var title = await db.TaskHistory.Where(t => t.TaskId == taskId).Select(t => t.Title).FirstOrDefaultAsync(ct);
        if (title is null)
        {
            return new RefusedException(Problems.TaskUnknown(taskId));
        }

        var book = await view.Book(ct);
        var waiting = found.Tasks.Select(t => view.Waiting(t, book)).ToList();
        return new RefusedException(Problems.StaleTask(
            title, found.Header.CaseId, found.Header.Number, found.Header.Status.ToString(), [.. waiting], string.Join(" / ", waiting.Select(w => w.Title))));
    }

    private bool Sees(CaseSnapshot found) =>
        who.Reach.Seen.Contains(found.Header.Unit) || found.Header.StartedBy == who.PersonId
        || found.Tasks.Any(t => who.Reach.MayBeAskedFor(t) || t.ClaimedBy == who.PersonId);

    private CommandIdentity Identity(string name, string subject, Guid commandId, object request)
    {
        if (commandId == Guid.Empty)
        {
            throw new RefusedException(Problems.InputInvalid(
                "commandId", "不能为全零，请为每个操作生成新的 UUID。", "must not be all zeros; make a new UUID for each command."));
        }

        var asked = new JsonObject { ["command"] = name, ["subject"] = subject, ["request"] = JsonSerializer.SerializeToNode(request, JsonSerializerOptions.Web) };
        return new CommandIdentity(who.PersonId, commandId.ToString(), SHA256.HashData(CanonicalJson.Bytes(asked)));
    }

    private static async Task<Executed> Translated(Func<Task<Executed>> run, string subject, Guid commandId)
    {
        try
        {
            return await run();
        }
        catch (CommandReusedException)
        {
            throw new RefusedException(Problems.CommandReused(commandId));
        }
        catch (DefinitionNotFoundException)
        {
            throw new RefusedException(Problems.NotFound("可用流程", "process open to this unit", subject));
        }
        catch (StimulusRefusedException refused)
        {
            throw new RefusedException(refused.Code switch
            {
                Refusal.CaseEnded => Problems.CaseEnded(subject, refused.Arguments[^1]),
                Refusal.PersonNotPermitted => Problems.FourEyes(refused.Arguments[^1]),
                Refusal.Input => Problems.InputInvalid("inputs", $"输入不符合流程的声明：{refused.Message}", refused.Message),
                Refusal.OutcomeNotPermitted => Problems.InputInvalid("outcome", $"不是该步骤允许的结果或退回目标：{refused.Message}", refused.Message),
                _ => Problems.Gone(refused.Message),
            });
        }
    }

    /// <summary>What the snapshot shows does not let the person see the case.</summary>
    private sealed class UnseenException : Exception;
}
