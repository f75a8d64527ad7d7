namespace PowerWorkflow.Engine.Tests;

/// <summary>The merge rules compared on two drawings: a fork whose branches all arrive, and one whose decision leaves a way untaken.</summary>
public sealed class JoinTests
{
    private static Drawing Fork(string mode) => new Drawing("p")
        .Add("fork", "Elsa.FlowFork", ("branches", new[] { "1", "2" }))
        .Add("a", "PowerWorkflow.UserTask").Add("b", "PowerWorkflow.UserTask")
        .Add("join", "Elsa.WriteLine", ("text", "joined")).Merge("join", mode)
        .Lines("fork.1 -> a -> join, fork.2 -> b -> join");

    [Theory]
    [InlineData("Stream", "", "joined")]
    [InlineData("Merge", "", "joined")]
    [InlineData("Converge", "", "joined")]
    [InlineData("Cascade", "joined", "joined joined")]
    [InlineData("Race", "joined", "joined")]
    public void Two_branches_that_both_arrive(string mode, string afterFirst, string afterBoth)
    {
        var desk = new Desk(Fork(mode).Read()).Start();

        desk.Complete("a");
        Assert.Equal(afterFirst, desk.Text);
        if (mode != "Race") desk.Complete("b");

        Assert.Equal(afterBoth, desk.Text);
        Assert.Equal(CaseStatus.Finished, desk.State.Status);
    }

    [Fact]
    public void A_race_cancels_the_task_of_the_slower_branch()
    {
        var desk = new Desk(Fork("Race").Read()).Start().Complete("b");

        Assert.Empty(desk.Tasks);
        Assert.Contains(desk.Effects, e => e is Effect.CloseTask { CompletedBy: null });
        Assert.Contains(desk.Journal, e => e.Kind == "ActivityCancelled" && e.ActivityId == "root/a");
    }

    private static Drawing WithDecision(string mode, bool join) => new Drawing("p")
        .Add("fork", "Elsa.FlowFork", ("branches", new[] { "1", "2" }))
        .Add("a", "PowerWorkflow.UserTask")
        .Add("d", "Elsa.FlowDecision", ("condition", "=false"))
        .Add("no", "Elsa.WriteLine", ("text", "no"))
        .Add(join ? Drawing.Activity("join", "Elsa.FlowJoin", ("mode", mode)) : Drawing.Activity("join", "Elsa.FlowNode"))
        .Merge("join", join ? "None" : mode)
        .Add("end", "Elsa.WriteLine", ("text", "joined"))
        .Lines("fork.1 -> a -> join, fork.2 -> d, d.True -> join, d.False -> no, join -> end");

    [Theory]
    [InlineData("Stream", false, true)]
    [InlineData("Merge", false, false)]
    [InlineData("Converge", false, false)]
    [InlineData("WaitAll", true, false)]
    [InlineData("WaitAllActive", true, true)]
    [InlineData("WaitAny", true, true)]
    public void A_way_that_is_not_taken(string mode, bool isJoin, bool goesOn)
    {
        var desk = new Desk(WithDecision(mode, isJoin).Read()).Start().Complete("a");

        Assert.Equal(goesOn ? "no joined" : "no", desk.Text);
        Assert.Equal(goesOn ? CaseStatus.Finished : CaseStatus.Running, desk.State.Status);
        Assert.Equal(goesOn ? "" : "join", desk.Waiting);
    }

    [Fact]
    public void WaitAllActive_waits_for_a_branch_however_far_away_it_still_is()
    {
        var drawing = new Drawing("p")
            .Add("fork", "Elsa.FlowFork", ("branches", new[] { "1", "2" }))
            .Add("a", "PowerWorkflow.UserTask").Add("b1", "PowerWorkflow.UserTask").Add("b2", "PowerWorkflow.UserTask")
            .Add("join", "Elsa.FlowJoin", ("mode", "WaitAllActive")).Add("end", "Elsa.WriteLine", ("text", "joined"))
            .Lines("fork.1 -> a -> join, fork.2 -> b1 -> b2 -> join -> end").Read();

        var desk = new Desk(drawing).Start().Complete("a").Complete("b1");
        Assert.Empty(desk.Lines);
        desk.Complete("b2");

        Assert.Equal("joined", desk.Text);
    }

    [Fact]
    public void A_token_that_waits_goes_on_when_the_other_branch_ends_elsewhere()
    {
        var drawing = new Drawing("p")
            .Add("fork", "Elsa.FlowFork", ("branches", new[] { "1", "2" }))
            .Add("a", "PowerWorkflow.UserTask").Add("b", "PowerWorkflow.UserTask", ("outcomes", new[] { "on", "off" }))
            .Add("join", "Elsa.WriteLine", ("text", "joined")).Add("off", "Elsa.WriteLine", ("text", "off"))
            .Lines("fork.1 -> a -> join, fork.2 -> b, b.on -> join, b.off -> off").Read();

        var desk = new Desk(drawing).Start().Complete("a");
        Assert.Empty(desk.Lines);
        desk.Complete("b", "off");

        Assert.Equal("off joined", desk.Text);
        Assert.Equal(CaseStatus.Finished, desk.State.Status);
    }

    [Fact]
    public void A_loop_back_runs_a_merging_activity_again()
    {
        var drawing = new Drawing("p")
            .Add("fork", "Elsa.FlowFork", ("branches", new[] { "1", "2" }))
            .Add("a", "Elsa.WriteLine", ("text", "a")).Add("b", "Elsa.WriteLine", ("text", "b"))
            .Add("check", "PowerWorkflow.UserTask", ("outcomes", new[] { "good", "again" })).Merge("check", "Merge")
            .Lines("fork.1 -> a -> check, fork.2 -> b -> check, check.again -> check").Read();

        var desk = new Desk(drawing).Start().Complete("check", "again");
        Assert.Equal("check", desk.Waiting);
        desk.Complete("check", "good");

        Assert.Equal(CaseStatus.Finished, desk.State.Status);
    }

    [Fact]
    public void End_ends_its_flowchart_and_cancels_what_is_still_under_way_there()
    {
        var drawing = new Drawing("p")
            .Add("fork", "Elsa.FlowFork", ("branches", new[] { "1", "2" }))
            .Add("a", "PowerWorkflow.UserTask").Add("end", "Elsa.End").Add("wait", "Elsa.Delay", ("timeSpan", "1.00:00:00"))
            .Lines("fork.1 -> a -> end, fork.2 -> wait").Read();

        var desk = new Desk(drawing).Start().Complete("a");

        Assert.Equal(CaseStatus.Finished, desk.State.Status);
        Assert.Empty(desk.Timers);
    }
}
