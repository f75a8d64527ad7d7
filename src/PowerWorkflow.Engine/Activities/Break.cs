namespace PowerWorkflow.Engine.Activities;

/// <summary>Ends the loop around it, and whatever is still under way inside.</summary>
public sealed class Break() : Activity(new("Elsa.Break", "Looping") { IsTerminal = true, Outcomes = [] })
{
    /// <inheritdoc/>
    public override Turn Execute(ActivityContext context) => Turn.Break;
}
