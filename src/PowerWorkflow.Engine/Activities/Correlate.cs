namespace PowerWorkflow.Engine.Activities;

/// <summary>Gives the case the id by which events find it.</summary>
public sealed class Correlate : Activity
{
    private static readonly Input<string> correlationId = new("CorrelationId");

    /// <summary>Elsa's Correlate.</summary>
    public Correlate() : base(new("Elsa.Correlate", "Primitives") { Inputs = [correlationId] }) { }

    /// <inheritdoc/>
    public override Turn Execute(ActivityContext context)
    {
        context.Run.State.CorrelationId = context.Get(correlationId);
        return Leave();
    }
}
