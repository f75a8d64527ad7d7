using Microsoft.EntityFrameworkCore;
using PowerWorkflow.Server.Definitions;

namespace PowerWorkflow.Server.Storage;

/// <summary>Brings the schema up to this program before anything else of the server starts, and <c>workflows/</c> into an empty database.</summary>
public sealed class StorageStart(
    IDbContextFactory<WorkflowDb> databases, SchemaLock schema, ServerClock clock, NodeReadiness readiness, IServiceProvider services, ILogger<StorageStart> log)
    : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await using (await schema.TakeAsync(cancellationToken))
        {
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            if (await NewerMigrationsAsync(db, cancellationToken) is { Count: > 0 } newer)
            {
                readiness.Report("schema", $"The database has migrations that this program does not know ({string.Join(", ", newer)}). Install the newer program.");
                log.LogError("The database has migrations that this program does not know: {Migrations}. It claims no work. Install the newer program.", newer);
                return;
            }
            await db.Database.MigrateAsync(cancellationToken);
            if (services.GetService<WorkflowFolder>() is { Path: { } folder })
                await new WorkflowSeeds(db, clock.Now, log).SeedAsync(folder, cancellationToken);
        }
        readiness.Report("start", null);
    }

    private static async Task<List<string>> NewerMigrationsAsync(WorkflowDb db, CancellationToken cancel)
    {
        var known = db.Database.GetMigrations().ToHashSet();
        return [.. (await db.Database.GetAppliedMigrationsAsync(cancel)).Where(applied => !known.Contains(applied))];
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
