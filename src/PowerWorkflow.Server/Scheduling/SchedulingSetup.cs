using Microsoft.Data.Sqlite;
using Npgsql;
using PowerWorkflow.Server.Storage;
using Quartz;

namespace PowerWorkflow.Server.Scheduling;

/// <summary>Timers of cases, and recurring work of the server.</summary>
public static class SchedulingSetup
{
    /// <summary>Needs the storage to be added before.</summary>
    public static void AddScheduling(this IHostApplicationBuilder builder)
    {
        builder.Logging.AddFilter("Quartz", LogLevel.Warning);
        builder.Services.AddScheduling(DatabaseChoice.From(builder.Configuration, builder.Environment.ContentRootPath));
    }

    /// <summary>The same for a given database.</summary>
    public static void AddScheduling(this IServiceCollection services, DatabaseChoice database)
    {
        services.AddSingleton<TimerClaims>();
        services.AddSingleton<TimerPump>();
        services.AddHostedService(provider => provider.GetRequiredService<TimerPump>());
        services.AddSingleton<NodeCalls>();
        services.AddHostedService(provider => provider.GetRequiredService<NodeCalls>());
        services.AddHostedService<NodeWatch>();
        services.AddTransient<Retention>();
        AddRecurringWork(services, database);
    }

    private static void AddRecurringWork(IServiceCollection services, DatabaseChoice database)
    {
        services.AddQuartz(quartz =>
        {
            quartz.UsePersistentStore(store =>
            {
                store.ProvisionSchema();
                store.UseSystemTextJsonSerializer(_ => { });
                switch (database)
                {
                    case DatabaseChoice.Postgres postgres:
                        store.UsePostgres(NpgsqlFactory.Instance, postgres.ConnectionString);
                        store.UseClustering(_ => { });
                        break;
                    case DatabaseChoice.Sqlite sqlite:
                        store.UseSqlite(SqliteFactory.Instance, OwnFile(sqlite.Path));
                        break;
                }
            });
            // A job that a node dies in is run again by another, or by the next start.
            quartz.ScheduleJob<Heartbeat>(
                trigger => trigger.WithIdentity("heartbeat").StartNow().WithSchedule(SimpleScheduleBuilder.Create().WithInterval(Heartbeat.Every).RepeatForever()),
                job => job.WithIdentity("heartbeat").RequestRecovery());
            quartz.ScheduleJob<Retention>(
                trigger => trigger.WithIdentity("retention").StartNow().WithSchedule(SimpleScheduleBuilder.Create().WithInterval(TimeSpan.FromHours(6)).RepeatForever()),
                job => job.WithIdentity("retention").RequestRecovery());
        });
        services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
    }

    /// <summary>Quartz takes long locks of its own; in the main file everybody's commands would wait for them.</summary>
    private static string OwnFile(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? ".";
        return new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, Path.GetFileNameWithoutExtension(path) + ".schedule.db") }.ToString();
    }
}
