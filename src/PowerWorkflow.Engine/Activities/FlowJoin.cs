using PowerWorkflow.Engine.Definitions;

namespace PowerWorkflow.Engine.Activities;

/// <summary>Where branches meet on purpose. The flowchart does the waiting (<see cref="Flow.Joins"/>); the activity only says how.</summary>
public sealed class FlowJoin : Activity
{
    private static readonly Input<FlowJoinMode> mode = new("Mode", FlowJoinMode.WaitAny)
    {
        UIHint = "dropdown", Choices = ["WaitAny", "WaitAll", "WaitAllActive"],
    };

    /// <summary>Elsa's join.</summary>
    public FlowJoin() : base(new("Elsa.FlowJoin", "Branching") { Inputs = [mode] }) { }

    /// <inheritdoc/>
    public override Turn Execute(ActivityContext context) => Leave();

    /// <summary>Whether the mode is an expression, which a join cannot follow.</summary>
    internal static bool IsComputed(ActivityNode node) => node.ExpressionOf(mode) is { IsLiteral: false };

    /// <summary>How tokens meet here. A join is drawn, not computed: its mode must be a literal, which the check sees to.</summary>
    internal static MergeMode ModeOf(ActivityNode node) => (node.Inputs[mode.Index] is { IsConstant: true, Constant: FlowJoinMode chosen } ? chosen : mode.Otherwise) switch
    {
        FlowJoinMode.WaitAll => MergeMode.Merge,
        FlowJoinMode.WaitAllActive => MergeMode.Active,
        _ => MergeMode.Race,
    };
}

/// <summary>When a join goes on.</summary>
public enum FlowJoinMode
{
    /// <summary>At the first arrival; branches still on their way here are cancelled.</summary>
    WaitAny,
    /// <summary>When every way in has arrived.</summary>
    WaitAll,
    /// <summary>When every way in that was taken has arrived.</summary>
    WaitAllActive,
}
