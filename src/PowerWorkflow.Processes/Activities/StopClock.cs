using System.Text.Json.Nodes;
using PowerWorkflow.Engine.Activities;
using PowerWorkflow.Processes.Clocks;

namespace PowerWorkflow.Processes.Activities;

/// <summary>Stops the running round of a clock on a fact: what the limit asked for has reached the customer.</summary>
public sealed class StopClock : Activity
{
    private static readonly Input<string> clock = new("Clock") { Required = true };
    private static readonly Input<string> fact = new("Fact") { Required = true };
    private static readonly Input<DateTimeOffset> at = new("At") { UIHint = "datetime-picker", DefaultSyntax = "JavaScript" };
    private static readonly Input<string> evidence = new("Evidence");

    /// <summary>Stops a clock.</summary>
    public StopClock() : base(new("PowerWorkflow.StopClock", "PowerWorkflow.Time") { Inputs = [clock, fact, at, evidence] }) { }

    /// <inheritdoc/>
    public override Turn Execute(ActivityContext context)
    {
        var code = context.Get(clock) ?? "";
        ClockCode.ScopeOf(code);
        var clocks = CaseClocks.Of(context);
        var trigger = context.Get(fact) ?? "";
        var name = clocks.Live(code)?.Clock ?? code;
        clocks.AppendWhereItApplies(
            new ClockFact.Stopped(name, trigger, ClockInputs.At(context, at), context.Actor.Person, ClockInputs.Evidence(context, evidence, trigger)),
            "ClockStopped", new JsonObject { ["clock"] = name, ["fact"] = trigger });
        return Leave();
    }
}
