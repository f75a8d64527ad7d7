namespace PowerWorkflow.Engine.Activities;

/// <summary>Where a flowchart begins.</summary>
public sealed class Start() : Activity(new("Elsa.Start", "Flow") { IsStart = true })
{
    /// <inheritdoc/>
    public override Turn Execute(ActivityContext context) => Leave();
}
