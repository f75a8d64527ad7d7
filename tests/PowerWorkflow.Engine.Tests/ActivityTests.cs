using System.Text.Json.Nodes;

namespace PowerWorkflow.Engine.Tests;

public sealed class ActivityTests
{
    private static JsonObject Write(string id, string text) => Drawing.Activity(id, "Elsa.WriteLine", ("text", text));

    private static Desk Run(Drawing drawing) => new Desk(drawing.Read()).Start();

    private static JsonNode Reference(string name) => JsonNode.Parse($$"""{"id":"v-{{name}}","name":"{{name}}"}""")!;

    [Fact]
    public void For_counts_to_its_end_and_down_with_a_negative_step()
    {
        Assert.Equal("1 2 3", Run(new Drawing("p").Add("for", "Elsa.For", ("start", 1), ("end", 3), ("body", Write("w", "=getVariable('CurrentValue')")))).Text);
        Assert.Equal("3 2", Run(new Drawing("p").Add("for", "Elsa.For", ("start", 3), ("end", 1), ("step", -1), ("outerBoundInclusive", "False"), ("body", Write("w", "=variables.CurrentValue")))).Text);
    }

    [Fact]
    public void ForEach_runs_its_body_for_each_item_in_order()
    {
        var desk = Run(new Drawing("p").Variable("list", "String", """["a","b"]""", isArray: true)
            .Add("each", "Elsa.ForEach", ("items", "=variables.list"), ("body", Write("w", "=getCurrentValue() + variables.CurrentIndex"))));

        Assert.Equal("a0 b1", desk.Text);
    }

    [Fact]
    public void ParallelForEach_opens_a_task_for_every_item_and_goes_on_after_the_last()
    {
        var desk = Run(new Drawing("p")
            .Add("each", "Elsa.ParallelForEach", ("items", "=['x','y','z']"), ("body", Drawing.Activity("t", "PowerWorkflow.UserTask", ("title", "=getVariable('CurrentValue')"))))
            .Add("after", "Elsa.WriteLine", ("text", "after")).Lines("each -> after"));

        Assert.Equal(["x", "y", "z"], desk.Tasks.Values.Select(t => t.Title));
        foreach (var task in desk.Tasks.Keys.ToList()) desk.Apply(new Stimulus.CompleteTask(task, "Done", new Actor("wang"), new Dictionary<string, JsonObject>()));

        Assert.Equal("after", desk.Text);
    }

    [Fact]
    public void Break_ends_the_loop_around_it()
    {
        var body = new JsonObject
        {
            ["id"] = "body", ["type"] = "Elsa.Sequence", ["activities"] = new JsonArray(
                Write("w", "=variables.CurrentValue"),
                Drawing.Activity("if", "Elsa.If", ("condition", "=variables.CurrentValue == 2"), ("then", Drawing.Activity("b", "Elsa.Break")))),
        };

        var desk = Run(new Drawing("p").Add("for", "Elsa.For", ("start", 1), ("end", 9), ("body", body)).Add("after", "Elsa.WriteLine", ("text", "after")).InOrder());

        Assert.Equal("1 2 after", desk.Text);
    }

    [Fact]
    public void While_asks_again_after_every_round()
    {
        var desk = Run(new Drawing("p").Variable("n", "Int32", 0)
            .Add("while", "Elsa.While", ("condition", "=variables.n < 3"), ("body", Drawing.Activity("s", "Elsa.SetVariable", ("variable", Reference("n")), ("value", "=variables.n + 1"))))
            .Add("w", "Elsa.WriteLine", ("text", "=variables.n")).InOrder());

        Assert.Equal("3", desk.Text);
    }

    [Fact]
    public void A_switch_takes_the_first_case_that_holds_or_the_default()
    {
        Drawing Draw(string mode) => new Drawing("p").Variable("x", "Int32", 5)
            .Add("s", "Elsa.FlowSwitch", ("mode", mode), ("cases", JsonNode.Parse("""[{"label":"big","condition":{"type":"JavaScript","value":"variables.x > 3"}},{"label":"odd","condition":{"type":"JavaScript","value":"variables.x % 2 == 1"}},{"label":"huge","condition":{"type":"JavaScript","value":"variables.x > 100"}}]""")))
            .Add("a", "Elsa.WriteLine", ("text", "big")).Add("b", "Elsa.WriteLine", ("text", "odd")).Add("c", "Elsa.WriteLine", ("text", "default"))
            .Lines("s.big -> a, s.odd -> b, s.Default -> c");

        Assert.Equal("big", Run(Draw("MatchFirst")).Text);
        Assert.Equal("big odd", Run(Draw("MatchAny")).Text);
    }

    [Fact]
    public void Fork_and_Parallel_run_their_branches_and_wait_for_all()
    {
        var desk = Run(new Drawing("p")
            .Add("fork", "Elsa.Fork", ("branches", new JsonArray(Write("a", "a"), Write("b", "b"))))
            .Add("par", "Elsa.Parallel", ("activities", new JsonArray(Write("c", "c"), Write("d", "d"))))
            .Add("after", "Elsa.WriteLine", ("text", "after")).InOrder());

        Assert.Equal("a b c d after", desk.Text);
    }

    [Fact]
    public void A_script_assigns_variables_and_chooses_the_way_out()
    {
        var desk = Run(new Drawing("p").Variable("total", "Decimal", "1.5").Variable("list", "Object", "[1]")
            .Add("js", "Elsa.RunJavaScript", ("script", "variables.total = variables.total * 2; setVariable('total', getTotal() + 0.25); variables.list.push(2); setOutcome('B');"), ("possibleOutcomes", new[] { "A", "B" }))
            .Add("w", "Elsa.WriteLine", ("text", "=variables.total + ' ' + JSON.stringify(variables.list)")).Lines("js.B -> w"));

        Assert.Equal("3.25 [1,2]", desk.Text);
    }

    [Fact]
    public void A_script_that_fails_takes_back_what_it_assigned()
    {
        var desk = Run(new Drawing("p").Variable("n", "Int32", 1).Add("js", "Elsa.RunJavaScript", ("script", "variables.n = 2;\nnosuch.thing;")));

        Assert.Equal(CaseStatus.Faulted, desk.State.Status);
        Assert.Contains("line 2", desk.State.Incidents[0].Message, StringComparison.Ordinal);
        Assert.Equal(1, (int)desk.State.Executions[0].Variables["n"]!);
    }

    [Fact]
    public void A_variable_refuses_a_value_that_is_not_of_its_type()
    {
        var desk = Run(new Drawing("p").Variable("n", "Int32", 1).Add("set", "Elsa.SetVariable", ("variable", Reference("n")), ("value", "='many'")));

        Assert.Contains("whole number", Assert.Single(desk.State.Incidents).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_event_is_delivered_with_its_payload()
    {
        var desk = Run(new Drawing("p").Variable("got", "Object")
            .Add("e", "Elsa.Event", ("eventName", "MeterRead"), ("result", JsonNode.Parse("""{"typeName":"Object","memoryReference":{"id":"v-got"}}""")))
            .Add("w", "Elsa.WriteLine", ("text", "=variables.got.value")).InOrder());
        Assert.Equal("e", desk.Waiting);

        desk.Publish("MeterRead", JsonNode.Parse("""{"value":42}"""));

        Assert.Equal("42", desk.Text);
    }

    [Fact]
    public void ExecuteWorkflow_runs_another_definition_inside_and_Finish_ends_only_that()
    {
        var inner = new Drawing("inner").Input("N", "Int32").Output("Twice", "Int32")
            .Add("set", "Elsa.SetOutput", ("outputName", "Twice"), ("outputValue", "=input.N * 2")).Add("f", "Elsa.Finish").Add("never", "Elsa.WriteLine", ("text", "never")).InOrder().Read();
        var outer = new Drawing("outer")
            .Add("x", "Elsa.ExecuteWorkflow", ("workflowDefinitionId", "inner"), ("input", Drawing.Wrap("Object", """{"N":"21"}""")), ("waitForCompletion", "True"))
            .Add("w", "Elsa.WriteLine", ("text", "=getOutputFrom('x','Result').output.Twice")).InOrder().Read();

        Assert.Equal("42", new Desk(outer, inner).Start().Text);
    }

    [Fact]
    public void DispatchWorkflow_asks_for_a_case_of_its_own_through_the_outbox()
    {
        var desk = Run(new Drawing("p").Add("d", "Elsa.DispatchWorkflow", ("workflowDefinitionId", "check"), ("input", Drawing.Wrap("Object", """{"A":1}"""))));

        var message = Assert.Single(desk.Effects.OfType<Effect.Send>());
        Assert.Equal(MessageKind.StartCase, message.Kind);
        Assert.Equal("check", (string?)message.Payload["definitionId"]);
        Assert.Equal(CaseStatus.Finished, desk.State.Status);
    }

    [Fact]
    public void An_HTTP_step_waits_for_its_reply_and_fails_loudly_when_nothing_else_is_drawn()
    {
        Drawing Draw() => new Drawing("p").Add("h", "Elsa.SendHttpRequest", ("connection", "erp"), ("path", "/orders")).Add("w", "Elsa.WriteLine", ("text", "=getOutputFrom('h','StatusCode')")).Lines("h -> w");
        var answered = Run(Draw());
        var message = answered.Effects.OfType<Effect.Send>().Single();
        answered.Apply(new Stimulus.MessageReply(message.MessageId, true, JsonNode.Parse("""{"status":201}"""), null));
        var failed = Run(Draw());
        failed.Apply(new Stimulus.MessageReply(message.MessageId, false, null, "connection refused"));

        Assert.Equal("201", answered.Text);
        Assert.Contains("connection refused", Assert.Single(failed.State.Incidents).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_timer_in_a_loop_beats_and_a_missed_beat_follows_its_policy()
    {
        Drawing Draw(string missed) => new Drawing("p").Add("t", "Elsa.Timer", ("interval", "01:00:00"), ("missed", missed)).Add("w", "Elsa.WriteLine", ("text", "beat")).Lines("t -> w -> t");

        foreach (var (missed, beats) in new[] { ("FireOnce", 1), ("FireAll", 3), ("Skip", 0), ("Replan", 0) })
        {
            var desk = Run(Draw(missed));
            desk.Now = desk.Now.AddHours(3).AddMinutes(30);
            while (desk.Timers.Values.Any(t => t.DueAt <= desk.Now)) desk.NextTimer();
            Assert.Equal((missed, beats), (missed, desk.Lines.Count));
            Assert.Single(desk.Timers);
        }
    }

    [Fact]
    public void A_case_started_by_its_timer_does_not_wait_for_it_again()
    {
        var drawing = new Drawing("p").Add("t", "Elsa.Cron", ("cronExpression", "0 8 1 * *")).Add("w", "Elsa.WriteLine", ("text", "planned")).InOrder().Read();

        var desk = new Desk(drawing).Apply(new Stimulus.Start(new Dictionary<string, JsonNode?>(), Actor.System) { Trigger = "t" });

        Assert.Equal("planned", desk.Text);
    }

    [Fact]
    public void A_cron_step_waits_in_the_zone_of_the_case()
    {
        var desk = Run(new Drawing("p").Add("t", "Elsa.Cron", ("cronExpression", "30 8 * * MON-FRI")));

        Assert.Equal(new DateTimeOffset(2026, 11, 3, 8, 30, 0, TimeSpan.FromHours(8)), Assert.Single(desk.Timers.Values).DueAt);
    }
}
