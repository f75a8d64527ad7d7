using System.Text.Json.Nodes;
using PowerWorkflow.Engine;
using PowerWorkflow.Server.Refusals;
using PowerWorkflow.Server.Security;
using PowerWorkflow.Server.Storage;

namespace PowerWorkflow.Server.Commands;

/// <summary>Ends a case before its natural end. Leaders of its unit may.</summary>
public sealed class CancelCase(Acting acting, SignedIn who)
{
    /// <exception cref="RefusedException">not-found, forbidden, case-ended, input-invalid, command-reused.</exception>
    public Task<Executed> Run(string caseId, string reason, Guid commandId, CancellationToken ct) =>
        acting.Move(caseId, "cancel", caseId, commandId, new { reason }, Problems.CaseUnknown(caseId), found =>
        {
            CaseChecks.Leads(found, who);
            TaskRules.ReasonGiven(reason);
            return ValueTask.FromResult(new Move(new Stimulus.Cancel(acting.Actor, reason)));
        }, CaseChecks.Moved, ct);
}

/// <summary>Runs a faulted activity again, after its cause was corrected.</summary>
public sealed class RetryIncident(Acting acting, SignedIn who)
{
    /// <exception cref="RefusedException">not-found, forbidden, case-ended, command-reused.</exception>
    public Task<Executed> Run(string caseId, string incidentId, string? reason, Guid commandId, CancellationToken ct) =>
        acting.Move(caseId, "retry", incidentId, commandId, new { reason }, Problems.CaseUnknown(caseId), found =>
        {
            CaseChecks.Leads(found, who);
            CaseChecks.IncidentOpen(found, incidentId);
            return ValueTask.FromResult(new Move(new Stimulus.RetryIncident(incidentId, acting.Actor)));
        }, CaseChecks.Moved, ct);
}

/// <summary>Leaves a faulted activity by an outcome without running it again.</summary>
public sealed class SkipIncident(Acting acting, SignedIn who)
{
    /// <exception cref="RefusedException">not-found, forbidden, case-ended, input-invalid, command-reused.</exception>
    public Task<Executed> Run(string caseId, string incidentId, string? outcome, string reason, Guid commandId, CancellationToken ct) =>
        acting.Move(caseId, "skip", incidentId, commandId, new { outcome, reason }, Problems.CaseUnknown(caseId), found =>
        {
            CaseChecks.Leads(found, who);
            TaskRules.ReasonGiven(reason);
            CaseChecks.IncidentOpen(found, incidentId);
            return ValueTask.FromResult(new Move(new Stimulus.SkipIncident(incidentId, outcome ?? "Done", acting.Actor, reason)));
        }, CaseChecks.Moved, ct);
}

/// <summary>Checks that commands on whole cases share.</summary>
internal static class CaseChecks
{
    public static void Leads(CaseSnapshot found, SignedIn who)
    {
        if (!who.Reach.Leads(found.Header.Unit))
        {
            throw new RefusedException(Problems.MayNotManage(found.Header.Number));
        }

        if (found.Header.Status is CaseStatus.Finished or CaseStatus.Cancelled)
        {
            throw new RefusedException(Problems.CaseEnded(found.Header.Number, found.Header.Status.ToString()));
        }
    }

    public static void IncidentOpen(CaseSnapshot found, string incidentId)
    {
        if (found.State.Incidents.All(i => i.Id != incidentId))
        {
            throw new RefusedException(Problems.NotFound("待处理故障", "open incident", incidentId));
        }
    }

    /// <summary>
    /// What is stored as the reply of a command that moved a case: which tasks were open then. The words around it are made when it is sent, so that
    /// replies of ninety days stay small.
    /// </summary>
    public static Reply Moved(CaseSnapshot after, Burst burst) => new(200, new JsonObject
    {
        ["status"] = after.Header.Status.ToString(),
        ["open"] = new JsonArray([.. after.Tasks.Select(t => JsonValue.Create(t.TaskId))]),
    });
}
