using System.Text.Json;
using System.Text.Json.Nodes;

namespace PowerWorkflow.Server.Definitions;

/// <summary>Labels of a definition by language: <c>{"zh-CN":{"steps":{code:label}}}</c>. They are versioned with it and follow what is written in the drawing.</summary>
internal static class DefinitionLabels
{
    /// <summary>The labels with the Chinese step labels as the drawing now has them; labels of other languages stay.</summary>
    public static string? Following(string? labels, JsonObject document)
    {
        JsonObject all;
        try
        {
            all = labels is null ? [] : JsonNode.Parse(labels) as JsonObject ?? [];
        }
        catch (JsonException)
        {
            return labels;
        }

        if (all["zh-CN"] is not JsonObject chinese) all["zh-CN"] = chinese = [];
        if (chinese["steps"] is not JsonObject steps) chinese["steps"] = steps = [];
        foreach (var activity in StudioDocument.Activities(document))
        {
            if (activity["name"] is not JsonValue name || !name.TryGetValue(out string? code) || code.Length == 0) continue;
            if ((activity["metadata"] as JsonObject)?["displayText"] is not JsonValue text || !text.TryGetValue(out string? label) || label.Length == 0) continue;
            if (steps.ContainsKey(code) || activity["type"]?.GetValue<string>() == "PowerWorkflow.UserTask") steps[code] = label;
        }

        return all.ToJsonString(DefinitionFormat.Json);
    }
}
