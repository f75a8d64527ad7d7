using PowerWorkflow.Engine.Definitions;
using PowerWorkflow.Engine.Flow;

namespace PowerWorkflow.Engine.Activities;

/// <summary>A drawing of activities and lines. Tokens follow the lines of the outcomes by which activities are left; <see cref="Joins"/> decides where they meet.</summary>
public sealed class Flowchart() : Activity(new("Elsa.Flowchart", "Flow") { IsContainer = true, IsBrowsable = false, Children = ["Activities"] })
{
    /// <inheritdoc/>
    public override Turn Execute(ActivityContext context)
    {
        if (context.Node.Flow is not { } flow) return Leave();
        // A case started by one of several triggers begins there.
        var trigger = context.Execution.Parent is { Parent: null } && context.Run.Trigger is { } id ? flow.Find(id) : null;
        if ((trigger ?? flow.Start) is not { } start) return Leave();
        context.Schedule(start);
        return Stay;
    }

    /// <inheritdoc/>
    public override Turn ChildLeft(ActivityContext context, ActivityNode child, IReadOnlyList<string> outcomes)
    {
        if (child.Activity is { Descriptor.IsTerminal: true }) return Leave();
        var joins = new Joins(context);
        joins.Follow(child, outcomes);
        return joins.IsAtRest ? Leave() : Stay;
    }
}
