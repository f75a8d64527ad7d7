using System.Text.Json;
using System.Text.Json.Nodes;

namespace PowerWorkflow.Server.Definitions;

/// <summary>
/// Between a stored definition and what the Studio shows and posts. The Studio's model is narrower than the format: it drops members it does not know, draws
/// nothing at all when one type is unknown to it, and needs a <c>nodeId</c> on every activity. What it cannot hold is put back from the stored document.
/// </summary>
internal static class StudioDocument
{
    /// <summary>Stands for an activity whose type this server does not have; shown with its name and never run.</summary>
    public const string NotFoundType = "Elsa.NotFoundActivity";

    private const string RootPath = "Workflow1";

    /// <summary>Members of a definition that the server owns, never the document.</summary>
    public static readonly string[] ServerMembers = ["id", "tenantId", "createdAt", "isLatest", "isPublished", "isReadonly", "isSystem", "links"];

    /// <summary>Members the Studio's model knows; whatever else a stored definition has is kept when the Studio saves it.</summary>
    private static readonly HashSet<string> ModelMembers =
    [
        "definitionId", "name", "description", "toolVersion", "variables", "inputs", "outputs", "outcomes", "customProperties", "options", "root", "version",
        .. ServerMembers,
    ];

    /// <summary>The definition as the Studio reads it, without the members the server owns.</summary>
    /// <param name="known">Whether the designer has a descriptor for a type and version.</param>
    public static JsonObject ForStudio(JsonObject stored, Func<string, int, bool> known)
    {
        var model = stored.DeepClone().AsObject();
        foreach (var member in ServerMembers) model.Remove(member);
        foreach (var list in (string[])["variables", "inputs", "outputs", "outcomes"]) if (model[list] is not JsonArray) model[list] = new JsonArray();
        foreach (var part in (string[])["customProperties", "options"]) if (model[part] is not JsonObject) model[part] = new JsonObject();
        if (model["root"] is JsonObject root) model["root"] = Shown(root, RootPath, known);
        return model;
    }

    /// <summary>The document to be stored for what the Studio posted.</summary>
    /// <param name="posted">The posted model; consumed.</param>
    /// <param name="before">The stored document it is based on; null for a new definition.</param>
    public static JsonObject FromStudio(JsonObject posted, JsonObject? before)
    {
        var document = new JsonObject { ["$schema"] = before?["$schema"]?.DeepClone() ?? DefinitionFormat.Schema };
        foreach (var (member, value) in posted.ToList())
        {
            if (ServerMembers.Contains(member) || member == "$schema") continue;
            posted.Remove(member);
            document[member] = value;
        }

        foreach (var list in (string[])["variables", "inputs", "outputs", "outcomes"]) document[list] ??= new JsonArray();
        document["customProperties"] ??= new JsonObject();
        document["options"] ??= new JsonObject();
        if (document["root"] is JsonObject root)
        {
            document.Remove("root");
            var restored = Restored(root);
            if (restored["activities"] is null) restored["activities"] = new JsonArray();
            if (restored["connections"] is null) restored["connections"] = new JsonArray();
            document["root"] = restored;
        }

        if (before is not null) KeepUnknown(document, before);
        return document;
    }

    /// <summary>Every activity in a document, the root first.</summary>
    public static IEnumerable<JsonObject> Activities(JsonObject document) =>
        document["root"] is JsonObject root ? Descend(root) : [];

    /// <summary>Activities drawn directly on the canvas: what would be lost when a save drops all.</summary>
    public static int CountDrawn(JsonObject document) => Activities(document).Skip(1).Count();

    private static IEnumerable<JsonObject> Descend(JsonObject activity)
    {
        yield return activity;
        foreach (var (_, child) in Children(activity))
        foreach (var inner in Descend(child))
            yield return inner;
    }

    /// <summary>Embedded activities with the function that puts another in their place: in a property, in a list, or as the <c>activity</c> of a case.</summary>
    public static List<(Action<JsonObject> Replace, JsonObject Child)> Children(JsonObject activity)
    {
        List<(Action<JsonObject>, JsonObject)> children = [];
        foreach (var (member, value) in activity)
        {
            if (member is "metadata" or "customProperties") continue;
            if (value is JsonObject single && IsActivity(single)) children.Add((other => activity[member] = other, single));
            if (value is not JsonArray list) continue;
            for (var i = 0; i < list.Count; i++)
            {
                var at = i;
                if (list[i] is not JsonObject item) continue;
                if (IsActivity(item)) children.Add((other => list[at] = other, item));
                else if (item["activity"] is JsonObject inner && IsActivity(inner)) children.Add((other => item["activity"] = other, inner));
            }
        }

        return children;
    }

    private static bool IsActivity(JsonObject json) => Text(json, "type") is not null && Text(json, "id") is not null;

    private static JsonObject Shown(JsonObject activity, string parentPath, Func<string, int, bool> known)
    {
        var type = Text(activity, "type") ?? "";
        var version = activity["version"] is JsonValue number && number.TryGetValue(out int v) ? v : 1;
        var path = $"{parentPath}:{Text(activity, "id")}";
        if (type != NotFoundType && !known(type, version)) return Placeholder(activity, type, version, path);
        activity["version"] = version;
        activity["nodeId"] = path;
        if (activity["metadata"] is not JsonObject) activity["metadata"] = new JsonObject();
        if (activity["connections"] is JsonArray connections) activity["connections"] = Nested(connections);
        foreach (var (replace, child) in Children(activity)) replace(Shown(Detached(child), path, known));
        return activity;
    }

    private static JsonObject Placeholder(JsonObject activity, string type, int version, string path)
    {
        var name = Text(activity["metadata"] as JsonObject, "displayText") ?? Text(activity, "name") ?? type;
        var metadata = (activity["metadata"] as JsonObject)?.DeepClone().AsObject() ?? [];
        metadata["displayText"] = name;
        return new JsonObject
        {
            ["id"] = activity["id"]?.DeepClone(),
            ["nodeId"] = path,
            ["name"] = activity["name"]?.DeepClone(),
            ["type"] = NotFoundType,
            ["version"] = 1,
            ["missingTypeName"] = type,
            ["missingTypeVersion"] = version,
            ["originalActivityJson"] = activity.ToJsonString(DefinitionFormat.Json),
            ["customProperties"] = new JsonObject(),
            ["metadata"] = metadata,
        };
    }

    /// <summary>Removes what was only for showing, and puts the original in the place of its stand-in, with the place and name it was given in the drawing.</summary>
    private static JsonObject Restored(JsonObject activity)
    {
        activity = Detached(activity);
        activity.Remove("nodeId");
        if (Text(activity, "type") == NotFoundType && Original(activity) is { } original)
        {
            original["id"] = activity["id"]?.DeepClone();
            if (activity["metadata"] is JsonObject metadata)
            {
                var kept = metadata.DeepClone().AsObject();
                // The stand-in shows a name where the original had none.
                if (original["metadata"] is not JsonObject before || before["displayText"] is null)
                    if (Text(kept, "displayText") == (Text(original, "name") ?? Text(original, "type"))) kept.Remove("displayText");
                if (kept.Count > 0 || original.ContainsKey("metadata")) original["metadata"] = kept;
            }

            return original;
        }

        foreach (var (replace, child) in Children(activity)) replace(Restored(child));
        return activity;
    }

    private static JsonObject? Original(JsonObject placeholder)
    {
        if (Text(placeholder, "originalActivityJson") is not { Length: > 0 } text) return null;
        try
        {
            return JsonNode.Parse(text) is JsonObject original && IsActivity(original) ? original : null;
        }
        catch (JsonException)
        {
            // Somebody typed into it: it stays a stand-in, which no publication accepts.
            return null;
        }
    }

    /// <summary>The older flat form of connections (<c>source</c>, <c>sourcePort</c>) in the nested one that the designer reads.</summary>
    private static JsonArray Nested(JsonArray connections)
    {
        var nested = new JsonArray();
        foreach (var connection in connections.OfType<JsonObject>())
        {
            var copy = connection.DeepClone().AsObject();
            foreach (var (end, port, otherwise) in (( string, string, string)[])[("source", "sourcePort", "Done"), ("target", "targetPort", "In")])
            {
                if (copy[end] is JsonValue id && id.TryGetValue(out string? activity))
                {
                    copy[end] = new JsonObject { ["activity"] = activity, ["port"] = Text(copy, port) ?? otherwise };
                    copy.Remove(port);
                }
            }

            if (copy["vertices"] is not JsonArray) copy["vertices"] = new JsonArray();
            nested.Add(copy);
        }

        return nested;
    }

    private static void KeepUnknown(JsonObject document, JsonObject before)
    {
        foreach (var (member, value) in before)
        {
            if (!ModelMembers.Contains(member) && !document.ContainsKey(member)) document[member] = value?.DeepClone();
        }

        KeepMembers(document["options"] as JsonObject, before["options"] as JsonObject);
        KeepItems(document, before, "variables", item => Text(item, "id") ?? Text(item, "name"));
        KeepItems(document, before, "inputs", item => Text(item, "name"));
        KeepItems(document, before, "outputs", item => Text(item, "name"));

        var earlier = Activities(before).Where(a => a["connections"] is JsonArray).DistinctBy(a => Text(a, "id")).ToDictionary(a => Text(a, "id") ?? "");
        foreach (var container in Activities(document).Where(a => a["connections"] is JsonArray))
        {
            if (!earlier.TryGetValue(Text(container, "id") ?? "", out var old)) continue;
            var nested = new JsonObject { ["connections"] = Nested(old["connections"]!.AsArray()) };
            KeepItems(container, nested, "connections", c => $"{c["source"]?.ToJsonString()} {c["target"]?.ToJsonString()}");
        }
    }

    private static void KeepItems(JsonObject document, JsonObject before, string list, Func<JsonObject, string?> key)
    {
        if (document[list] is not JsonArray now || before[list] is not JsonArray then) return;
        var earlier = then.OfType<JsonObject>().Where(i => key(i) is not null).DistinctBy(key).ToDictionary(i => key(i)!); // null keys were left out
        foreach (var item in now.OfType<JsonObject>())
            if (key(item) is { } id && earlier.TryGetValue(id, out var old)) KeepMembers(item, old);
    }

    private static void KeepMembers(JsonObject? now, JsonObject? then)
    {
        if (now is null || then is null) return;
        foreach (var (member, value) in then)
            if (!now.ContainsKey(member)) now[member] = value?.DeepClone();
    }

    private static JsonObject Detached(JsonObject node) => node.Parent is null ? node : node.DeepClone().AsObject();

    private static string? Text(JsonObject? json, string member) =>
        json?[member] is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
