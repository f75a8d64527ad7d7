using System.Text.Json.Nodes;

namespace PowerWorkflow.Benchmarks;

/// <summary>A process of user tasks in a row: what the engine costs without anything of the domain.</summary>
internal static class ChainDefinition
{
    /// <param name="tasks">How many steps.</param>
    /// <param name="expression">Whether each step's title is computed by JavaScript.</param>
    public static JsonObject Of(int tasks, bool expression)
    {
        var activities = new JsonArray(Activity("start", "Elsa.Start"));
        var connections = new JsonArray();
        for (var i = 1; i <= tasks; i++)
        {
            var task = Activity($"step{i}", "PowerWorkflow.UserTask");
            task["title"] = Input("String", expression ? "JavaScript" : "Literal", expression ? "'Step at ' + data.LOAD.applyCap + ' kW'" : "Step");
            task["role"] = Input("String", "Literal", "R-CSR");
            activities.Add((JsonNode)task);
            connections.Add((JsonNode)Connection(i == 1 ? "start" : $"step{i - 1}", $"step{i}"));
        }

        activities.Add((JsonNode)Activity("end", "Elsa.End"));
        connections.Add((JsonNode)Connection($"step{tasks}", "end"));
        return new JsonObject
        {
            ["$schema"] = "https://elsaworkflows.io/schemas/workflow-definition/v3.0.0/schema.json",
            ["definitionId"] = "chain",
            ["name"] = "Chain",
            ["version"] = 1,
            ["toolVersion"] = "3.8.2.0",
            ["variables"] = new JsonArray(),
            ["inputs"] = new JsonArray(),
            ["outputs"] = new JsonArray(),
            ["outcomes"] = new JsonArray(),
            ["customProperties"] = new JsonObject(),
            ["root"] = new JsonObject
            {
                ["id"] = "root",
                ["name"] = "root",
                ["type"] = "Elsa.Flowchart",
                ["version"] = 1,
                ["customProperties"] = new JsonObject(),
                ["metadata"] = new JsonObject(),
                ["activities"] = activities,
                ["connections"] = connections,
            },
        };
    }

    private static JsonObject Activity(string id, string type) => new()
    {
        ["id"] = id,
        ["name"] = id,
        ["type"] = type,
        ["version"] = 1,
        ["customProperties"] = new JsonObject(),
        ["metadata"] = new JsonObject(),
    };

    private static JsonObject Input(string type, string expression, string value) => new()
    {
        ["typeName"] = type,
        ["expression"] = new JsonObject { ["type"] = expression, ["value"] = value },
        ["memoryReference"] = new JsonObject { ["id"] = "" },
    };

    private static JsonObject Connection(string from, string to) => new()
    {
        ["source"] = new JsonObject { ["activity"] = from, ["port"] = "Done" },
        ["target"] = new JsonObject { ["activity"] = to, ["port"] = "In" },
        ["vertices"] = new JsonArray(),
    };
}
