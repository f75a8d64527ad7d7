using System.Text.Json.Nodes;
using PowerWorkflow.Engine.Activities;
using PowerWorkflow.Engine.Definitions;

namespace PowerWorkflow.Engine.Tests;

/// <summary>Draws a definition in a few words. Activities without lines are joined in the order they are added when <see cref="InOrder"/> is called.</summary>
internal sealed class Drawing(string id, string rootType = "Elsa.Flowchart")
{
    private readonly JsonArray activities = [];
    private readonly JsonArray connections = [];
    private readonly JsonArray variables = [];
    private readonly JsonArray inputs = [];
    private readonly JsonArray outputs = [];
    private readonly JsonArray outcomes = [];

    public static JsonObject Literal(object? value) => Wrap("Literal", value is null ? null : JsonValue.Create(value.ToString()));
    public static JsonObject Script(string source) => Wrap("JavaScript", source);
    public static JsonObject List(params string[] items) => Wrap("Object", new JsonArray([.. items.Select(i => JsonValue.Create(i))]).ToJsonString());
    public static JsonObject Wrap(string type, JsonNode? value) => new() { ["typeName"] = null, ["expression"] = new JsonObject { ["type"] = type, ["value"] = value }, ["memoryReference"] = new JsonObject { ["id"] = "" } };

    /// <summary>One activity as JSON. Inputs: a text is a literal, one that begins with '=' a script, a list an Object.</summary>
    public static JsonObject Activity(string id, string type, params (string Name, object? Value)[] inputs)
    {
        var json = new JsonObject { ["id"] = id, ["name"] = id, ["type"] = type, ["version"] = 1 };
        foreach (var (name, value) in inputs)
        {
            json[name] = value switch
            {
                JsonNode node => node,
                string text when text.StartsWith('=') => Script(text[1..]),
                string[] list => List(list),
                _ => Literal(value),
            };
        }
        return json;
    }

    public Drawing Add(string id, string type, params (string Name, object? Value)[] inputs)
    {
        activities.Add(Activity(id, type, inputs));
        return this;
    }

    public Drawing Add(JsonObject activity)
    {
        activities.Add(activity);
        return this;
    }

    public Drawing Merge(string id, string mode)
    {
        activities.Single(a => (string)a!["id"]! == id)!["customProperties"] = new JsonObject { ["mergeMode"] = mode };
        return this;
    }

    /// <summary>Lines such as <c>"a -> b"</c> or <c>"a.True -> b"</c>, several parted by commas.</summary>
    public Drawing Lines(params string[] lines)
    {
        foreach (var line in lines.SelectMany(l => l.Split(',')))
        {
            var ends = line.Split("->", StringSplitOptions.TrimEntries);
            for (var i = 0; i + 1 < ends.Length; i++)
            {
                var from = ends[i].Split('.');
                connections.Add(new JsonObject
                {
                    ["source"] = new JsonObject { ["activity"] = from[0], ["port"] = from.Length > 1 ? from[1] : "Done" },
                    ["target"] = new JsonObject { ["activity"] = ends[i + 1].Split('.')[0], ["port"] = "In" },
                });
            }
        }
        return this;
    }

    public Drawing InOrder() => Lines(string.Join(" -> ", activities.Select(a => (string)a!["id"]!)));

    public Drawing Variable(string name, string type = "Object", object? value = null, bool isArray = false)
    {
        variables.Add(new JsonObject { ["id"] = "v-" + name, ["name"] = name, ["typeName"] = type, ["isArray"] = isArray, ["value"] = value?.ToString() });
        return this;
    }

    public Drawing Input(string name, string type = "Object")
    {
        inputs.Add(new JsonObject { ["name"] = name, ["type"] = type });
        return this;
    }

    public Drawing Output(string name, string type = "Object")
    {
        outputs.Add(new JsonObject { ["name"] = name, ["type"] = type });
        return this;
    }

    public Drawing Outcomes(params string[] names)
    {
        foreach (var name in names) outcomes.Add(name);
        return this;
    }

    public JsonObject Json => new()
    {
        ["id"] = id + "@1", ["definitionId"] = id, ["name"] = id, ["version"] = 1,
        ["variables"] = variables.DeepClone(), ["inputs"] = inputs.DeepClone(), ["outputs"] = outputs.DeepClone(), ["outcomes"] = outcomes.DeepClone(),
        ["root"] = new JsonObject { ["id"] = "root", ["type"] = rootType, ["version"] = 1, ["activities"] = activities.DeepClone(), ["connections"] = connections.DeepClone() },
    };

    public WorkflowDefinition Read(ActivityCatalog? catalog = null) => WorkflowDefinition.Read(Json, catalog ?? ActivityCatalog.Elsa);
}
