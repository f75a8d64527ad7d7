using PowerWorkflow.Engine.Definitions;

namespace PowerWorkflow.Engine.Activities;

/// <summary>Leaves by every branch at once.</summary>
public sealed class FlowFork : Activity
{
    private static readonly Input<IReadOnlyList<string>> branches = new("Branches") { UIHint = "dynamic-outcomes", DefaultSyntax = "Object" };

    /// <summary>Elsa's fork for flowcharts.</summary>
    public FlowFork() : base(new("Elsa.FlowFork", "Branching") { Inputs = [branches], OutcomesInput = branches, Outcomes = [] }) { }

    /// <inheritdoc/>
    public override Turn Execute(ActivityContext context) =>
        context.Get(branches) is { Count: > 0 } names ? Leave(names) : Leave();

    /// <inheritdoc/>
    public override IReadOnlyList<string>? OutcomesOf(ActivityNode node, Func<string, WorkflowDefinition?> called) =>
        node.ExpressionOf(branches) is null ? ["Done"] : base.OutcomesOf(node, called);
}
