using System.Text.Json;
using System.Text.Json.Nodes;
using PowerWorkflow.Engine.Activities;
using PowerWorkflow.Engine.Expressions;

namespace PowerWorkflow.Engine.Flow;

/// <summary>
/// Keeps the hot state small without serialising it in every burst: the size when it was last read or written, plus what values have grown since.
/// </summary>
internal static class StateSize
{
    /// <summary>Counts a value that takes another's place.</summary>
    /// <exception cref="ActivityFaultException">The state would pass the limit.</exception>
    public static void Check(CaseState state, BurstLimits limits, string name, JsonNode? before, JsonNode? after)
    {
        var size = state.SizeHint + Measure(after) - Measure(before);
        if (size > limits.StateBytes)
            throw new ActivityFaultException("limit-state", $"'{name}' would make the case's state about {size / 1024} KB; the limit is {limits.StateBytes / 1024} KB. Keep large content in a section of the data document.");
        state.SizeHint = Math.Max(0, size);
    }

    /// <summary>About how many bytes a value takes as JSON.</summary>
    public static int Measure(JsonNode? node)
    {
        switch (node)
        {
            case null: return 4;
            case JsonObject json:
                var members = 2;
                foreach (var (name, value) in json) members += name.Length + 4 + Measure(value);
                return members;
            case JsonArray list:
                var items = 2;
                foreach (var value in list) items += 1 + Measure(value);
                return items;
            default:
                // Up to three bytes for a Chinese character.
                return node.GetValueKind() == JsonValueKind.String ? 2 + Values.ToText(node).Length * 2 : 8;
        }
    }
}
