using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using PowerWorkflow.Engine;
using PowerWorkflow.Server.Storage.Schema;

namespace PowerWorkflow.Server.Storage;

/// <summary>Which rows a unit writes. Guards come first, so that a unit that must not be committed has written as little as possible.</summary>
internal static class BurstRows
{
    /// <summary>Chinese stays readable in the tables, and short.</summary>
    public static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static List<Statement> Of(CommitUnit unit)
    {
        var rows = new List<Statement>(8 + unit.Effects.Count + unit.Journal.Count);
        if (unit.Command is { } command)
        {
            var reply = unit.Reply ?? throw new InvalidOperationException($"Command '{command.CommandId}' of '{command.Person}' has no reply to store.");
            rows.Add(Statement.Of(BurstSql.Command, command.Person, command.CommandId, command.RequestHash, unit.Header.CaseId, reply.Status,
                reply.Body is null ? "null" : reply.Body.ToJsonString(Readable), unit.At.ToUnixTimeMilliseconds()));
        }
        if (unit.Fired is { } timer)
            rows.Add(Statement.Of(BurstSql.Fire, timer.TimerId, timer.Lease));
        AddCase(rows, unit);
        foreach (var effect in unit.Effects)
            AddEffect(rows, unit, effect);
        foreach (var hold in unit.Holds)
            rows.Add(Statement.Of(BurstSql.HoldTask, hold.TaskId, hold.ClaimedBy, Milliseconds(hold.ClaimedAt), hold.Person));
        rows.AddRange(unit.Rows);
        foreach (var entry in unit.Journal)
        {
            rows.Add(Statement.Of(BurstSql.Journal, unit.Header.CaseId, entry.Sequence, entry.Entry.Kind, entry.Entry.At.ToUnixTimeMilliseconds(),
                entry.Canonical, entry.Hash, entry.Values));
        }
        return rows;
    }

    private static void AddCase(List<Statement> rows, CommitUnit unit)
    {
        var (header, before, last) = (unit.Header, unit.Before, unit.Journal[^1]);
        object?[] state = [header.CaseId, unit.ReadVersion + 1, last.Sequence, last.Hash, unit.State];
        object?[] guarded = [header.CaseId, unit.ReadVersion, .. state[1..]];
        var (ended, hadEnded) = (header.FinishedAt is not null, before?.FinishedAt is not null);

        if (before is null)
        {
            rows.Add(Statement.Of(BurstSql.NewCase, header.CaseId, header.Number, header.Process, header.DefinitionVersionId, header.PinId, header.Unit,
                header.CustomerName, header.CustomerNumber, header.Name, header.CorrelationId, (int)header.Status, header.Priority, header.StartedBy,
                header.CreatedAt.ToUnixTimeMilliseconds(), Milliseconds(header.FinishedAt)));
            rows.Add(Statement.Of(BurstSql.Pins, header.PinId, unit.Pins));
            rows.Add(new Statement(ended ? BurstSql.EndedState : BurstSql.NewState, state));
            return;
        }

        if (hadEnded && !ended)
            throw new InvalidOperationException($"Case '{header.CaseId}' has ended and cannot be opened again.");
        if (hadEnded || !ended)
        {
            rows.Add(new Statement(hadEnded ? BurstSql.StateOfEnded : BurstSql.State, guarded));
        }
        else
        {
            rows.Add(Statement.Of(BurstSql.LeaveOpen, header.CaseId, unit.ReadVersion));
            rows.Add(new Statement(BurstSql.EndedState, state));
            // The engine clears what it set; rows of a case that has ended would wake it for nothing for ever, so they go in any case.
            rows.Add(Statement.Of(BurstSql.ClearTimersOfCase, header.CaseId));
            rows.Add(Statement.Of(BurstSql.DropEventsOfCase, header.CaseId));
        }
        if (header != before)
        {
            rows.Add(Statement.Of(BurstSql.Header, header.CaseId, (int)header.Status, header.Name, header.CorrelationId, header.Priority,
                Milliseconds(header.FinishedAt)));
        }
    }

    private static void AddEffect(List<Statement> rows, CommitUnit unit, Effect effect)
    {
        var caseId = unit.Header.CaseId;
        switch (effect)
        {
            case Effect.OpenTask open:
                rows.Add(OpenTask(TaskRows.Open(caseId, unit.Header.Unit, open.Task, unit.At)));
                break;
            case Effect.SignTask sign:
                rows.Add(Statement.Of(BurstSql.SignTask, sign.TaskId, TaskRows.List(sign.SignedBy)));
                break;
            case Effect.RescheduleTask move:
                rows.Add(Statement.Of(BurstSql.RescheduleTask, move.TaskId, Milliseconds(move.DueAt)));
                break;
            case Effect.CloseTask close:
                var said = unit.Stimulus as Stimulus.CompleteTask;
                var own = said?.TaskId == close.TaskId ? said : null;
                rows.Add(Statement.Of(BurstSql.RecordTask, close.TaskId, unit.At.ToUnixTimeMilliseconds(), close.CompletedBy, own?.Actor.OnBehalfOf,
                    close.Outcome, own?.Comment, SignedBy(unit.Tasks, close)));
                rows.Add(Statement.Of(BurstSql.CloseTask, close.TaskId));
                break;
            case Effect.SetTimer timer:
                rows.Add(Statement.Of(BurstSql.SetTimer, timer.TimerId, caseId, timer.ActivityId, timer.Kind, timer.DueAt.ToUnixTimeMilliseconds(),
                    (int)timer.Missed));
                break;
            case Effect.ClearTimer clear:
                rows.Add(Statement.Of(BurstSql.ClearTimer, clear.TimerId));
                break;
            case Effect.AwaitEvent wait:
                rows.Add(Statement.Of(BurstSql.AwaitEvent, wait.WaitId, caseId, wait.EventName, wait.CorrelationId));
                break;
            case Effect.DropEvent drop:
                rows.Add(Statement.Of(BurstSql.DropEvent, drop.WaitId));
                break;
            case Effect.WriteSection section:
                rows.Add(Statement.Of(BurstSql.Section, caseId, section.Section, section.Value.ToJsonString(Readable)));
                break;
            case Effect.Send send:
                rows.Add(Statement.Of(BurstSql.Send, send.MessageId, caseId, (int)send.Kind, send.Connection, send.Payload.ToJsonString(Readable),
                    send.WantsReply, unit.At.ToUnixTimeMilliseconds()));
                break;
            case Effect.Project project:
                rows.Add(Projection(caseId, project));
                break;
            default:
                throw new UnreachableException($"BurstWriter has no rows for {effect.GetType().Name}.");
        }
    }

    private static Statement OpenTask(TaskRow task) => Statement.Of(BurstSql.OpenTask,
        task.TaskId, task.CaseId, task.ActivityId, task.Step, task.Title, task.Process, task.Role, task.Person, task.Unit, task.Form, task.Judge, task.Outcomes,
        task.Priority, task.Persons, task.NotPersons, task.AllowDelegate, task.ReturnTargets, task.Evidence, Milliseconds(task.DueAt), task.Provisional,
        task.Limit, task.Ladder, task.SignedBy, task.OpenedAt.ToUnixTimeMilliseconds());

    private static string SignedBy(IReadOnlyDictionary<string, TaskRow> tasks, Effect.CloseTask close)
    {
        List<string> signed = tasks.TryGetValue(close.TaskId, out var task) ? [.. TaskRows.List(task.SignedBy)] : [];
        if (close.CompletedBy is { } last && !signed.Contains(last))
            signed.Add(last);
        return TaskRows.List(signed);
    }

    private static Statement Projection(string caseId, Effect.Project project) => (project.Kind, project.Value) switch
    {
        ("clock", null) => Statement.Of(BurstSql.Unclock, caseId, project.Key),
        ("clock", { } clock) => Statement.Of(BurstSql.Clock, caseId, project.Key, (string?)clock["item"], (string?)clock["state"], Instant(clock["startedAt"]),
            Instant(clock["dueAt"]), (bool?)clock["provisional"] ?? false, (string?)clock["pausedBy"], clock.ToJsonString(Readable)),
        (_, null) => Statement.Of(BurstSql.Unproject, caseId, project.Kind, project.Key),
        (_, { } row) => Statement.Of(BurstSql.Project, caseId, project.Kind, project.Key, row.ToJsonString(Readable)),
    };

    private static long? Instant(JsonNode? node) => node?.Deserialize<DateTimeOffset>().ToUnixTimeMilliseconds();

    private static long? Milliseconds(DateTimeOffset? at) => at?.ToUnixTimeMilliseconds();
}
