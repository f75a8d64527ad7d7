namespace PowerWorkflow.Engine.Activities;

/// <summary>Runs the activity inside it.</summary>
public sealed class FlowNode() : Activity(new("Elsa.FlowNode", "Flow") { Children = ["Body"] })
{
    /// <inheritdoc/>
    public override Turn Execute(ActivityContext context)
    {
        if (context.Node.Child("Body") is not { } body) return Leave();
        context.Schedule(body);
        return Stay;
    }
}
