namespace PowerWorkflow.Engine.Tests;

public sealed class FlowchartTests
{
    [Fact]
    public void A_drawing_runs_along_its_lines_to_the_end()
    {
        var desk = new Desk(new Drawing("p").Add("start", "Elsa.Start").Add("a", "Elsa.WriteLine", ("text", "hello")).Add("end", "Elsa.End").InOrder().Read());

        desk.Start();

        Assert.Equal("hello", desk.Text);
        Assert.Equal(CaseStatus.Finished, desk.State.Status);
    }

    [Fact]
    public void A_decision_follows_the_line_of_its_answer()
    {
        var drawing = new Drawing("p").Input("Amount", "Int32")
            .Add("d", "Elsa.FlowDecision", ("condition", "=input.Amount > 5000"))
            .Add("big", "Elsa.WriteLine", ("text", "=\"big \" + getAmount()")).Add("small", "Elsa.WriteLine", ("text", "small"))
            .Lines("d.True -> big, d.False -> small").Read();

        Assert.Equal("big 6000", new Desk(drawing).Start(("Amount", 6000)).Text);
        Assert.Equal("small", new Desk(drawing).Start(("Amount", 10)).Text);
    }

    [Fact]
    public void A_condition_that_gives_no_truth_value_is_an_incident_and_not_False()
    {
        var drawing = new Drawing("p").Add("d", "Elsa.FlowDecision", ("condition", "=variables.nothing"))
            .Add("no", "Elsa.WriteLine", ("text", "no")).Lines("d.False -> no").Read();

        var desk = new Desk(drawing).Start();

        Assert.Equal(CaseStatus.Faulted, desk.State.Status);
        Assert.Empty(desk.Lines);
        Assert.Contains("'d'", Assert.Single(desk.State.Incidents).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_user_task_waits_and_leaves_by_the_outcome_that_was_chosen()
    {
        var drawing = new Drawing("p")
            .Add("survey", "PowerWorkflow.UserTask", ("title", "Site survey"), ("role", "R-SV"), ("outcomes", new[] { "ready", "not-ready" }))
            .Add("a", "Elsa.WriteLine", ("text", "ready")).Add("b", "Elsa.WriteLine", ("text", "not ready"))
            .Lines("survey.ready -> a, survey.not-ready -> b").Read();

        var desk = new Desk(drawing).Start();
        Assert.Equal("survey", desk.Waiting);
        desk.Complete("survey", "not-ready");

        Assert.Equal("not ready", desk.Text);
        Assert.Equal(CaseStatus.Finished, desk.State.Status);
    }

    [Fact]
    public void A_loop_back_runs_until_its_condition_ends_it()
    {
        var drawing = new Drawing("p").Variable("n", "Int32", 0)
            .Add("start", "Elsa.Start")
            .Add("add", "Elsa.SetVariable", ("variable", System.Text.Json.Nodes.JsonNode.Parse("""{"id":"v-n","name":"n"}""")), ("value", "=variables.n + 1"))
            .Add("d", "Elsa.FlowDecision", ("condition", "=variables.n >= 3"))
            .Add("w", "Elsa.WriteLine", ("text", "=variables.n"))
            .Add("end", "Elsa.End")
            .Lines("start -> add -> d, d.False -> w, w -> add, d.True -> end").Read();

        var desk = new Desk(drawing).Start();

        Assert.Equal("1 2", desk.Text);
        Assert.Equal(CaseStatus.Finished, desk.State.Status);
    }

    [Fact]
    public void A_delay_sets_a_timer_and_goes_on_when_it_fires()
    {
        var desk = new Desk(new Drawing("p").Add("d", "Elsa.Delay", ("timeSpan", "3.00:00:00")).Add("w", "Elsa.WriteLine", ("text", "later")).InOrder().Read()).Start();

        Assert.Equal(desk.Now.AddDays(3), Assert.Single(desk.Timers.Values).DueAt);
        desk.NextTimer();

        Assert.Equal("later", desk.Text);
    }

    [Fact]
    public void A_definition_runs_inside_another_with_inputs_outputs_and_outcomes()
    {
        var inner = new Drawing("inspect").Input("Who", "String").Output("Verdict", "String").Outcomes("pass", "fail")
            .Add("check", "PowerWorkflow.UserTask", ("outcomes", new[] { "ok", "bad" }), ("title", "=\"Check \" + input.Who"))
            .Add("set", "Elsa.SetOutput", ("outputName", "Verdict"), ("outputValue", "=getOutputFrom('check','Outcome') + '!'"))
            .Add("passed", "Elsa.Complete", ("outcomes", new[] { "pass" }))
            .Lines("check.ok -> set -> passed").Read();
        var call = Drawing.Activity("call", "Inspect", ("who", "=variables.name"), ("verdict", System.Text.Json.Nodes.JsonNode.Parse("""{"typeName":"String","memoryReference":{"id":"v-verdict"}}""")));
        call["workflowDefinitionId"] = "inspect";
        var outer = new Drawing("outer").Variable("name", "String", "Zhang").Variable("verdict", "String")
            .Add(call).Add("w", "Elsa.WriteLine", ("text", "=variables.verdict")).Lines("call.pass -> w").Read();

        var desk = new Desk(outer, inner).Start();
        Assert.Equal("Check Zhang", Assert.Single(desk.Tasks.Values).Title);
        Assert.Equal("root/call/root/check", desk.Tasks.Values.Single().ActivityId);
        desk.Complete("check", "ok");

        Assert.Equal("ok!", desk.Text);
        Assert.Equal(CaseStatus.Finished, desk.State.Status);
    }
}
