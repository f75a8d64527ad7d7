using System.Text.Json.Nodes;
using PowerWorkflow.Engine;
using PowerWorkflow.Server.Storage.Schema;

namespace PowerWorkflow.Server.Outbox;

/// <summary>A way of delivering messages.</summary>
public abstract class Channel
{
    /// <summary>What it delivers.</summary>
    public abstract IReadOnlyList<MessageKind> Kinds { get; }

    /// <summary>Delivers a message; at least once, so the receiver is given the message id to know a repetition by.</summary>
    /// <returns>What came back, for a case that waits for it.</returns>
    /// <exception cref="DeliveryFailedException">It was not delivered.</exception>
    public abstract Task<JsonNode?> DeliverAsync(OutboxMessage message, JsonObject payload, CancellationToken cancel);
}

/// <summary>A message was not delivered.</summary>
/// <param name="reason">What happened, to whom, what next.</param>
/// <param name="again">Whether it may succeed later without anybody doing anything.</param>
public sealed class DeliveryFailedException(string reason, bool again, Exception? inner = null) : Exception(reason, inner)
{
    public bool Again { get; } = again;
}
