using System.Text.Json.Nodes;

namespace PowerWorkflow.Engine.Tests;

public sealed class IncidentTests
{
    private static Desk Faulty() => new Desk(new Drawing("p")
        .Add("f", "Elsa.FlowFork", ("branches", new[] { "1", "2" }))
        .Add("bad", "Elsa.WriteLine", ("text", "=data.LOAD.items[0].name")).Add("after", "Elsa.WriteLine", ("text", "after"))
        .Add("t", "PowerWorkflow.UserTask")
        .Lines("f.1 -> bad -> after, f.2 -> t").Read()).Start();

    [Fact]
    public void A_fault_stops_its_branch_and_names_activity_expression_and_place()
    {
        var desk = Faulty();

        Assert.Equal(CaseStatus.Faulted, desk.State.Status);
        var incident = Assert.Single(desk.State.Incidents);
        Assert.Equal("root/bad", incident.Path);
        Assert.Contains("data.LOAD.items[0].name", incident.Message, StringComparison.Ordinal);
        Assert.Contains("line 1", incident.Message, StringComparison.Ordinal);
        Assert.Equal(["bad", "t"], desk.State.WaitingAt.Order());
    }

    [Fact]
    public void Other_branches_go_on_while_an_incident_is_open_and_the_case_does_not_end()
    {
        var desk = Faulty().Complete("t");

        Assert.Equal(CaseStatus.Faulted, desk.State.Status);
        Assert.Equal("bad", desk.Waiting);
    }

    [Fact]
    public void A_retry_succeeds_when_the_data_have_been_mended()
    {
        var desk = Faulty();
        desk.Apply(new Stimulus.Note("DataCorrected", null, new Actor("boss"), []) { Data = new Dictionary<string, JsonObject> { ["LOAD"] = (JsonObject)JsonNode.Parse("""{"items":[{"name":"pump"}]}""")! } });

        desk.Apply(new Stimulus.RetryIncident(desk.State.Incidents[0].Id, new Actor("boss")));

        Assert.Equal("pump after", desk.Text);
        Assert.Equal(CaseStatus.Running, desk.State.Status);
    }

    [Fact]
    public void A_retry_that_fails_again_opens_a_new_incident()
    {
        var desk = Faulty();
        var first = desk.State.Incidents[0].Id;

        desk.Apply(new Stimulus.RetryIncident(first, new Actor("boss")));

        Assert.NotEqual(first, Assert.Single(desk.State.Incidents).Id);
        Assert.Throws<StimulusRefusedException>(() => desk.Apply(new Stimulus.RetryIncident(first, new Actor("boss"))));
    }

    [Fact]
    public void A_skip_leaves_by_the_given_outcome_and_the_reason_is_recorded()
    {
        var desk = Faulty();

        desk.Apply(new Stimulus.SkipIncident(desk.State.Incidents[0].Id, "Done", new Actor("boss"), "not needed"));

        Assert.Equal("after", desk.Text);
        Assert.Contains(desk.Journal, e => e.Kind == "IncidentSkipped" && (string?)e.Detail["values"]!["reason"] == "not needed");
    }

    [Fact]
    public void A_container_that_fails_on_its_way_is_retried_where_it_failed()
    {
        var body = Drawing.Activity("w", "Elsa.WriteLine", ("text", "round"));
        var desk = new Desk(new Drawing("p").Add("while", "Elsa.While", ("condition", "=data.GO.left > 0 ? true : (data.GO.left === 0 ? false : null)"), ("body", body)).Read());
        JsonObject Left(int? n) => n is null ? [] : new() { ["left"] = n };
        desk.Apply(new Stimulus.Start(new Dictionary<string, JsonNode?>(), new Actor("li-na"), new Dictionary<string, JsonObject> { ["GO"] = Left(null) }));
        Assert.Equal(CaseStatus.Faulted, desk.State.Status);

        desk.Apply(new Stimulus.Note("DataCorrected", null, new Actor("boss"), []) { Data = new Dictionary<string, JsonObject> { ["GO"] = Left(0) } });
        desk.Apply(new Stimulus.RetryIncident(desk.State.Incidents[0].Id, new Actor("boss")));

        Assert.Equal(CaseStatus.Finished, desk.State.Status);
    }

    [Fact]
    public void A_loop_without_a_waiting_step_is_stopped_by_the_burst_limit()
    {
        var desk = new Desk(new Drawing("p").Add("a", "Elsa.WriteLine", ("text", "x")).Add("b", "Elsa.WriteLine", ("text", "y")).Lines("a -> b -> a").Read());
        desk.World = desk.World with { Limits = new(50, 1000, 10_000) };

        desk.Start();

        Assert.Equal("limit-activities", Assert.Single(desk.State.Incidents).Code);
        Assert.Equal(49, desk.Lines.Count); // the flowchart itself was the first
    }

    [Fact]
    public void A_script_that_does_not_end_is_stopped_by_the_statement_limit()
    {
        var desk = new Desk(new Drawing("p").Add("js", "Elsa.RunJavaScript", ("script", "while (true) { var x = 1; }")).Read()).Start();

        Assert.Contains("too many statements", Assert.Single(desk.State.Incidents).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("var s = 'x'; while (true) { s += s; }")]
    [InlineData("var s = 'x'; for (var i = 0; i < 100; i++) s += s;")]
    public void A_script_whose_text_keeps_doubling_is_stopped_before_the_memory_is_full(string script)
    {
        var desk = new Desk(new Drawing("p").Add("js", "Elsa.RunJavaScript", ("script", script)).Read()).Start();

        Assert.Contains("memory", Assert.Single(desk.State.Incidents).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("eval('1+1')", "2")]
    [InlineData("typeof importNamespace + typeof System + typeof require", "undefinedundefinedundefined")]
    [InlineData("new Date().toISOString()", "2026-11-02T01:00:00.000Z")]
    [InlineData("new (new Date(0).constructor)().getTime() === Date.now()", "true")]
    [InlineData("(function(){ return this === undefined; })()", "true")]
    [InlineData("JSON.stringify(variables) + Object.keys(data).length", "{\"n\":1}0")]
    [InlineData("if (variables.n > 0) { 'yes' } else { 'no' }", "yes")]
    [InlineData("var a = []; for (var i = 0; i < 3; i++) { a.push(i * variables.n); } return a.join();", "0,1,2")]
    public void A_script_sees_what_it_shall_and_nothing_else(string script, string written)
    {
        var desk = new Desk(new Drawing("p").Variable("n", "Int32", 1).Add("w", "Elsa.WriteLine", ("text", "=" + script)).Read()).Start();

        Assert.Equal(written, desk.Text);
    }

    [Theory]
    [InlineData("undeclared = 1", "undeclared")]
    [InlineData("data.X.y = 1; data.LOAD = {}", "LOAD")]
    [InlineData("setVariable('nothing', 1)", "nothing")]
    [InlineData("0 / 0", "number")]
    public void What_a_script_may_not_do_is_a_fault_that_says_so(string script, string named)
    {
        var desk = new Desk(new Drawing("p").Add("w", "Elsa.WriteLine", ("text", "=" + script)).Read()).Start();

        Assert.Contains(named, Assert.Single(desk.State.Incidents).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_state_that_grows_past_its_limit_becomes_an_incident()
    {
        var desk = new Desk(new Drawing("p").Variable("s", "String").Add("js", "Elsa.RunJavaScript", ("script", "var s = 'ab'; for (var i = 0; i < 16; i++) s += s; variables.s = s;")).Read());
        desk.World = desk.World with { Limits = new(50, 100_000, 64 * 1024) };

        desk.Start();

        Assert.Equal("limit-state", Assert.Single(desk.State.Incidents).Code);
    }
}
