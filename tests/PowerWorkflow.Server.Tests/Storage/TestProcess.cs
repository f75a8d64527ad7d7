using System.Text.Json.Nodes;
using PowerWorkflow.Server.Definitions;

namespace PowerWorkflow.Server.Tests.Storage;

/// <summary>A process of activities in a row, as a folder that a server can be started with.</summary>
internal static class TestProcess
{
    /// <summary>A survey by a person, an hour's wait, a review by a person.</summary>
    public static WorkflowFolder SurveyWaitReview() => Folder("inspection", [UserTask("survey"), Delay("wait", "01:00:00"), UserTask("review")]);

    /// <summary>Writes a process without forms into a folder of its own.</summary>
    public static WorkflowFolder Folder(string definitionId, params JsonObject[] steps)
    {
        var activities = new JsonArray(Activity("start", "Elsa.Start"));
        var connections = new JsonArray();
        var last = "start";
        foreach (var step in steps.Append(Activity("end", "Elsa.End")))
        {
            var id = (string)step["id"]!; // every activity made here has one
            activities.Add((JsonNode)step);
            connections.Add((JsonNode)new JsonObject
            {
                ["source"] = new JsonObject { ["activity"] = last, ["port"] = "Done" },
                ["target"] = new JsonObject { ["activity"] = id, ["port"] = "In" },
            });
            last = id;
        }
        var root = Activity("flow", "Elsa.Flowchart");
        (root["activities"], root["connections"]) = (activities, connections);
        var definition = new JsonObject
        {
            ["$schema"] = "https://elsaworkflows.io/schemas/workflow-definition/v3.0.0/schema.json",
            ["definitionId"] = definitionId,
            ["name"] = definitionId,
            ["version"] = 1,
            ["customProperties"] = new JsonObject { ["PowerWorkflow"] = new JsonObject { ["casePrefix"] = "YJ" } },
            ["root"] = root,
        };
        var folder = Directory.CreateTempSubdirectory("powerworkflow-processes-").FullName;
        Directory.CreateDirectory(Path.Combine(folder, definitionId));
        File.WriteAllText(Path.Combine(folder, definitionId, "definition.json"), definition.ToJsonString());
        return new WorkflowFolder(folder);
    }

    public static JsonObject UserTask(string id) => Activity(id, "PowerWorkflow.UserTask", ("title", "String", id), ("role", "String", "R-SV"));

    public static JsonObject Delay(string id, string length) => Activity(id, "Elsa.Delay", ("timeSpan", "TimeSpan", length));

    public static JsonObject Activity(string id, string type, params (string Name, string Type, string Value)[] inputs)
    {
        var activity = new JsonObject { ["id"] = id, ["name"] = id, ["type"] = type, ["version"] = 1 };
        foreach (var input in inputs)
        {
            activity[input.Name] = new JsonObject
            {
                ["typeName"] = input.Type,
                ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = input.Value },
                ["memoryReference"] = new JsonObject { ["id"] = "" },
            };
        }
        return activity;
    }
}
