using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PowerWorkflow.Processes.Forms;

/// <summary>Numbers of JSON documents, exactly as they were written: 0.1 is 0.1, whatever the node was made of.</summary>
internal static class Numbers
{
    /// <summary>The number, or null when the node is none or lies outside of what can be measured or paid.</summary>
    public static decimal? Of(JsonNode? node) =>
        node?.GetValueKind() == JsonValueKind.Number && decimal.TryParse(node.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    /// <summary>For messages: no trailing zeros, a point in every language.</summary>
    public static string Text(decimal number) => number.ToString("0.##########", CultureInfo.InvariantCulture);
}
