using System.Text.Json;
using System.Text.Json.Nodes;
using PowerWorkflow.Processes.Documents;

namespace PowerWorkflow.Server.Definitions;

/// <summary>
/// Whether a posted definition has the shape of one: every member of the type the format gives it, ids unique. What it means is checked when it is published;
/// a draft may be unfinished but not malformed, or the designer could not open it again.
/// </summary>
internal sealed class DefinitionShape
{
    private const int MostActivities = 2000;
    private const int LongestText = 4000;
    private readonly List<LocalText> problems = [];

    /// <summary>Everything that is wrong with the shape, in both languages; empty when nothing is.</summary>
    public static IReadOnlyList<LocalText> Check(JsonObject model)
    {
        var shape = new DefinitionShape();
        shape.Definition(model);
        return shape.problems;
    }

    private void Definition(JsonObject model)
    {
        Text(model, "definitionId", "", optional: true, longest: 200);
        Text(model, "name", "", optional: false, longest: 200);
        Text(model, "description", "", optional: true);
        if (model["definitionId"] is JsonValue id && id.TryGetValue(out string? text) && text.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.')))
            Wrong("definitionId", "只能含字母、数字、- _ .", "may only have letters, digits, - _ .");
        foreach (var list in (string[])["variables", "inputs", "outputs"])
        {
            foreach (var (item, at) in Objects(model, list))
            {
                Text(item, "name", at, optional: false, longest: 200);
                Text(item, list == "variables" ? "typeName" : "type", at, optional: true);
                Flag(item, "isArray", at);
            }
        }

        if (Array(model, "outcomes", "") is { } outcomes)
            foreach (var outcome in outcomes)
                if (outcome is not JsonValue value || value.GetValueKind() != JsonValueKind.String) Wrong("outcomes", "每一项都应为文本", "must be a list of texts");
        Object(model, "customProperties", "");
        if (Object(model, "options", "") is { } options)
        {
            Flag(options, "usableAsActivity", "options");
            Flag(options, "autoUpdateConsumingWorkflows", "options");
        }

        if (model["root"] is not JsonObject root)
        {
            Wrong("root", "缺少流程图", "is missing: a definition needs a flowchart");
            return;
        }

        if (root["type"] is JsonValue type && type.TryGetValue(out string? rootType) && rootType is "Elsa.Sequence" or "Elsa.StateMachine")
            Wrong("root.type", "画布只支持流程图（Elsa.Flowchart），不支持顺序和状态机", "must be Elsa.Flowchart; sequences and state machines cannot be a canvas here");
        HashSet<string> ids = [];
        Activity(root, "root", ids, 0);
        if (ids.Count > MostActivities) Wrong("root", $"步骤超过 {MostActivities} 个", $"has more than {MostActivities} activities");
    }

    private void Activity(JsonObject activity, string at, HashSet<string> ids, int depth)
    {
        if (depth > 40)
        {
            Wrong(at, "嵌套过深", "is nested too deeply");
            return;
        }

        Text(activity, "type", at, optional: false, longest: 300);
        if (Text(activity, "id", at, optional: false, longest: 200) is { } id && !ids.Add(id)) Wrong($"{at}.id", $"步骤编号“{id}”重复", $"'{id}' is used by another activity");
        Text(activity, "name", at, optional: true, longest: 200);
        if (activity["version"] is { } version && (version is not JsonValue number || !number.TryGetValue(out int _))) Wrong($"{at}.version", "应为整数", "must be a whole number");
        Object(activity, "customProperties", at);
        if (Object(activity, "metadata", at) is { } metadata)
        {
            Text(metadata, "displayText", $"{at}.metadata", optional: true, longest: 400);
            Text(metadata, "description", $"{at}.metadata", optional: true);
            if (Object(metadata, "designer", $"{at}.metadata") is { } designer)
            {
                foreach (var (part, members) in (IEnumerable<(string, string[])>)[("position", ["x", "y"]), ("size", ["width", "height"])])
                {
                    if (Object(designer, part, $"{at}.metadata.designer") is not { } place) continue;
                    foreach (var member in members)
                        if (place[member] is { } size && (size is not JsonValue value || value.GetValueKind() != JsonValueKind.Number)) Wrong($"{at}.metadata.designer.{part}.{member}", "应为数字", "must be a number");
                }
            }
        }

        if (activity.ContainsKey("activities"))
            foreach (var (item, place) in Objects(activity, "activities", at))
                if (item["id"] is null || item["type"] is null) Wrong(place, "步骤缺少编号或类型", "is an activity without id or type");
        foreach (var (connection, place) in Objects(activity, "connections", at)) Connection(connection, place);
        foreach (var (_, child) in StudioDocument.Children(activity)) Activity(child, $"{at}.{child["id"]}", ids, depth + 1);
    }

    private void Connection(JsonObject connection, string at)
    {
        foreach (var end in (string[])["source", "target"])
        {
            switch (connection[end])
            {
                case JsonObject nested:
                    Text(nested, "activity", $"{at}.{end}", optional: false);
                    Text(nested, "port", $"{at}.{end}", optional: true);
                    break;
                case JsonValue value when value.GetValueKind() == JsonValueKind.String: break;
                default: Wrong($"{at}.{end}", "应指出步骤", "must name an activity"); break;
            }
        }

        foreach (var (vertex, place) in Objects(connection, "vertices", at))
        foreach (var member in (string[])["x", "y"])
            if (vertex[member] is not JsonValue value || value.GetValueKind() != JsonValueKind.Number) Wrong($"{place}.{member}", "应为数字", "must be a number");
    }

    private string? Text(JsonObject json, string member, string at, bool optional, int longest = LongestText)
    {
        var path = at.Length == 0 ? member : $"{at}.{member}";
        switch (json[member])
        {
            case null:
                if (!optional) Wrong(path, "不能为空", "is missing");
                return null;
            case JsonValue value when value.TryGetValue(out string? text):
                if (!optional && string.IsNullOrWhiteSpace(text)) Wrong(path, "不能为空", "is empty");
                if (text.Length > longest) Wrong(path, $"超过 {longest} 个字符", $"is longer than {longest} characters");
                return text;
            default:
                Wrong(path, "应为文本", "must be a text");
                return null;
        }
    }

    private void Flag(JsonObject json, string member, string at)
    {
        if (json[member] is { } node && (node is not JsonValue value || value.GetValueKind() is not (JsonValueKind.True or JsonValueKind.False)))
            Wrong($"{at}.{member}", "应为是或否", "must be true or false");
    }

    private JsonObject? Object(JsonObject json, string member, string at)
    {
        if (json[member] is null or JsonObject) return json[member] as JsonObject;
        Wrong(at.Length == 0 ? member : $"{at}.{member}", "应为对象", "must be an object");
        return null;
    }

    private JsonArray? Array(JsonObject json, string member, string at)
    {
        if (json[member] is null or JsonArray) return json[member] as JsonArray;
        Wrong(at.Length == 0 ? member : $"{at}.{member}", "应为列表", "must be a list");
        return null;
    }

    private IEnumerable<(JsonObject Item, string At)> Objects(JsonObject json, string member, string at = "")
    {
        if (Array(json, member, at) is not { } list) yield break;
        for (var i = 0; i < list.Count; i++)
        {
            var place = $"{(at.Length == 0 ? "" : at + ".")}{member}[{i}]";
            if (list[i] is JsonObject item) yield return (item, place);
            else Wrong(place, "应为对象", "must be an object");
        }
    }

    private void Wrong(string path, string zh, string en) => problems.Add(new($"{path} {zh}", $"{path} {en}"));
}
