using System.Text.Json.Nodes;
using PowerWorkflow.Engine.Activities;
using PowerWorkflow.Engine.Checking;
using PowerWorkflow.Engine.Definitions;
using PowerWorkflow.Engine.Journal;

namespace PowerWorkflow.Engine.Tests;

public sealed class DefinitionTests
{
    private static IReadOnlyList<DefinitionProblem> Check(Drawing drawing, CheckContext? context = null) => DefinitionCheck.Run(drawing.Read(), context ?? new());

    private static string[] Rules(Drawing drawing, CheckContext? context = null) => [.. Check(drawing, context).Select(p => p.Rule)];

    [Fact]
    public void A_document_is_kept_as_it_was_unknown_properties_included()
    {
        var document = (JsonObject)JsonNode.Parse("""
            {"definitionId":"p","name":"流程","x-other":{"z":1,"a":[null,1.0]},"variables":null,"inputs":null,"outputs":null,"outcomes":null,"customProperties":null,"options":null,
             "root":{"id":"f","type":"Elsa.Flowchart","metadata":{"designer":{"position":{"x":-340.5,"y":40}}},"strange":true,
              "activities":[{"id":"a","type":"Other.Thing","foo":{"bar":"baz"}}]}}
            """)!;
        var before = document.DeepClone();

        var definition = WorkflowDefinition.Read(document, ActivityCatalog.Elsa);

        Assert.True(CanonicalJson.Same(before, definition.Document));
        Assert.Equal(["activity-unknown"], DefinitionCheck.Run(definition, new()).Select(p => p.Rule));
    }

    [Fact]
    public void Both_shapes_of_connections_are_read()
    {
        var document = new Drawing("p").Add("a", "Elsa.FlowDecision", ("condition", "True")).Add("b", "Elsa.WriteLine", ("text", "yes")).Json;
        document["root"]!["connections"] = JsonNode.Parse("""[{"source":"a","target":"b","sourcePort":"True","targetPort":"In"}]""");

        Assert.Equal("yes", new Desk(WorkflowDefinition.Read(document, ActivityCatalog.Elsa)).Start().Text);
    }

    [Fact]
    public void Inputs_are_read_as_the_designer_writes_them()
    {
        var variable = """{"id":"v-amount","name":"amount","typeName":"Decimal","isArray":false,"value":"0"}""";
        var drawing = new Drawing("p").Variable("amount", "Decimal", "12.50").Variable("empty", "Int32", "").Variable("flag", "Boolean", "False")
            .Add("a", "Elsa.WriteLine", ("text", Drawing.Wrap("Variable", variable)))
            .Add("b", "PowerWorkflow.UserTask", ("title", Drawing.Wrap("Variable", JsonNode.Parse(variable))), ("allowDelegate", "False"), ("outcomes", Drawing.Wrap("Object", "[\"\\u540C\\u610F\",\"no\"]")))
            .InOrder();
        drawing.Read();

        var desk = new Desk(drawing.Read()).Start();

        Assert.Equal("12.5", desk.Text);
        var task = desk.Tasks.Values.Single();
        Assert.Equal("12.5", task.Title);
        Assert.Equal(["同意", "no"], task.Outcomes);
        Assert.False(task.AllowDelegate);
        Assert.Empty(Rules(drawing).Except(["outcome-unconnected", "task-for-nobody"]));
    }

    [Fact]
    public void Every_problem_is_listed_at_once_with_its_remedy_in_both_languages()
    {
        var call = Drawing.Activity("call", "Gone");
        call["workflowDefinitionId"] = "gone";
        var drawing = new Drawing("p")
            .Add("a", "Elsa.Unheard").Add("a", "Elsa.Start").Add("b", "PowerWorkflow.UserTask", ("role", "R-NOBODY"), ("form", "missing"), ("returnTargets", new[] { "nowhere" }))
            .Add("c", "Elsa.FlowDecision", ("condition", "=variables.x >")).Add("d", "Elsa.WriteLine", ("text", Drawing.Wrap("Liquid", "{{ x }}")))
            .Add("e", "Elsa.SetVariable", ("value", 1)).Add("f", "Elsa.Delay", ("timeSpan", "soon")).Add("g", "Elsa.Cron", ("cronExpression", "* *"))
            .Add("h", "Elsa.Break").Add(call).Add("i", "Elsa.WriteLine", ("text", "=[1].map(x => x)"))
            .Lines("b -> c -> nowhere, c.Maybe -> d");

        var problems = Check(drawing, new() { Forms = new HashSet<string>(), RolesHeld = new HashSet<string> { "R-SV" }, File = "x/definition.json" });

        foreach (var rule in new[] { "activity-unknown", "activity-id-duplicate", "role-unheld", "form-missing", "return-target-missing", "expression-syntax", "expression-language", "variable-unknown", "input-type", "cron", "break-outside-loop", "definition-missing", "connection-nowhere", "unreachable" })
            Assert.Contains(problems, p => p.Rule == rule);
        Assert.All(problems, p => Assert.True(p.MessageZh.Length > 0 && p.MessageEn.Length > 0 && p.RemedyZh.Length > 0 && p.RemedyEn.Length > 0 && p.Where == "x/definition.json"));
        Assert.Contains(problems, p => p.MessageEn.Contains("arrow function", StringComparison.Ordinal) && p.ActivityId == "i");
        Assert.Contains(problems, p => p.MessageEn.Contains("Liquid", StringComparison.Ordinal));
        Assert.Equal(problems.Select(p => p.Severity).Order(), problems.Select(p => p.Severity));
    }

    [Fact]
    public void Definitions_that_call_each_other_in_a_circle_are_refused()
    {
        static Drawing Calling(string id, string other)
        {
            var call = Drawing.Activity("call", other);
            call["workflowDefinitionId"] = other;
            return new Drawing(id).Add(call);
        }
        var definitions = new[] { Calling("a", "b").Read(), Calling("b", "c").Read(), Calling("c", "a").Read() }.ToDictionary(d => d.DefinitionId);

        var cycle = Assert.Single(DefinitionCheck.Run(definitions["a"], new() { Definitions = definitions }));

        Assert.Equal("definition-cycle", cycle.Rule);
        Assert.Contains("a → b → c → a", cycle.MessageEn, StringComparison.Ordinal);
        Assert.Equal("calls-too-deep", Assert.Single(new Desk([.. definitions.Values]).Start().State.Incidents).Code);
    }

    [Fact]
    public void A_join_that_waits_for_a_way_that_may_not_be_taken_is_a_warning()
    {
        Drawing Draw(string mode) => new Drawing("p")
            .Add("fork", "Elsa.FlowFork", ("branches", new[] { "1", "2" })).Add("a", "Elsa.FlowNode").Add("d", "Elsa.FlowDecision", ("condition", "True"))
            .Add("join", "Elsa.FlowJoin", ("mode", mode)).Add("other", "Elsa.WriteLine")
            .Lines("fork.1 -> a -> join, fork.2 -> d, d.True -> join, d.False -> other");
        var document = Draw("WaitAll");

        var warning = Assert.Single(Check(Starting(document, "fork")), p => p.Rule == "join-stall");

        Assert.Equal((Severity.Warning, "join"), (warning.Severity, warning.ActivityId));
        Assert.DoesNotContain("join-stall", Rules(Starting(Draw("WaitAllActive"), "fork")));
    }

    [Fact]
    public void A_join_behind_a_choice_whose_ways_all_come_back_together_is_no_warning()
    {
        var drawing = new Drawing("p")
            .Add("fork", "Elsa.FlowFork", ("branches", new[] { "1", "2" })).Add("a", "PowerWorkflow.UserTask", ("outcomes", new[] { "good", "again" }), ("role", "R"))
            .Add("redo", "Elsa.WriteLine").Add("d", "Elsa.FlowDecision", ("condition", "True")).Add("x", "Elsa.WriteLine").Add("y", "Elsa.WriteLine").Add("together", "Elsa.FlowNode")
            .Add("join", "Elsa.FlowJoin", ("mode", "WaitAll"))
            .Lines("fork.1 -> a, a.again -> redo -> a, a.good -> join, fork.2 -> d, d.True -> x -> together, d.False -> y -> together -> join");

        Assert.DoesNotContain("join-stall", Rules(drawing));
    }

    [Fact]
    public void An_outcome_without_a_line_and_a_line_without_an_outcome_are_warnings()
    {
        var drawing = new Drawing("p").Add("t", "PowerWorkflow.UserTask", ("outcomes", new[] { "pass", "fail" }), ("role", "R")).Add("w", "Elsa.WriteLine").Lines("t.pass -> w, t.passed -> w");

        Assert.Equal(["line-dead", "outcome-unconnected"], Rules(drawing).Order());
    }

    [Fact]
    public void Every_activity_of_the_catalogue_says_what_a_designer_needs()
    {
        foreach (var activity in ActivityCatalog.Elsa.All)
        {
            var descriptor = activity.Descriptor;
            Assert.Equal(descriptor.Inputs.Select(i => i.Name).Distinct(), descriptor.Inputs.Select(i => i.Name));
            Assert.All(descriptor.Inputs, i => Assert.Matches("^[A-Z][A-Za-z]+$", i.Name));
            Assert.DoesNotContain(' ', descriptor.Type);
        }
        Assert.True(ActivityCatalog.Elsa.All.Count >= 37);
    }

    // Reading takes the first activity nothing leads to; these drawings say it.
    private static Drawing Starting(Drawing drawing, string id) => drawing.Add("s", "Elsa.Start").Lines($"s -> {id}");
}
