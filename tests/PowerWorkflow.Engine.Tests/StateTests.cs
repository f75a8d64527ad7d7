using System.Text;
using System.Text.Json.Nodes;
using PowerWorkflow.Engine.Journal;

namespace PowerWorkflow.Engine.Tests;

public sealed class StateTests
{
    /// <summary>A case in which every member of the format occurs.</summary>
    private static Desk Rich()
    {
        var inner = new Drawing("inner").Input("Who", "String").Output("Out", "String").Variable("v", "Decimal", "1.25")
            .Add("set", "Elsa.SetOutput", ("outputName", "Out"), ("outputValue", "=input.Who")).Add("check", "PowerWorkflow.UserTask", ("persons", 2), ("outcomes", new[] { "pass", "fail" })).InOrder().Read();
        var call = Drawing.Activity("call", "Inner", ("who", "Zhang"));
        call["workflowDefinitionId"] = "inner";
        var outer = new Drawing("outer").Input("N", "Int32").Output("O", "Int32").Variable("list", "Object", "[1,\"二\"]")
            .Add("name", "Elsa.SetName", ("value", "案件")).Add("corr", "Elsa.Correlate", ("correlationId", "k-1")).Add("out", "Elsa.SetOutput", ("outputName", "O"), ("outputValue", "=input.N"))
            .Add("first", "PowerWorkflow.UserTask")
            .Add("fork", "Elsa.FlowFork", ("branches", new[] { "1", "2", "3", "4", "5" }))
            .Add(call).Add("delay", "Elsa.Delay").Add("event", "Elsa.Event", ("eventName", "E")).Add("bad", "Elsa.Fault", ("message", "stop")).Add("pass", "Elsa.Start")
            .Add("join", "Elsa.FlowJoin", ("mode", "WaitAll"))
            .Lines("name -> corr -> out -> first -> fork, fork.1 -> call -> join, fork.2 -> delay, fork.3 -> event, fork.4 -> bad, fork.5 -> pass -> join").Read();
        outer = Definitions.WorkflowDefinition.Read(WithStart(outer.Document), Activities.ActivityCatalog.Elsa);
        return new Desk(outer, inner).Start(("N", 3)).Complete("first").Complete("check", "pass", by: "one");
    }

    private static JsonObject WithStart(JsonObject document)
    {
        document["root"]!["start"] = "name";
        return document;
    }

    [Fact]
    public void The_golden_file_of_format_1_still_reads_and_is_still_what_is_written()
    {
        var golden = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "case-state.1.json")).Trim();

        Assert.True(CanonicalJson.Same(JsonNode.Parse(golden), JsonNode.Parse(Rich().State.ToUtf8())), "The state's format changed. Give the new one a number and an upcaster; now:\n" + Encoding.UTF8.GetString(Rich().State.ToUtf8()));
        Assert.True(CanonicalJson.Same(JsonNode.Parse(golden), JsonNode.Parse(CaseState.FromUtf8(Encoding.UTF8.GetBytes(golden)).ToUtf8())));
    }

    [Fact]
    public void A_state_of_a_newer_build_is_refused_with_both_numbers()
    {
        var newer = Encoding.UTF8.GetString(Rich().State.ToUtf8()).Replace("\"format\":1", "\"format\":99", StringComparison.Ordinal);

        var refusal = Assert.Throws<InvalidDataException>(() => CaseState.FromUtf8(Encoding.UTF8.GetBytes(newer)));

        Assert.Contains("99", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"format":1}""")]
    [InlineData("""{"format":1,"case":"c","definition":"d","version":"v","status":"Lost","at":0,"sequence":1}""")]
    [InlineData("""{"format":1,"case":"c","definition":"d","version":"v","status":"Running","at":0,"sequence":1,"executions":[{"id":2,"in":1,"at":0}]}""")]
    public void What_is_no_state_is_refused(string text) => Assert.Throws<InvalidDataException>(() => CaseState.FromUtf8(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void A_burst_leaves_the_state_it_was_given_as_it_was()
    {
        var desk = Rich();
        desk.Restart = false;
        var before = desk.State;
        var bytes = before.ToUtf8();

        desk.Complete("check", "pass", by: "two").NextTimer();

        Assert.Equal(bytes, before.ToUtf8());
    }
}
