namespace PowerWorkflow.Engine.Activities;

/// <summary>Leaves by "True" or "False". An expression that is neither is a fault, never a silent False.</summary>
public sealed class FlowDecision : Activity
{
    private static readonly Input<bool> condition = new("Condition") { Required = true };

    /// <summary>Elsa's decision.</summary>
    public FlowDecision() : base(new("Elsa.FlowDecision", "Branching") { Inputs = [condition], Outcomes = ["True", "False"] }) { }

    /// <inheritdoc/>
    public override Turn Execute(ActivityContext context) => Leave(context.Get(condition) ? "True" : "False");
}
