using System.Text.Json.Nodes;

namespace PowerWorkflow.Engine.Tests;

public sealed class UserTaskTests
{
    private static StimulusRefusedException Refused(Action act) => Assert.Throws<StimulusRefusedException>(act);

    [Fact]
    public void An_outcome_that_is_not_offered_is_refused_and_nothing_changes()
    {
        var desk = new Desk(new Drawing("p").Add("t", "PowerWorkflow.UserTask", ("outcomes", new[] { "pass", "fail" })).Read()).Start();

        var refusal = Refused(() => desk.Complete("t", "maybe"));

        Assert.Equal(Refusal.OutcomeNotPermitted, refusal.Code);
        Assert.Contains("pass, fail", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("t", desk.Waiting);
    }

    [Fact]
    public void Whoever_did_a_step_may_not_check_it_even_inside_a_called_definition()
    {
        var inner = new Drawing("inner").Add("approve", "PowerWorkflow.UserTask", ("notSameAs", new[] { "plan" })).Read();
        var call = Drawing.Activity("call", "Inner");
        call["workflowDefinitionId"] = "inner";
        var outer = new Drawing("outer").Add("plan", "PowerWorkflow.UserTask").Add(call).InOrder().Read();
        var desk = new Desk(outer, inner).Start().Complete("plan", by: "wang");

        Assert.Equal(["wang"], desk.Tasks.Values.Single().NotPersons);
        Assert.Equal(Refusal.PersonNotPermitted, Refused(() => desk.Complete("approve", by: "wang")).Code);
        Assert.Equal(CaseStatus.Finished, desk.Complete("approve", by: "zhou").State.Status);
    }

    [Fact]
    public void Two_different_persons_sign_before_the_case_goes_on()
    {
        var desk = new Desk(new Drawing("p").Add("t", "PowerWorkflow.UserTask", ("persons", 2)).Add("w", "Elsa.WriteLine", ("text", "=performer('t')")).InOrder().Read()).Start();

        desk.Complete("t", by: "wang");
        Assert.Equal("t", desk.Waiting);
        Assert.Equal(["wang"], desk.Effects.OfType<Effect.SignTask>().Single().SignedBy);
        Assert.Equal(Refusal.PersonNotPermitted, Refused(() => desk.Complete("t", by: "wang")).Code);
        desk.Complete("t", by: "zhou");

        Assert.Equal("zhou", desk.Text);
        Assert.Equal(["wang", "zhou"], desk.Journal.Where(e => e.Kind is "TaskSigned" or "TaskCompleted").Select(e => e.Actor.Person));
    }

    [Fact]
    public void A_task_is_returned_to_a_permitted_step_without_following_a_line()
    {
        var drawing = new Drawing("p").Add("survey", "PowerWorkflow.UserTask").Add("plan", "PowerWorkflow.UserTask", ("returnTargets", new[] { "survey" })).InOrder().Read();
        var desk = new Desk(drawing).Start().Complete("survey");

        Assert.Equal(Refusal.OutcomeNotPermitted, Refused(() => desk.Complete("plan", returnTo: "elsewhere")).Code);
        desk.Complete("plan", returnTo: "survey");

        Assert.Equal("survey", desk.Waiting);
        Assert.Equal("plan", desk.Complete("survey").Waiting);
    }

    [Fact]
    public void Data_handed_in_are_written_and_seen_by_the_next_expression()
    {
        var drawing = new Drawing("p").Add("survey", "PowerWorkflow.UserTask").Add("d", "Elsa.FlowDecision", ("condition", "=data.SURVEY.openCap >= data.LOAD.applyCap"))
            .Add("yes", "Elsa.WriteLine", ("text", "=data.MISSING.x === undefined")).Lines("survey -> d, d.True -> yes").Read();
        var desk = new Desk(drawing).Apply(new Stimulus.Start(new Dictionary<string, JsonNode?>(), new Actor("li-na"), new Dictionary<string, JsonObject> { ["LOAD"] = new() { ["applyCap"] = 100 } }));

        desk.Complete("survey", sections: new() { ["SURVEY"] = new() { ["openCap"] = 160 } });

        Assert.Equal("true", desk.Text);
        Assert.Equal(160, (int)desk.Data["SURVEY"]["openCap"]!);
    }

    [Fact]
    public void A_task_that_is_gone_is_refused_with_where_the_case_stands()
    {
        var desk = new Desk(new Drawing("p").Add("a", "PowerWorkflow.UserTask").Add("b", "PowerWorkflow.UserTask").InOrder().Read()).Start();
        var stale = desk.Tasks.Keys.Single();
        desk.Complete("a");

        var refusal = Refused(() => desk.Apply(new Stimulus.CompleteTask(stale, "Done", new Actor("wang"), new Dictionary<string, JsonObject>())));

        Assert.Equal(Refusal.Gone, refusal.Code);
        Assert.Contains("'" + stale + "'", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(": b.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cancelling_a_case_closes_its_tasks_and_timers()
    {
        var desk = new Desk(new Drawing("p").Add("f", "Elsa.FlowFork", ("branches", new[] { "1", "2" })).Add("a", "PowerWorkflow.UserTask").Add("d", "Elsa.Delay").Lines("f.1 -> a, f.2 -> d").Read()).Start();

        desk.Apply(new Stimulus.Cancel(new Actor("boss"), "withdrawn"));

        Assert.Equal(CaseStatus.Cancelled, desk.State.Status);
        Assert.Empty(desk.Tasks);
        Assert.Empty(desk.Timers);
        Assert.Equal(Refusal.CaseEnded, Refused(() => desk.Apply(new Stimulus.Cancel(new Actor("boss"), "again"))).Code);
    }
}
