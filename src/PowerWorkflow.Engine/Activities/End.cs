namespace PowerWorkflow.Engine.Activities;

/// <summary>Ends the flowchart it is in; branches still under way there are cancelled.</summary>
public sealed class End() : Activity(new("Elsa.End", "Flow") { IsTerminal = true, Outcomes = [] })
{
    /// <inheritdoc/>
    public override Turn Execute(ActivityContext context) => Leave();
}
