using System.Text.Json.Nodes;
using PowerWorkflow.Engine.Activities;
using PowerWorkflow.Processes.Clocks;

namespace PowerWorkflow.Processes.Activities;

/// <summary>Ends the pause with a code; the clocks it held go on.</summary>
public sealed class ResumeClock : Activity
{
    private static readonly Input<string> code = new("Code") { UIHint = "dropdown", Required = true };
    private static readonly Input<string> evidence = new("Evidence") { Required = true };
    private static readonly Input<DateTimeOffset> at = new("At") { UIHint = "datetime-picker", DefaultSyntax = "JavaScript" };

    /// <summary>Ends a pause.</summary>
    public ResumeClock() : base(new("PowerWorkflow.ResumeClock", "PowerWorkflow.Time") { Inputs = [code, evidence, at] }) { }

    /// <inheritdoc/>
    public override Turn Execute(ActivityContext context)
    {
        var reason = context.Get(code) ?? "";
        CaseClocks.Of(context).AppendWhereItApplies(
            new ClockFact.Resumed(reason, ClockInputs.At(context, at), context.Actor.Person, ClockInputs.Evidence(context, evidence, "")),
            "ClockResumed", new JsonObject { ["code"] = reason });
        return Leave();
    }
}
