using System.Text.Json.Nodes;

namespace PowerWorkflow.Engine.Activities;

/// <summary>Publishes an event to every case that waits for it, through the outbox.</summary>
public sealed class PublishEvent : Activity
{
    private static readonly Input<string> eventName = new("EventName") { Required = true };
    private static readonly Input<string> correlationId = new("CorrelationId");
    private static readonly Input<bool> isLocal = new("IsLocalEvent") { UIHint = "checkbox" };
    private static readonly Input<JsonNode> payload = new("Payload");

    /// <summary>Elsa's PublishEvent.</summary>
    public PublishEvent() : base(new("Elsa.PublishEvent", "Primitives") { Inputs = [eventName, correlationId, isLocal, payload] }) { }

    /// <inheritdoc/>
    public override Turn Execute(ActivityContext context)
    {
        var message = new JsonObject { ["event"] = context.Get(eventName), ["payload"] = context.Get(payload)?.DeepClone() };
        if (context.Get(correlationId) is { Length: > 0 } id) message["correlationId"] = id;
        if (context.Get(isLocal)) message["case"] = context.CaseId;
        context.Send(MessageKind.PublishEvent, null, message, wantsReply: false);
        return Leave();
    }
}
