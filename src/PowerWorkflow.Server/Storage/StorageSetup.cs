using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;
using PowerWorkflow.Engine;
using PowerWorkflow.Processes.Activities;
using PowerWorkflow.Server.Commands;
using PowerWorkflow.Server.Definitions;
using PowerWorkflow.Server.Scheduling;
using PowerWorkflow.Server.Storage.Postgres;
using PowerWorkflow.Server.Storage.Sqlite;

namespace PowerWorkflow.Server.Storage;

/// <summary>The database, the catalogue of definitions, and the one path that changes cases.</summary>
public static class StorageSetup
{
    /// <summary>Chooses the database by configuration; see <see cref="DatabaseChoice.From"/>.</summary>
    public static void AddStorage(this IHostApplicationBuilder builder)
    {
        // Every statement at Information would drown what an operator looks for; a configuration may still ask for it.
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning);
        // What fails is thrown too, and told by whoever meets it; EF itself asks new databases for tables that are not there yet.
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore.Database.Command", LogLevel.Critical);
        builder.Services.AddStorage(DatabaseChoice.From(builder.Configuration, builder.Environment.ContentRootPath));
        builder.Services.AddSingleton(provider => WorkflowFolder.Find(builder.Environment, builder.Configuration));
    }

    /// <summary>The same for a given database.</summary>
    public static void AddStorage(this IServiceCollection services, DatabaseChoice choice)
    {
        services.AddSingleton(choice);
        services.AddSingleton(new WriteGate(oneWriter: choice is DatabaseChoice.Sqlite));
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<ServerClock>(provider => new ServerClock(provider.GetRequiredService<TimeProvider>()));
        if (choice is DatabaseChoice.Sqlite sqlite)
            AddSqlite(services, sqlite);
        else
            AddPostgres(services, (DatabaseChoice.Postgres)choice);
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<WorkflowDb>>().CreateDbContext());

        services.TryAddSingleton(new CaseSurroundings());
        services.TryAddSingleton(ProcessActivities.Catalog);
        services.AddSingleton<WorkflowEngine>();
        services.AddSingleton<DefinitionCatalog>();
        services.AddSingleton<CaseNumbers>();
        services.AddSingleton<WakeUp>();
        services.AddSingleton<CaseExecutor>();
        services.AddSingleton<NodeReadiness>();
        services.AddHostedService<StorageStart>();
    }

    private static void AddSqlite(IServiceCollection services, DatabaseChoice.Sqlite choice)
    {
        var file = new SqliteFile(choice.Path);
        services.AddSingleton(file);
        services.AddDbContextFactory<SqliteDb>(options => options.UseSqlite(file.ConnectionString).AddInterceptors(SqliteSettings.Instance));
        services.AddSingleton<IDbContextFactory<WorkflowDb>, Contexts<SqliteDb>>();
        services.AddSingleton<BurstWriter, SqliteBurstWriter>();
        services.AddSingleton<CaseReader, SqliteCaseReader>();
        services.AddSingleton<SchemaLock, SqliteSchemaLock>();
    }

    private static void AddPostgres(IServiceCollection services, DatabaseChoice.Postgres choice)
    {
        services.AddSingleton(_ => OpenPostgres(choice.ConnectionString));
        services.AddDbContextFactory<PostgresDb>((provider, options) => options.UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>()));
        services.AddSingleton<IDbContextFactory<WorkflowDb>, Contexts<PostgresDb>>();
        services.AddSingleton<BurstWriter, PostgresBurstWriter>();
        services.AddSingleton<CaseReader, PostgresCaseReader>();
        services.AddSingleton<SchemaLock, PostgresSchemaLock>();
    }

    private static NpgsqlDataSource OpenPostgres(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            // Tells which statement of a batch stopped it.
            IncludeFailedBatchedCommand = true,
            // Nothing here changes the settings of a session.
            NoResetOnClose = true,
        };
        if (settings.MaxAutoPrepare == 0)
            (settings.MaxAutoPrepare, settings.AutoPrepareMinUsages) = (200, 2);
        return NpgsqlDataSource.Create(settings);
    }

    /// <summary>Lets everybody ask for a <see cref="WorkflowDb"/> without knowing which one it is.</summary>
    private sealed class Contexts<T>(IDbContextFactory<T> databases) : IDbContextFactory<WorkflowDb>
        where T : WorkflowDb
    {
        public WorkflowDb CreateDbContext() => databases.CreateDbContext();

        public async Task<WorkflowDb> CreateDbContextAsync(CancellationToken cancellationToken = default) => await databases.CreateDbContextAsync(cancellationToken);
    }
}
