using System.Text.Json.Nodes;
using PowerWorkflow.Server.Storage.Schema;

namespace PowerWorkflow.Server.Api.Studio;

/// <summary>A definition offered as an activity: its inputs, its outputs, and its outcomes as ways out.</summary>
internal static class CalledDefinition
{
    /// <summary>The type name under which a definition is drawn: <c>completion-inspection</c> is <c>CompletionInspection</c>.</summary>
    public static string TypeName(string definitionId) =>
        string.Concat(definitionId.Split('-', '_', '.', ' ').Where(part => part.Length > 0).Select(part => char.ToUpperInvariant(part[0]) + part[1..]));

    public static JsonObject Describe(DefinitionVersion row, ActivityLabels labels)
    {
        var document = JsonNode.Parse(row.Document)!.AsObject(); // stored documents are objects
        var options = document["options"] as JsonObject;
        var usable = options?["usableAsActivity"] is JsonValue flag && flag.TryGetValue(out bool yes) && yes;
        var category = options?["activityCategory"] is JsonValue given && given.TryGetValue(out string? name) && name.Length > 0 ? name : labels.Category("called");
        var description = document["description"] is JsonValue text && text.TryGetValue(out string? about) ? about : "";
        JsonArray ports = [new JsonObject { ["name"] = "Root", ["displayName"] = labels.Port("Root"), ["type"] = "Embedded", ["isBrowsable"] = false }];
        var outcomes = (document["outcomes"] as JsonArray)?.OfType<JsonValue>().Select(o => o.ToString()).ToList() ?? [];
        foreach (var outcome in outcomes.Count > 0 ? outcomes : ["Done"]) ports.Add(StudioDescriptors.Port(outcome, labels.Port(outcome), "Flow"));
        return StudioDescriptors.Descriptor(TypeName(row.DefinitionId), 1, new(row.Name, description, category),
            Parameters(document, "inputs").Select((input, order) =>
            {
                var editor = InputEditors.Plain(input.Name, input.Type, order, (input.Label, input.Description));
                editor["uiHint"] = input.Hint;
                return editor;
            }),
            Parameters(document, "outputs").Select(output => StudioDescriptors.Output(output.Name, output.Type, output.Label)), ports,
            isBrowsable: usable && row.IsPublished,
            custom: new JsonObject { ["RootType"] = "WorkflowDefinitionActivity", ["WorkflowDefinitionId"] = row.DefinitionId, ["WorkflowDefinitionVersionId"] = row.VersionId },
            construction: new JsonObject { ["WorkflowDefinitionId"] = row.DefinitionId });
    }

    private static IEnumerable<(string Name, string Type, string Label, string Description, string Hint)> Parameters(JsonObject document, string list)
    {
        foreach (var item in (document[list] as JsonArray)?.OfType<JsonObject>() ?? [])
        {
            if (Text(item, "name") is not { Length: > 0 } name) continue;
            yield return (name, Text(item, "type") ?? "Object", Text(item, "displayName") ?? name, Text(item, "description") ?? "", Text(item, "uiHint") is { Length: > 0 } hint ? hint : "singleline");
        }
    }

    private static string? Text(JsonObject json, string member) => json[member] is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
