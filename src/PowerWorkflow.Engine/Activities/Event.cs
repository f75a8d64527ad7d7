namespace PowerWorkflow.Engine.Activities;

/// <summary>Waits for a published event.</summary>
public sealed class Event : Activity
{
    private static readonly Input<string> eventName = new("EventName") { Required = true };

    /// <summary>Elsa's Event.</summary>
    public Event() : base(new("Elsa.Event", "Primitives") { Inputs = [eventName], Outputs = [new("Result", "Object")], IsTrigger = true }) { }

    /// <inheritdoc/>
    public override Turn Execute(ActivityContext context)
    {
        if (context.IsTrigger) return Leave();
        if (context.Get(eventName) is not { Length: > 0 } name) return Fault($"Activity '{context.Node.Id}' waits for an event without a name.", "input-missing");
        context.AwaitEvent(name, context.Run.State.CorrelationId);
        return Stay;
    }

    /// <inheritdoc/>
    public override Turn Resume(ActivityContext context, Stimulus stimulus)
    {
        context.SetOutput("Result", ((Stimulus.DeliverEvent)stimulus).Payload);
        return Leave();
    }
}
