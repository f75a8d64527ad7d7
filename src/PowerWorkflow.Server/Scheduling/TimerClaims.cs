using Microsoft.EntityFrameworkCore;
using PowerWorkflow.Server.Storage;
using PowerWorkflow.Server.Storage.Schema;

namespace PowerWorkflow.Server.Scheduling;

/// <summary>
/// Takes due timers for this node under a short lease that is committed at once: no lock is held while their cases run, and when the node dies the lease runs
/// out and another takes them.
/// </summary>
public sealed class TimerClaims(IDbContextFactory<WorkflowDb> databases, DatabaseChoice database)
{
    /// <summary>Long enough for a batch in a storm, short enough that the timers of a killed node are not very late.</summary>
    public static readonly TimeSpan LeaseLength = TimeSpan.FromSeconds(30);

    // Rows that another node is just claiming are passed over instead of waited for; SQLite has one writer anyway.
    private readonly string claim =
        $"""
        update timers set lease = @lease, lease_until = @until, attempts = attempts + 1
        where timer_id in (
          select timer_id from timers where due_at <= @now and (lease_until is null or lease_until < @now) order by due_at limit @take
          {(database is DatabaseChoice.Postgres ? "for update skip locked" : "")})
        returning *
        """;

    /// <summary>Claims up to <paramref name="take"/> timers, the longest overdue first.</summary>
    public async Task<IReadOnlyList<ClaimedTimer>> ClaimAsync(DateTimeOffset now, int take, CancellationToken cancel)
    {
        var lease = Guid.NewGuid().ToString("N");
        await using var db = await databases.CreateDbContextAsync(cancel);
        object[] values =
        [
            Parameter(db, "lease", lease), Parameter(db, "until", (now + LeaseLength).ToUnixTimeMilliseconds()),
            Parameter(db, "now", now.ToUnixTimeMilliseconds()), Parameter(db, "take", take),
        ];
        var rows = await db.WriteAsync(() => db.Set<TimerRow>().FromSqlRaw(claim, values).AsNoTracking().ToListAsync(cancel), cancel);
        return
        [
            .. rows.OrderBy(row => row.DueAt).ThenBy(row => row.TimerId, StringComparer.Ordinal).Select(row =>
                new ClaimedTimer(row.TimerId, row.CaseId, row.ActivityId, row.Kind, row.DueAt, row.Missed, lease, row.Attempts)),
        ];
    }

    /// <summary>When the next timer is due, or its lease runs out; null when there is none.</summary>
    public async Task<DateTimeOffset?> NextAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var free = await db.Timers.Where(row => row.LeaseUntil == null).MinAsync(row => (DateTimeOffset?)row.DueAt, cancel);
        var leased = await db.Timers.Where(row => row.LeaseUntil != null).MinAsync(row => row.LeaseUntil, cancel);
        return free < leased || leased is null ? free : leased;
    }

    /// <summary>Leaves a timer whose burst failed alone until an instant.</summary>
    public Task PostponeAsync(ClaimedTimer timer, DateTimeOffset until, CancellationToken cancel) => ForOwnAsync(
        timer, own => own.ExecuteUpdateAsync(row => row.SetProperty(r => r.LeaseUntil, until), cancel), cancel);

    /// <summary>Removes a timer that its case knows nothing of any more.</summary>
    public Task DropAsync(ClaimedTimer timer, CancellationToken cancel) => ForOwnAsync(timer, own => own.ExecuteDeleteAsync(cancel), cancel);

    private async Task ForOwnAsync(ClaimedTimer timer, Func<IQueryable<TimerRow>, Task<int>> write, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.WriteAsync(() => write(db.Timers.Where(row => row.TimerId == timer.TimerId && row.Lease == timer.Lease)), cancel);
    }

    private static System.Data.Common.DbParameter Parameter(WorkflowDb db, string name, object value)
    {
        var parameter = db.Database.GetDbConnection().CreateCommand().CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        return parameter;
    }
}
