using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PowerWorkflow.Server.Storage;
using PowerWorkflow.Testing;

namespace PowerWorkflow.Server.Tests.Storage;

/// <summary>One server's storage on a database of its own; several may be opened on one PostgreSQL database, one after the other on a SQLite file.</summary>
public sealed class TestStore : IAsyncDisposable
{
    private readonly ServiceProvider services;

    private TestStore(ServiceProvider services, ManualClock time) => (this.services, Time) = (services, time);

    public ManualClock Time { get; }

    public BurstWriter Writer => Get<BurstWriter>();

    public CaseReader Reader => Get<CaseReader>();

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    public static DatabaseChoice NewSqlite() =>
        new DatabaseChoice.Sqlite(Path.Combine(Directory.CreateTempSubdirectory("powerworkflow-db-").FullName, "test.db"));

    public static DatabaseChoice NewPostgres() => new DatabaseChoice.Postgres(PostgresServer.Shared.CreateDatabase());

    /// <summary>Opens a database as a server does when it starts.</summary>
    public static async Task<TestStore> OpenAsync(DatabaseChoice database, Action<IServiceCollection>? also = null)
    {
        var time = new ManualClock(new DateTimeOffset(2026, 11, 2, 1, 0, 0, TimeSpan.Zero));
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(time);
        also?.Invoke(services);
        services.AddStorage(database);
        var store = new TestStore(services.BuildServiceProvider(), time);
        foreach (var start in store.services.GetServices<IHostedService>().OfType<IHostedLifecycleService>())
            await start.StartingAsync(default);
        return store;
    }

    /// <summary>Asks the database.</summary>
    public async Task<T> AskAsync<T>(Func<WorkflowDb, Task<T>> question)
    {
        await using var db = await Get<IDbContextFactory<WorkflowDb>>().CreateDbContextAsync();
        return await question(db);
    }

    public ValueTask DisposeAsync() => services.DisposeAsync();
}
