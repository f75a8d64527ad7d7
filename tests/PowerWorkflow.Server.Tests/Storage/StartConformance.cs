using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PowerWorkflow.Server.Definitions;
using PowerWorkflow.Server.Scheduling;
using PowerWorkflow.Server.Storage;
using PowerWorkflow.Server.Storage.Schema;
using PowerWorkflow.Server.Storage.Sqlite;
using Xunit;

namespace PowerWorkflow.Server.Tests.Storage;

/// <summary>How a server starts on a database that is new, current, left in the middle, or ahead of it.</summary>
public abstract class StartConformance(DatabaseChoice database)
{
    [Fact]
    public async Task A_migration_that_was_killed_does_not_hold_up_the_next_start()
    {
        await using (var killed = await TestStore.OpenAsync(database))
            await LeaveMigratingAsync(killed);

        await using var next = await TestStore.OpenAsync(database).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.True(next.Get<NodeReadiness>().IsReady);
    }

    [Fact]
    public async Task A_schema_newer_than_the_program_makes_the_node_unready_and_is_left_alone()
    {
        await using (var newer = await TestStore.OpenAsync(database))
            await newer.AskAsync(db => db.Database.ExecuteSqlRawAsync("""insert into "__EFMigrationsHistory" values ('99990101000000_Future', '10.0.14')"""));

        await using var old = await TestStore.OpenAsync(database);

        Assert.False(old.Get<NodeReadiness>().IsReady);
        Assert.Contains("99990101000000_Future", old.Get<NodeReadiness>().Reasons["schema"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_processes_of_the_folder_are_brought_in_once_and_never_overwritten()
    {
        var folder = TestProcess.SurveyWaitReview();
        await using (await OpenAsync(folder)) { }
        var file = Path.Combine(folder.Path!, "inspection", "definition.json"); // just made
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace("01:00:00", "09:00:00", StringComparison.Ordinal));

        await using var store = await OpenAsync(folder);

        var version = await store.AskAsync(db => db.DefinitionVersions.SingleAsync());
        Assert.Contains("01:00:00", version.Document, StringComparison.Ordinal);
        Assert.Equal(("inspection-v1", true, true), (version.VersionId, version.IsLatest, version.IsPublished));
    }

    [Fact]
    public async Task A_unit_starts_cases_with_the_version_assigned_to_it_from_its_date_on()
    {
        await using var store = await OpenAsync(TestProcess.SurveyWaitReview());
        await store.AskAsync(async db =>
        {
            var first = await db.DefinitionVersions.AsNoTracking().SingleAsync();
            db.Add(new DefinitionVersion
            {
                VersionId = "inspection-v2", DefinitionId = "inspection", Version = 2, Name = first.Name, Document = first.Document, Hash = "2",
                CreatedBy = "owner", CreatedAt = Units.At,
            });
            // Publishing for the first time writes down what held for everybody until then.
            db.Add(new DefinitionAssignment { DefinitionId = "inspection", EffectiveFrom = first.CreatedAt, VersionId = first.VersionId });
            db.Add(new DefinitionAssignment { DefinitionId = "inspection", UnitCode = "3602", EffectiveFrom = Units.At.AddDays(1), VersionId = "inspection-v2" });
            return await db.SaveChangesAsync();
        });
        var catalog = store.Get<DefinitionCatalog>();

        Assert.Equal("inspection-v1", await catalog.VersionForAsync("inspection", "3602", Units.At));
        Assert.Equal("inspection-v2", await catalog.VersionForAsync("inspection", "3602", Units.At.AddDays(1)));
        Assert.Equal("inspection-v1", await catalog.VersionForAsync("inspection", "3601", Units.At.AddDays(1)));
        Assert.Null(await catalog.VersionForAsync("unheard-of", "3601", Units.At));
    }

    [Fact]
    public async Task Replies_of_commands_are_kept_for_ninety_days()
    {
        await using var store = await TestStore.OpenAsync(database, services => services.AddTransient<Retention>());
        await store.Writer.CommitAsync(Units.Start("a"));
        await store.Writer.CommitAsync(Units.Step("a", 1) with { At = Units.At.AddDays(30) });
        store.Time.Advance(TimeSpan.FromDays(91));

        Assert.Equal(1, await store.Get<Retention>().SweepAsync(default));

        Assert.Equal("step-a-1", (await store.AskAsync(db => db.Commands.SingleAsync())).CommandId);
    }

    private protected abstract Task LeaveMigratingAsync(TestStore store);

    private Task<TestStore> OpenAsync(WorkflowFolder folder) => TestStore.OpenAsync(database, services => services.AddSingleton(folder));
}

public sealed class SqliteStart() : StartConformance(TestStore.NewSqlite())
{
    /// <summary>What EF leaves behind when the process is killed while it migrates.</summary>
    private protected override Task LeaveMigratingAsync(TestStore store) => store.AskAsync(db =>
        db.Database.ExecuteSqlRawAsync("""insert into "__EFMigrationsLock" ("Id", "Timestamp") values (1, '2026-11-02')"""));

    [Fact]
    public async Task A_file_that_is_being_served_is_not_served_again()
    {
        var file = (DatabaseChoice.Sqlite)TestStore.NewSqlite();
        await using var first = await TestStore.OpenAsync(file);

        var refused = Assert.Throws<DatabaseServedException>(() => SqliteSchemaLock.Lock(file.Path));

        Assert.Contains("in use by another PowerWorkflow process", refused.Message, StringComparison.Ordinal);
    }
}

public sealed class PostgresStart() : StartConformance(TestStore.NewPostgres())
{
    /// <summary>A session that held the lock and ended without giving it back.</summary>
    private protected override async Task LeaveMigratingAsync(TestStore store)
    {
        var held = (Npgsql.NpgsqlConnection)await store.Get<SchemaLock>().TakeAsync(default);
        await store.AskAsync(db => db.Database.ExecuteSqlAsync($"select pg_terminate_backend({held.ProcessID})"));
    }
}
