using System.Text.Json.Nodes;
using PowerWorkflow.Engine.Activities;
using PowerWorkflow.Processes.Clocks;

namespace PowerWorkflow.Processes.Activities;

/// <summary>Starts a clock on a fact. Started again after it stopped, it is a new round of the same clock.</summary>
public sealed class StartClock : Activity
{
    private static readonly Input<string> clock = new("Clock") { Required = true };
    private static readonly Input<string> policy = new("Policy") { UIHint = "dropdown" };
    private static readonly Input<string> fact = new("Fact") { Required = true };
    private static readonly Input<DateTimeOffset> at = new("At") { UIHint = "datetime-picker", DefaultSyntax = "JavaScript" };
    private static readonly Input<string> evidence = new("Evidence");

    /// <summary>Starts a clock.</summary>
    public StartClock() : base(new("PowerWorkflow.StartClock", "PowerWorkflow.Time") { Inputs = [clock, policy, fact, at, evidence] }) { }

    /// <inheritdoc/>
    public override Turn Execute(ActivityContext context)
    {
        var code = context.Get(clock) ?? "";
        var clocks = CaseClocks.Of(context);
        var item = context.Get(policy) is { Length: > 0 } named ? named : null;
        var trigger = context.Get(fact) ?? "";
        if (clocks.Live(code) is { } running)
        {
            context.Record("ClockFactRefused", new JsonObject { ["fact"] = "ClockStarted", ["rule"] = ClockRule.ClockExists, ["reason"] = $"Clock '{running.Clock}' runs already." });
            return Leave();
        }
        var name = clocks.NextRound(code);
        var terms = clocks.Terms(ClockCode.ScopeOf(code), item);
        clocks.AppendWhereItApplies(
            new ClockFact.Started(name, trigger, terms, ClockInputs.At(context, at), context.Actor.Person, ClockInputs.Evidence(context, evidence, trigger)),
            "ClockStarted", new JsonObject { ["clock"] = name, ["item"] = item, ["fact"] = trigger, ["policy"] = terms.Policy, ["limit"] = terms.Limit, ["kind"] = terms.Kind.ToString() });
        return Leave();
    }
}
