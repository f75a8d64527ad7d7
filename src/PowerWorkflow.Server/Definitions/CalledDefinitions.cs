using System.Text.Json.Nodes;

namespace PowerWorkflow.Server.Definitions;

/// <summary>Which other definitions a definition document names: as activities, and literally in ExecuteWorkflow, DispatchWorkflow and StartCase.</summary>
internal static class CalledDefinitions
{
    public static IReadOnlySet<string> In(JsonObject document)
    {
        var called = new HashSet<string>();
        Look(document, called);
        return called;
    }

    private static void Look(JsonNode? node, HashSet<string> called)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, value) in members)
                {
                    if (name is "workflowDefinitionId" or "definitionId" && Name(value) is { Length: > 0 } id && node.Parent is not null)
                        called.Add(id);
                    Look(value, called);
                }
                break;
            case JsonArray items:
                foreach (var item in items)
                    Look(item, called);
                break;
        }
    }

    private static string? Name(JsonNode? value) => value switch
    {
        JsonValue text when text.TryGetValue(out string? id) => id,
        JsonObject input when input["expression"] is JsonObject expression && (string?)expression["type"] == "Literal" => Name(expression["value"]),
        _ => null,
    };
}
