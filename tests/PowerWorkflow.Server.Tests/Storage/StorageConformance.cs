using System.Text;
using Microsoft.EntityFrameworkCore;
using PowerWorkflow.Engine;
using PowerWorkflow.Server.Storage;
using Xunit;

namespace PowerWorkflow.Server.Tests.Storage;

/// <summary>What every database must do. A new provider adds one subclass and no assertions.</summary>
public abstract class StorageConformance(DatabaseChoice database) : IAsyncLifetime
{
    private protected TestStore Store { get; private set; } = null!; // set before each test

    public async Task InitializeAsync() => Store = await TestStore.OpenAsync(database);

    public async Task DisposeAsync() => await Store.DisposeAsync();

    [Fact]
    public async Task What_was_committed_is_read_back()
    {
        await Store.Writer.CommitAsync(Units.Start("a"));

        var read = await Store.Reader.ReadAsync("a", Units.Command("li-na", "start-a"), default);

        Assert.Equal(Units.Header("a"), read.Header);
        Assert.Equal((1L, 2L), (read.RowVersion, read.JournalSequence));
        Assert.Equal("""{"at":"survey"}""", Encoding.UTF8.GetString(read.State));
        Assert.Equal(TaskRows.Open("a", "3601", Units.Task("a-1", "survey"), Units.At), Assert.Single(read.Tasks));
        Assert.Equal("""{"priority":0}""", read.Sections["CASE"]);
        Assert.Equal((201, """{"id":"a"}"""), (read.Done!.Status, read.Done.Reply));
    }

    [Fact]
    public async Task A_burst_writes_one_of_everything()
    {
        await Store.Writer.CommitAsync(Units.Start("a"));

        Assert.Equal(Commit.Done, await Store.Writer.CommitAsync(Units.Step("a", 1)));

        var counts = await Store.AskAsync(async db => (
            Tasks: await db.Tasks.CountAsync(), History: await db.TaskHistory.CountAsync(), Sections: await db.Sections.CountAsync(),
            Timers: await db.Timers.CountAsync(), Waits: await db.EventWaits.CountAsync(), Outbox: await db.Outbox.CountAsync(),
            Clocks: await db.Clocks.CountAsync(), Projections: await db.Projections.CountAsync(), Journal: await db.Journal.CountAsync()));
        Assert.Equal((1, 1, 2, 1, 1, 1, 1, 1, 4), counts);
        var done = await Store.AskAsync(db => db.TaskHistory.SingleAsync());
        Assert.Equal(("a-1", "done", "wang-wei", """["wang-wei"]"""), (done.TaskId, done.Outcome, done.CompletedBy, done.SignedBy));
        Assert.Equal("step 1", (await Store.AskAsync(db => db.Cases.SingleAsync())).Name);
    }

    [Fact]
    public async Task Two_writers_of_one_case_cannot_both_win()
    {
        await Store.Writer.CommitAsync(Units.Start("a"));

        var results = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Store.Writer.CommitAsync(Units.Step("a", 1, $"command-{i}"))));

        Assert.Equal(1, results.Count(result => result == Commit.Done));
        Assert.Equal(15, results.Count(result => result == Commit.LostRace));
        Assert.Equal(2, await Store.AskAsync(db => db.Commands.CountAsync()));
        Assert.Equal(4, await Store.AskAsync(db => db.Journal.CountAsync()));
    }

    [Fact]
    public async Task The_same_command_id_is_carried_out_once()
    {
        await Store.Writer.CommitAsync(Units.Start("a"));

        var results = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Store.Writer.CommitAsync(Units.Step("a", 1, "same"))));

        Assert.Equal(1, results.Count(result => result == Commit.Done));
        Assert.Equal(31, results.Count(result => result == Commit.Repeated));
        Assert.Equal(2, (await Store.Reader.ReadAsync("a", null, default)).RowVersion);
    }

    [Fact]
    public async Task A_unit_that_fails_its_guard_does_not_harm_those_committed_with_it()
    {
        for (var i = 0; i < 20; i++)
            await Store.Writer.CommitAsync(Units.Start($"c{i:00}"));

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Store.Writer.CommitAsync(Units.Step($"c{i:00}", read: i % 5 == 0 ? 7 : 1))));

        Assert.All(results.Select((result, i) => (result, i)), unit => Assert.Equal(unit.i % 5 == 0 ? Commit.LostRace : Commit.Done, unit.result));
        Assert.Equal(20 + 16, await Store.AskAsync(db => db.Commands.CountAsync()));
    }

    [Fact]
    public async Task A_number_is_given_to_one_case_only()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Store.Writer.CommitAsync(Units.Start($"n{i}", "GY-3601-20261102-00001"))));

        Assert.Equal(1, results.Count(result => result == Commit.Done));
        Assert.Equal(7, results.Count(result => result == Commit.NumberTaken));
        Assert.Equal(1, await Store.AskAsync(db => db.Commands.CountAsync()));
    }

    [Fact]
    public async Task Many_cases_at_once_are_all_committed()
    {
        await Task.WhenAll(Enumerable.Range(0, 300).Select(i => Store.Writer.CommitAsync(Units.Start($"m{i:000}"))));

        var results = await Task.WhenAll(Enumerable.Range(0, 300).Select(i => Store.Writer.CommitAsync(Units.Step($"m{i:000}", 1), i % 2 == 0 ? Lane.People : Lane.Background)));

        Assert.All(results, result => Assert.Equal(Commit.Done, result));
        Assert.Equal(300, await Store.AskAsync(db => db.OpenStates.CountAsync(row => row.RowVersion == 2)));
    }

    [Fact]
    public async Task A_case_that_ends_leaves_the_hot_tables()
    {
        await Store.Writer.CommitAsync(Units.Start("a"));
        await Store.Writer.CommitAsync(Units.Step("a", 1));
        var last = Units.Step("a", 2);
        last = last with
        {
            Header = last.Header with { Status = CaseStatus.Finished, FinishedAt = Units.At },
            Effects = [new Effect.CloseTask("a-2", "done", "wang-wei")],
        };

        await Store.Writer.CommitAsync(last);

        var hot = await Store.AskAsync(async db =>
            (await db.OpenStates.CountAsync(), await db.Tasks.CountAsync(), await db.Timers.CountAsync(), await db.EventWaits.CountAsync()));
        Assert.Equal((0, 0, 0, 0), hot);
        var read = await Store.Reader.ReadAsync("a", null, default);
        Assert.Equal((3L, CaseStatus.Finished), (read.RowVersion, read.Header!.Status));
        Assert.Equal(2, await Store.AskAsync(db => db.TaskHistory.CountAsync()));
    }

    [Fact]
    public async Task A_correction_is_appended_to_a_case_that_has_ended()
    {
        var start = Units.Start("a");
        await Store.Writer.CommitAsync(start with { Header = start.Header with { FinishedAt = Units.At, Status = CaseStatus.Finished }, Effects = [] });
        var ended = Units.Header("a") with { FinishedAt = Units.At, Status = CaseStatus.Finished };

        var result = await Store.Writer.CommitAsync(Units.Step("a", 1) with { Header = ended, Before = ended, Effects = [] });

        Assert.Equal(Commit.Done, result);
        Assert.Equal(2, (await Store.Reader.ReadAsync("a", null, default)).RowVersion);
    }

    [Fact]
    public async Task A_timer_that_was_cleared_or_taken_by_another_does_not_fire()
    {
        await Store.Writer.CommitAsync(Units.Start("a"));
        await Store.Writer.CommitAsync(Units.Step("a", 1));
        var fired = Units.Step("a", 2) with { Command = null, Fired = new("a-t1", "a", "wait", "Delay", Units.At, MissedTimer.FireOnce, "not the lease", 1) };

        var result = await Store.Writer.CommitAsync(fired);

        Assert.Equal(Commit.TimerGone, result);
        Assert.Equal(2, (await Store.Reader.ReadAsync("a", null, default)).RowVersion);
        Assert.Equal(1, await Store.AskAsync(db => db.Timers.CountAsync()));
    }

    [Fact]
    public async Task Setting_a_timer_again_moves_it_and_takes_it_from_whoever_holds_it()
    {
        await Store.Writer.CommitAsync(Units.Start("a"));
        await Store.Writer.CommitAsync(Units.Step("a", 1));
        var later = Units.At.AddDays(9);

        await Store.Writer.CommitAsync(Units.Step("a", 2) with { Effects = [new Effect.SetTimer("a-t1", later, MissedTimer.Skip, "Delay", "wait")] });

        var timer = await Store.AskAsync(db => db.Timers.SingleAsync());
        Assert.Equal((later, MissedTimer.Skip, (string?)null), (timer.DueAt, timer.Missed, timer.Lease));
    }

    [Fact]
    public async Task Everything_is_there_after_a_restart()
    {
        await Store.Writer.CommitAsync(Units.Start("a"));
        await Store.Writer.CommitAsync(Units.Step("a", 1, "once"));

        await Store.DisposeAsync();
        Store = await TestStore.OpenAsync(database);

        Assert.Equal(Commit.Repeated, await Store.Writer.CommitAsync(Units.Step("a", 1, "once")));
        Assert.Equal(2, (await Store.Reader.ReadAsync("a", null, default)).RowVersion);
    }

    [Fact]
    public async Task A_unit_that_breaks_at_any_statement_leaves_nothing_behind()
    {
        await Store.Writer.CommitAsync(Units.Start("a"));
        await Store.Writer.CommitAsync(Units.Start("b"));
        var before = await RowsAsync();
        var n = 1;
        for (; ; n++)
        {
            var left = n;
            Store.Writer.Probe = statement => { if (statement != "committed" && --left == 0) throw new IOException($"Broken on purpose at {statement}."); };
            var broken = await Record.ExceptionAsync(() => Store.Writer.CommitAsync(Units.Step("a", 1)));
            Store.Writer.Probe = null;
            if (broken is null)
                break;
            Assert.IsType<IOException>(broken);
            Assert.Equal(before, await RowsAsync());
            Assert.Equal(1, (await Store.Reader.ReadAsync("a", null, default)).RowVersion);
        }

        Assert.True(n > 12, $"Only {n - 1} statements were broken.");
        Assert.Equal(Commit.Repeated, await Store.Writer.CommitAsync(Units.Step("a", 1)));
        Assert.Equal(Commit.Done, await Store.Writer.CommitAsync(Units.Step("b", 1)));
    }

    [Fact]
    public async Task A_commit_whose_answer_is_lost_has_happened_once()
    {
        await Store.Writer.CommitAsync(Units.Start("a"));
        Store.Writer.Probe = statement => { if (statement == "committed") throw new IOException("The answer is lost."); };

        await Assert.ThrowsAsync<IOException>(() => Store.Writer.CommitAsync(Units.Step("a", 1, "lost")));
        Store.Writer.Probe = null;

        Assert.Equal(Commit.Repeated, await Store.Writer.CommitAsync(Units.Step("a", 1, "lost")));
        Assert.Equal("""{"step":1}""", (await Store.Reader.ReadAsync("a", Units.Command("wang-wei", "lost"), default)).Done!.Reply);
    }

    private Task<string> RowsAsync() => Store.AskAsync(async db => string.Join(' ',
        await db.Cases.CountAsync(), await db.OpenStates.SumAsync(row => row.RowVersion), await db.Tasks.CountAsync(), await db.TaskHistory.CountAsync(),
        await db.Sections.CountAsync(), await db.Timers.CountAsync(), await db.EventWaits.CountAsync(), await db.Outbox.CountAsync(), await db.Clocks.CountAsync(),
        await db.Projections.CountAsync(), await db.Journal.CountAsync(), await db.Commands.CountAsync()));
}

public sealed class SqliteConformance() : StorageConformance(TestStore.NewSqlite());

public sealed class PostgresConformance() : StorageConformance(TestStore.NewPostgres());
