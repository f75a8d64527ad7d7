using Microsoft.EntityFrameworkCore;
using PowerWorkflow.Server.Storage;
using Quartz;

namespace PowerWorkflow.Server.Scheduling;

/// <summary>Removes what is kept for a while only: replies of commands that nobody will repeat any more.</summary>
public sealed class Retention(IDbContextFactory<WorkflowDb> databases, ServerClock clock, ILogger<Retention> log) : IJob
{
    /// <summary>A phone may have been without signal for long; longer than this it asks the server what has become of its work.</summary>
    public static readonly TimeSpan CommandsAreKept = TimeSpan.FromDays(90);

    /// <summary>Rows per transaction, so that nobody waits long at the gate.</summary>
    private const int Portion = 500;

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await SweepAsync(cancellationToken);

    /// <summary>Removes what is due.</summary>
    /// <returns>How many commands were removed.</returns>
    public async Task<int> SweepAsync(CancellationToken cancel)
    {
        var before = clock.Now - CommandsAreKept;
        var removed = 0;
        int portion;
        do
        {
            await using var db = await databases.CreateDbContextAsync(cancel);
            var old = await db.Commands.Where(row => row.At < before).OrderBy(row => row.At).Take(Portion)
                .Select(row => row.At).ToListAsync(cancel);
            if (old.Count == 0)
                break;
            var until = old[^1];
            portion = await db.WriteAsync(() => db.Commands.Where(row => row.At < before && row.At <= until).ExecuteDeleteAsync(cancel), cancel);
            removed += portion;
        }
        while (portion >= Portion);
        if (removed > 0 && log.IsEnabled(LogLevel.Information))
            log.LogInformation("Removed {Count} replies of old commands.", removed);
        return removed;
    }
}
