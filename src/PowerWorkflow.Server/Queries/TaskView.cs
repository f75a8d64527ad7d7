using PowerWorkflow.Server.Refusals;
using PowerWorkflow.Server.Security;
using PowerWorkflow.Server.Storage;
using PowerWorkflow.Server.Storage.Schema;

namespace PowerWorkflow.Server.Queries;

/// <summary>Shows rows of tasks and cases to the person of the session, in their language.</summary>
public sealed class TaskView(SignedIn who, RoleCatalog roles, LabelShelf labels, TimeProvider time)
{
    /// <summary>Less than this left is "soon".</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromDays(1);

    public ValueTask<LabelBook> Book(CancellationToken ct) => labels.Book(ct);

    public TaskItem Item(TaskRow task, CaseHeader header, LabelBook book) => new(Facts(task, header, book), task.Form);

    public TaskFacts Facts(TaskRow task, CaseHeader header, LabelBook book)
    {
        var (organisation, language, me) = (who.Organisation, who.Language, who.PersonId);
        var whyNot = WhyNot(task);
        return new TaskFacts(
            task.TaskId, task.CaseId, header.Number, task.Process, book.Process(header.Process, language), task.Step,
            book.Step(task.Process, task.Step, task.Title, language), header.CustomerName, task.Role,
            task.Role is null ? null : roles.NameOf(task.Role, language), task.Unit, organisation.UnitName(task.Unit, language), task.Person,
            task.ClaimedBy is null ? null : new PersonRef(task.ClaimedBy, organisation.NameOf(task.ClaimedBy)), task.ClaimedAt, task.OpenedAt, task.DueAt,
            task.Provisional, Late(task.DueAt), task.Priority,
            [.. TaskRows.List(task.Outcomes).Select(o => new CodeLabel(o, book.Outcome(task.Process, task.Step, o, language)))],
            [.. TaskRows.List(task.ReturnTargets).Select(t => new IdLabel(t, book.Activity(task.Process, t, language)))],
            task.Persons, [.. TaskRows.List(task.SignedBy).Select(p => new Signature(p, organisation.NameOf(p), null))], TaskRows.List(task.Evidence),
            task.AllowDelegate, whyNot is null && task.ClaimedBy is null, whyNot is null && (task.ClaimedBy is null || task.ClaimedBy == me), whyNot);
    }

    public WaitingStep Waiting(TaskRow task, LabelBook book)
    {
        var holder = task.ClaimedBy ?? task.Person;
        return new WaitingStep(
            task.Step, book.Step(task.Process, task.Step, task.Title, who.Language), task.Role,
            task.Role is null ? null : roles.NameOf(task.Role, who.Language), task.OpenedAt, holder is null ? null : who.Organisation.NameOf(holder), task.DueAt);
    }

    /// <param name="version">Number of the case's definition version.</param>
    public CaseSummary Summary(CaseHeader header, int version, IEnumerable<TaskRow> tasks, LabelBook book) => new(
        header.CaseId, header.Number, header.Process, book.Process(header.Process, who.Language), version, header.Status.ToString(), header.Unit,
        who.Organisation.UnitName(header.Unit, who.Language), header.Name, header.CustomerName, header.Priority, header.CreatedAt, header.FinishedAt,
        who.Organisation.NameOf(header.StartedBy), [.. tasks.OrderBy(t => t.OpenedAt).Select(t => Waiting(t, book))]);

    private string? WhyNot(TaskRow task)
    {
        var problem = task switch
        {
            _ when !who.Reach.MayBeAskedFor(task) => Problems.TaskNotYours(task.Title, task.Role, task.Unit),
            _ when !who.Reach.MayDo(task) => Problems.FourEyes(task.Title),
            { ClaimedBy: { } holder } when holder != who.PersonId => Problems.AlreadyClaimed(task.Title, holder, who.Organisation.NameOf(holder)),
            _ => null,
        };
        return problem?.Detail.In(who.Language);
    }

    private string Late(DateTimeOffset? due)
    {
        var left = due - time.GetUtcNow();
        return left < TimeSpan.Zero ? "late" : left < Soon ? "soon" : "none";
    }
}
