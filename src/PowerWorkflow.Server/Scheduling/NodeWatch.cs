using System.Data.Common;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using PowerWorkflow.Server.Storage;
using PowerWorkflow.Server.Storage.Schema;

namespace PowerWorkflow.Server.Scheduling;

/// <summary>Measures how far this machine's clock is from the database's, and leaves a sign of life for operators.</summary>
public sealed class NodeWatch(
    IDbContextFactory<WorkflowDb> databases, IServiceProvider services, TimeProvider time, ServerClock clock, NodeReadiness readiness, ILogger<NodeWatch> log)
    : BackgroundService
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(15);

    private readonly string nodeId = $"{Environment.MachineName}:{Environment.ProcessId}";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await MeasureAsync(stoppingToken);
                await SignAsync(stoppingToken);
                readiness.Report("database", null);
            }
            catch (DbException broken)
            {
                readiness.Report("database", $"The database does not answer: {broken.Message}");
                log.LogError(broken, "The database does not answer.");
            }
            await Task.Delay(Every, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Takes the shortest of a few round trips: its middle is when the database looked at its clock.</summary>
    private async Task MeasureAsync(CancellationToken cancel)
    {
        if (services.GetService<NpgsqlDataSource>() is not { } database)
            return;
        var (best, offset) = (TimeSpan.MaxValue, TimeSpan.Zero);
        for (var i = 0; i < 3; i++)
        {
            await using var ask = database.CreateCommand("select clock_timestamp()");
            var (sent, ticks) = (time.GetUtcNow(), time.GetTimestamp());
            var theirs = new DateTimeOffset((DateTime)(await ask.ExecuteScalarAsync(cancel) ?? throw new InvalidDataException("clock_timestamp() gave nothing.")));
            var trip = time.GetElapsedTime(ticks);
            if (trip < best)
                (best, offset) = (trip, theirs - (sent + trip / 2));
        }
        clock.Offset = offset;
        readiness.Report("clock", offset.Duration() <= ServerClock.Tolerance
            ? null
            : $"This machine's clock is {offset.TotalSeconds:0.0} s behind the database's; {ServerClock.Tolerance.TotalSeconds:0} s are tolerated. Synchronise both with a time server.");
    }

    private async Task SignAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await db.Nodes.FindAsync([nodeId], cancel) is { } node)
        {
            node.SeenAt = clock.Now;
        }
        else
        {
            db.Add(new NodeRow
            {
                NodeId = nodeId, StartedAt = clock.Now, SeenAt = clock.Now,
                ProgramVersion = Assembly.GetExecutingAssembly().GetName().Version?.ToString(3) ?? "unknown",
            });
        }
        await db.SaveChangesAsync(cancel);
    }
}
