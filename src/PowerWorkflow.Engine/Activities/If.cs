namespace PowerWorkflow.Engine.Activities;

/// <summary>Runs one of two embedded activities; in a flowchart its outcome can be followed as well.</summary>
public sealed class If : Activity
{
    private static readonly Input<bool> condition = new("Condition");

    /// <summary>Elsa's If.</summary>
    public If() : base(new("Elsa.If", "Branching")
    {
        Inputs = [condition], Children = ["Then", "Else"], Outputs = [new("Result", "Boolean")],
    }) { }

    /// <inheritdoc/>
    public override Turn Execute(ActivityContext context)
    {
        var holds = context.Get(condition);
        context.SetOutput("Result", holds);
        if (context.Node.Child(holds ? "Then" : "Else") is not { } branch) return Leave();
        context.Schedule(branch);
        return Stay;
    }
}
