using System.Text.Json;
using System.Text.Json.Nodes;

namespace PowerWorkflow.Processes.Activities;

/// <summary>How urgent a case is, from its section CASE: the front desk writes it in the words of the form.</summary>
public static class CasePriority
{
    /// <summary>0 normal, 1 green channel (绿色通道), 2 emergency (应急); a number is taken as it is.</summary>
    /// <param name="section">The section CASE; null for a case without one.</param>
    public static int Of(JsonObject? section) => section?["priority"] switch
    {
        JsonValue value when value.GetValueKind() == JsonValueKind.Number => (int)value.GetValue<double>(),
        JsonValue value when value.TryGetValue(out string? word) => word switch
        {
            "绿色通道" => 1,
            "应急" => 2,
            _ => 0,
        },
        _ => 0,
    };
}
