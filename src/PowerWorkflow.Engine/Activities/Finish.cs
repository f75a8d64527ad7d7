namespace PowerWorkflow.Engine.Activities;

/// <summary>Ends the whole case, as in Elsa; inside ExecuteWorkflow it ends what that had started.</summary>
public sealed class Finish() : Activity(new("Elsa.Finish", "Primitives") { IsTerminal = true, Outcomes = [] })
{
    /// <inheritdoc/>
    public override Turn Execute(ActivityContext context) => Turn.FinishCase;
}
