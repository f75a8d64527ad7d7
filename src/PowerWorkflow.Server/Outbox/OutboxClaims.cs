using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using PowerWorkflow.Engine;
using PowerWorkflow.Server.Storage;
using PowerWorkflow.Server.Storage.Schema;

namespace PowerWorkflow.Server.Outbox;

/// <summary>Takes waiting messages for this node under a short lease, and settles what became of them.</summary>
public sealed class OutboxClaims(IDbContextFactory<WorkflowDb> databases, DatabaseChoice database)
{
    /// <summary>Longer than a delivery may take; a sender that was killed is replaced after it.</summary>
    public static readonly TimeSpan LeaseLength = TimeSpan.FromSeconds(60);

    private readonly string skipLocked = database is DatabaseChoice.Postgres ? "for update skip locked" : "";

    /// <summary>Whether a message of this kind is delivered without leaving the system.</summary>
    public static bool StaysInside(MessageKind kind) => kind is MessageKind.InApp or MessageKind.StartCase or MessageKind.PublishEvent;

    /// <summary>Claims messages that may be sent now, oldest first.</summary>
    /// <param name="inside">Those that stay inside, or those that go out: a slow receiver outside must not hold up our own cases.</param>
    public async Task<IReadOnlyList<OutboxMessage>> ClaimAsync(bool inside, DateTimeOffset now, int take, CancellationToken cancel)
    {
        var kinds = string.Join(", ", Enum.GetValues<MessageKind>().Where(kind => StaysInside(kind) == inside).Select(kind => (int)kind));
        var claim =
            $"""
            update outbox set lease = @lease, lease_until = @until, attempts = attempts + 1
            where message_id in (
              select message_id from outbox where next_at <= @now and kind in ({kinds}) and (lease_until is null or lease_until < @now)
              order by next_at limit @take {skipLocked})
            returning *
            """;
        await using var db = await databases.CreateDbContextAsync(cancel);
        object[] values =
        [
            Parameter(db, "lease", Guid.NewGuid().ToString("N")), Parameter(db, "until", (now + LeaseLength).ToUnixTimeMilliseconds()),
            Parameter(db, "now", now.ToUnixTimeMilliseconds()), Parameter(db, "take", take),
        ];
        var rows = await db.WriteAsync(() => db.Outbox.FromSqlRaw(claim, values).AsNoTracking().ToListAsync(cancel), cancel);
        return [.. rows.OrderBy(row => row.CreatedAt).ThenBy(row => row.MessageId, StringComparer.Ordinal)];
    }

    /// <summary>When the next message may be sent or a lease ends; null when nothing waits.</summary>
    public async Task<DateTimeOffset?> NextAsync(bool inside, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var kinds = Enum.GetValues<MessageKind>().Where(kind => StaysInside(kind) == inside).ToArray();
        var own = db.Outbox.Where(row => kinds.Contains(row.Kind));
        var free = await own.Where(row => row.LeaseUntil == null).MinAsync(row => (DateTimeOffset?)row.NextAt, cancel);
        var leased = await own.Where(row => row.LeaseUntil != null).MinAsync(row => row.LeaseUntil, cancel);
        return free < leased || leased is null ? free : leased;
    }

    /// <summary>It was delivered.</summary>
    public Task DoneAsync(OutboxMessage message, CancellationToken cancel) => WriteAsync(db => Own(db, message).ExecuteDeleteAsync(cancel), cancel);

    /// <summary>It is tried again at an instant.</summary>
    public Task PostponeAsync(OutboxMessage message, DateTimeOffset until, string error, CancellationToken cancel) => WriteAsync(
        db => Own(db, message).ExecuteUpdateAsync(
            row => row.SetProperty(r => r.NextAt, until).SetProperty(r => r.LastError, error).SetProperty(r => r.Lease, (string?)null)
                .SetProperty(r => r.LeaseUntil, (DateTimeOffset?)null),
            cancel),
        cancel);

    /// <summary>It is given up: people see it among the dead letters.</summary>
    public Task GiveUpAsync(OutboxMessage message, string error, DateTimeOffset now, CancellationToken cancel) => WriteAsync(
        async db =>
        {
            if (await Own(db, message).ExecuteDeleteAsync(cancel) == 0)
                return 0;
            db.Add(new DeadLetter
            {
                MessageId = message.MessageId, CaseId = message.CaseId, Kind = message.Kind, Connection = message.Connection, Payload = message.Payload,
                WantsReply = message.WantsReply, CreatedAt = message.CreatedAt, Attempts = message.Attempts, LastError = error, GivenUpAt = now,
            });
            return await db.SaveChangesAsync(cancel);
        },
        cancel);

    /// <summary>Sends a dead letter again, under the same idempotency key.</summary>
    /// <returns>False when there is no such dead letter.</returns>
    public Task<bool> ReviveAsync(string messageId, DateTimeOffset now, CancellationToken cancel) => WriteAsync(
        async db =>
        {
            if (await db.DeadLetters.SingleOrDefaultAsync(row => row.MessageId == messageId, cancel) is not { } dead)
                return false;
            db.Remove(dead);
            db.Add(new OutboxMessage
            {
                MessageId = dead.MessageId, CaseId = dead.CaseId, Kind = dead.Kind, Connection = dead.Connection, Payload = dead.Payload,
                WantsReply = dead.WantsReply, CreatedAt = dead.CreatedAt, NextAt = now, LastError = dead.LastError,
            });
            await db.SaveChangesAsync(cancel);
            return true;
        },
        cancel);

    private static IQueryable<OutboxMessage> Own(WorkflowDb db, OutboxMessage message) =>
        db.Outbox.Where(row => row.MessageId == message.MessageId && row.Lease == message.Lease);

    private async Task<T> WriteAsync<T>(Func<WorkflowDb, Task<T>> write, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.WriteAsync(() => write(db), cancel);
    }

    private static DbParameter Parameter(WorkflowDb db, string name, object value)
    {
        using var command = db.Database.GetDbConnection().CreateCommand();
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        return parameter;
    }
}
