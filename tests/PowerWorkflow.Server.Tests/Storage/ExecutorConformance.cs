using System.Data.Common;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PowerWorkflow.Engine;
using PowerWorkflow.Server.Commands;
using PowerWorkflow.Server.Definitions;
using PowerWorkflow.Server.Scheduling;
using PowerWorkflow.Server.Storage;
using Xunit;

namespace PowerWorkflow.Server.Tests.Storage;

/// <summary>What a command does to a case, on every database: the real engine runs a real process.</summary>
public abstract class ExecutorConformance(DatabaseChoice database) : IAsyncLifetime
{
    private readonly WorkflowFolder folder = TestProcess.SurveyWaitReview();
    private TestStore store = null!; // set before each test

    private CaseExecutor Executor => store.Get<CaseExecutor>();

    public async Task InitializeAsync() => store = await OpenAsync();

    public async Task DisposeAsync() => await store.DisposeAsync();

    [Fact]
    public async Task A_started_case_is_there_for_the_next_reader()
    {
        var started = await StartAsync("first");

        var row = await store.AskAsync(db => db.Cases.SingleAsync());
        Assert.Equal((started.CaseId, "YJ-3601-20261102-00001", CaseStatus.Running), (row.CaseId, row.Number, row.Status));
        var task = await store.AskAsync(db => db.Tasks.SingleAsync());
        Assert.Equal(("survey", "R-SV", "3601"), (task.Step, task.Role, task.Unit));
        Assert.Equal(task.TaskId, Assert.Single(started.After!.Tasks).TaskId);
        Assert.Equal(201, started.Reply.Status);
    }

    [Fact]
    public async Task The_same_command_from_32_callers_advances_the_case_once_and_answers_all_alike()
    {
        var caseId = (await StartAsync("first")).CaseId;

        var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => CompleteAsync(caseId, "survey", "same")));

        Assert.Equal(31, answers.Count(answer => answer.Replayed));
        Assert.Single(answers.Select(answer => (answer.Reply.Status, answer.Reply.Body!.ToJsonString())).Distinct());
        Assert.Equal(1, await store.AskAsync(db => db.TaskHistory.CountAsync()));
        Assert.Equal(1, await store.AskAsync(db => db.Timers.CountAsync()));
    }

    [Fact]
    public async Task The_same_start_from_32_callers_starts_one_case()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => StartAsync("same")));

        Assert.Single(answers.Select(answer => answer.CaseId).Distinct());
        Assert.Equal(1, await store.AskAsync(db => db.Cases.CountAsync()));
    }

    [Fact]
    public async Task A_command_repeated_after_a_restart_gets_its_first_answer()
    {
        var caseId = (await StartAsync("first")).CaseId;
        var first = await CompleteAsync(caseId, "survey", "once");

        await store.DisposeAsync();
        store = await OpenAsync();
        var again = await CompleteAsync(caseId, "survey", "once");

        Assert.True(again.Replayed);
        Assert.Equal(first.Reply.Body!.ToJsonString(), again.Reply.Body!.ToJsonString());
    }

    [Fact]
    public async Task A_command_id_with_another_request_is_refused()
    {
        var caseId = (await StartAsync("first")).CaseId;
        await CompleteAsync(caseId, "survey", "once");

        var refused = await Assert.ThrowsAsync<CommandReusedException>(() => CompleteAsync(caseId, "survey", "once", request: "something else"));

        Assert.Equal("once", refused.CommandId);
    }

    [Fact]
    public async Task A_stored_reply_is_not_given_to_somebody_who_may_not_see_the_case_any_more()
    {
        var caseId = (await StartAsync("first")).CaseId;
        await CompleteAsync(caseId, "survey", "once");
        var command = Complete("survey", "once") with { Allow = _ => throw new UnauthorizedAccessException() };

        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => Executor.ExecuteAsync(caseId, command));
    }

    [Fact]
    public async Task A_refused_command_leaves_nothing_and_may_be_tried_again()
    {
        var caseId = (await StartAsync("first")).CaseId;
        var before = await store.AskAsync(db => db.Journal.CountAsync());

        await Assert.ThrowsAsync<InvalidOperationException>(() => CompleteAsync(caseId, "review", "early"));

        Assert.Equal(before, await store.AskAsync(db => db.Journal.CountAsync()));
        Assert.False((await CompleteAsync(caseId, "survey", "early")).Replayed);
    }

    [Fact]
    public async Task Commands_that_race_for_one_case_all_get_their_turn()
    {
        var caseId = (await StartAsync("first")).CaseId;

        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Executor.ExecuteAsync(caseId, new CaseCommand
        {
            Identity = Units.Command("wang-wei", $"note-{i}"),
            Decide = _ => ValueTask.FromResult(new Move(new Stimulus.Note("Remarked", null, new Actor("wang-wei"), new JsonObject { ["n"] = i }))),
        })));

        var state = await store.AskAsync(db => db.OpenStates.SingleAsync());
        Assert.Equal(41, state.RowVersion);
        var sequences = await store.AskAsync(db => db.Journal.OrderBy(row => row.Sequence).Select(row => row.Sequence).ToListAsync());
        Assert.Equal(Enumerable.Range(1, sequences.Count).Select(n => (long)n), sequences);
    }

    [Fact]
    public async Task A_claim_is_shown_on_the_task_and_goes_into_its_history()
    {
        var caseId = (await StartAsync("first")).CaseId;

        var claimed = await Executor.ExecuteAsync(caseId, new CaseCommand
        {
            Identity = Units.Command("wang-wei", "claim"),
            Decide = found => ValueTask.FromResult(new Move(new Stimulus.Note("TaskClaimed", "survey", new Actor("wang-wei"), []))
            {
                Holds = [new TaskHold(found.Tasks[0].TaskId, "wang-wei", Units.At, null)],
            }),
        });
        await CompleteAsync(caseId, "survey", "done");

        Assert.Equal("wang-wei", claimed.After!.Tasks[0].ClaimedBy);
        Assert.Equal("wang-wei", (await store.AskAsync(db => db.TaskHistory.SingleAsync())).ClaimedBy);
    }

    [Fact]
    public async Task A_due_timer_moves_its_case_once_however_often_the_pump_looks()
    {
        var caseId = (await StartAsync("first")).CaseId;
        await CompleteAsync(caseId, "survey", "done");
        Assert.Equal(0, await store.Get<TimerPump>().DrainAsync(default));

        store.Time.Advance(TimeSpan.FromHours(1));
        var fired = await Task.WhenAll(store.Get<TimerPump>().DrainAsync(default), store.Get<TimerPump>().DrainAsync(default));

        Assert.Equal(1, fired.Sum());
        Assert.Equal("review", (await store.AskAsync(db => db.Tasks.SingleAsync())).Step);
        Assert.Equal(0, await store.AskAsync(db => db.Timers.CountAsync()));
    }

    [Fact]
    public async Task A_timer_whose_holder_died_is_fired_by_another_when_the_lease_has_run_out()
    {
        var caseId = (await StartAsync("first")).CaseId;
        await CompleteAsync(caseId, "survey", "done");
        store.Time.Advance(TimeSpan.FromHours(1));
        var died = Assert.Single(await store.Get<TimerClaims>().ClaimAsync(store.Time.GetUtcNow(), 10, default));

        Assert.Equal(0, await store.Get<TimerPump>().DrainAsync(default));
        store.Time.Advance(TimerClaims.LeaseLength + TimeSpan.FromSeconds(1));
        Assert.Equal(1, await store.Get<TimerPump>().DrainAsync(default));

        // The one that was thought dead wakes up and goes on with what it held.
        await Assert.ThrowsAnyAsync<Exception>(() => Executor.ExecuteAsync(caseId, new CaseCommand
        {
            Decide = _ => ValueTask.FromResult(new Move(new Stimulus.FireTimer(died.TimerId, died.DueAt))), Fired = died,
        }));
        Assert.Equal("review", (await store.AskAsync(db => db.Tasks.SingleAsync())).Step);
    }

    [Fact]
    public async Task A_timer_that_its_case_does_not_know_is_dropped()
    {
        var caseId = (await StartAsync("first")).CaseId;
        await CompleteAsync(caseId, "survey", "done");
        await store.AskAsync(db => db.WriteAsync(() => db.Timers.ExecuteUpdateAsync(row => row.SetProperty(r => r.TimerId, "nobody's"))));
        store.Time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(1, await store.Get<TimerPump>().DrainAsync(default));

        Assert.Equal(0, await store.AskAsync(db => db.Timers.CountAsync()));
    }

    [Fact]
    public async Task A_case_that_ends_keeps_its_record_and_leaves_the_hot_tables()
    {
        var caseId = (await StartAsync("first")).CaseId;
        await CompleteAsync(caseId, "survey", "1");
        store.Time.Advance(TimeSpan.FromHours(1));
        await store.Get<TimerPump>().DrainAsync(default);

        var last = await CompleteAsync(caseId, "review", "2");

        Assert.Equal(CaseStatus.Finished, last.After!.Header.Status);
        Assert.Equal(0, await store.AskAsync(db => db.OpenStates.CountAsync()));
        Assert.Equal(2, await store.AskAsync(db => db.TaskHistory.CountAsync()));
        Assert.NotNull((await store.AskAsync(db => db.Cases.SingleAsync())).FinishedAt);
    }

    [Fact]
    public async Task A_commit_whose_answer_is_lost_is_answered_and_not_repeated()
    {
        var caseId = (await StartAsync("first")).CaseId;
        var lost = 0;
        store.Writer.Probe = statement => { if (statement == "committed" && lost++ == 0) throw new BrokenOffException(); };

        var answer = await CompleteAsync(caseId, "survey", "once");

        Assert.True(answer.Replayed);
        Assert.Equal(1, await store.AskAsync(db => db.TaskHistory.CountAsync()));
    }

    [Fact]
    public async Task A_command_broken_at_any_statement_is_carried_out_once_when_repeated()
    {
        var broken = 0;
        for (var n = 1; ; n++)
        {
            var caseId = (await StartAsync($"start-{n}")).CaseId;
            var left = n;
            store.Writer.Probe = _ => { if (--left == 0) throw new IOException("Broken on purpose."); };
            var first = await Record.ExceptionAsync(() => CompleteAsync(caseId, "survey", $"step-{n}"));
            store.Writer.Probe = null;
            await CompleteAsync(caseId, "survey", $"step-{n}");
            Assert.Equal(1, await store.AskAsync(db => db.TaskHistory.CountAsync(row => row.CaseId == caseId)));
            Assert.Equal(1, await store.AskAsync(db => db.Timers.CountAsync(row => row.CaseId == caseId)));
            if (first is null)
                break;
            broken++;
        }

        Assert.True(broken >= 8, $"Only {broken} statements were broken.");
    }

    private protected DatabaseChoice Database => database;

    private protected TestStore Store => store;

    private protected Task<T> AskAsync<T>(Func<WorkflowDb, Task<T>> question) => store.AskAsync(question);

    private protected Task<TestStore> OpenAsync() => TestStore.OpenAsync(database, services =>
    {
        services.AddSingleton(folder);
        services.AddSingleton<TimerClaims>();
        services.AddSingleton<TimerPump>();
    });

    private protected Task<Executed> StartAsync(string commandId, TestStore? at = null) => (at ?? store).Get<CaseExecutor>().StartAsync(
        new NewCase("inspection", "3601", "示范电子有限公司", null, "li-na"),
        new CaseCommand
        {
            Identity = Units.Command("li-na", commandId),
            Decide = _ => ValueTask.FromResult(new Move(new Stimulus.Start(new Dictionary<string, JsonNode?>(), new Actor("li-na")))),
            Answer = (after, _) => new Reply(201, new JsonObject { ["id"] = after.Header.CaseId }),
        });

    private protected Task<Executed> CompleteAsync(string caseId, string step, string commandId, string request = "request") =>
        Executor.ExecuteAsync(caseId, Complete(step, commandId, request));

    private static CaseCommand Complete(string step, string commandId, string request = "request") => new()
    {
        Identity = Units.Command("wang-wei", commandId, request),
        Decide = found =>
        {
            var task = found.Tasks.FirstOrDefault(open => open.Step == step) ?? throw new InvalidOperationException($"Nobody waits at '{step}'.");
            return ValueTask.FromResult(new Move(new Stimulus.CompleteTask(task.TaskId, "Done", new Actor("wang-wei"), new Dictionary<string, JsonObject>())));
        },
        Answer = (after, _) => new Reply(200, new JsonObject { ["waitingAt"] = new JsonArray([.. after.Tasks.Select(task => (JsonNode?)task.Step)]) }),
    };

    /// <summary>What a driver throws when the connection goes away in the middle.</summary>
    private sealed class BrokenOffException() : DbException("The connection is gone.")
    {
        public override bool IsTransient => true;
    }
}

public sealed class SqliteExecutorConformance() : ExecutorConformance(TestStore.NewSqlite());

public sealed class PostgresExecutorConformance() : ExecutorConformance(TestStore.NewPostgres())
{
    [Fact]
    public async Task Two_nodes_give_every_case_a_number_of_its_own()
    {
        await using var other = await OpenAsync();

        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => StartAsync($"start-{i}", at: i % 2 == 0 ? other : null)));

        Assert.Equal(40, await other.AskAsync(db => db.Cases.Select(row => row.Number).Distinct().CountAsync()));
    }

    [Fact]
    public async Task A_server_that_throws_everybody_out_loses_nothing_and_doubles_nothing()
    {
        var cases = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => StartAsync($"start-{i}")));

        var running = cases.Select((started, i) => CompleteAsync(started.CaseId, "survey", $"step-{i}")).ToList();
        for (var i = 0; i < 3; i++)
        {
            await ThrowEverybodyOutAsync();
            await Task.WhenAny(running);
        }
        await Task.WhenAll(running);
        Clear();

        Assert.Equal((60, 60), await AskAsync(async db => (await db.TaskHistory.CountAsync(), await db.Timers.CountAsync())));
        Assert.Equal(60, await AskAsync(db => db.OpenStates.CountAsync(row => row.RowVersion == 2)));
    }

    /// <summary>Our own questions shall not meet a connection that was thrown out while it was idle.</summary>
    private void Clear() => Store.Get<Npgsql.NpgsqlDataSource>().Clear();

    private async Task ThrowEverybodyOutAsync()
    {
        await using var master = new Npgsql.NpgsqlConnection(((DatabaseChoice.Postgres)Database).ConnectionString + ";Pooling=false");
        await master.OpenAsync();
        await using var command = new Npgsql.NpgsqlCommand(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()", master);
        await command.ExecuteNonQueryAsync();
    }
}
