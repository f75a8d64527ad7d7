using System.Collections.Concurrent;

namespace PowerWorkflow.Server.Storage;

/// <summary>Whether this node may work, and if not, why. An unready node claims no timers and sends no messages.</summary>
public sealed class NodeReadiness
{
    private readonly ConcurrentDictionary<string, string> reasons = new() { ["start"] = "The server is starting." };

    /// <summary>What stands against it, by subject; empty when the node is ready.</summary>
    public IReadOnlyDictionary<string, string> Reasons => reasons;

    public bool IsReady => reasons.IsEmpty;

    /// <summary>Says what is wrong with a subject, or with null that it is right again.</summary>
    public void Report(string subject, string? reason)
    {
        if (reason is null)
            reasons.TryRemove(subject, out _);
        else
            reasons[subject] = reason;
    }
}
