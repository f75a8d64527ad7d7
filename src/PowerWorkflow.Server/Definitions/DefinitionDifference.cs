using System.Text.Json.Nodes;
using PowerWorkflow.Processes.Documents;

namespace PowerWorkflow.Server.Definitions;

/// <summary>One change between two versions, in words.</summary>
/// <param name="Kind">added, removed, changed, renamed, connection, variable or definition.</param>
/// <param name="ActivityId">The activity it is about, if any.</param>
public sealed record DefinitionChange(string Kind, string? ActivityId, LocalText Text);

/// <summary>What a person would say changed between two versions of a definition. Where a step stands on the drawing is no change.</summary>
internal static class DefinitionDifference
{
    public static IReadOnlyList<DefinitionChange> Between(JsonObject before, JsonObject after)
    {
        List<DefinitionChange> changes = [];
        foreach (var (member, zh, en) in ((string, string, string)[])[("name", "名称", "Name"), ("description", "说明", "Description")])
            if (Shown(before[member]) != Shown(after[member])) changes.Add(new("definition", null, new($"{zh}：“{Shown(before[member])}”改为“{Shown(after[member])}”", $"{en}: '{Shown(before[member])}' becomes '{Shown(after[member])}'")));

        var then = Steps(before);
        var now = Steps(after);
        foreach (var (id, step) in now) if (!then.ContainsKey(id)) changes.Add(new("added", id, new($"新增步骤“{Label(step)}”", $"Step '{Label(step)}' added")));
        foreach (var (id, step) in then) if (!now.ContainsKey(id)) changes.Add(new("removed", id, new($"删除步骤“{Label(step)}”", $"Step '{Label(step)}' removed")));
        foreach (var (id, step) in now)
        {
            if (!then.TryGetValue(id, out var old)) continue;
            if (Label(old) != Label(step)) changes.Add(new("renamed", id, new($"步骤“{Label(old)}”改名为“{Label(step)}”", $"Step '{Label(old)}' is now called '{Label(step)}'")));
            foreach (var member in Members(old).Union(Members(step)))
            {
                var (was, becomes) = (Shown(old[member]), Shown(step[member]));
                if (was != becomes) changes.Add(new("changed", id, new($"步骤“{Label(step)}”的{Member(member, false)}：{Quote(was, false)}改为{Quote(becomes, false)}", $"{Member(member, true)} of step '{Label(step)}': {Quote(was, true)} becomes {Quote(becomes, true)}")));
            }
        }

        var (linesThen, linesNow) = (Lines(before, then), Lines(after, now));
        foreach (var (key, line) in linesNow) if (!linesThen.ContainsKey(key)) changes.Add(new("connection", null, new($"新增连线 {line}", $"Connection {line} added")));
        foreach (var (key, line) in linesThen) if (!linesNow.ContainsKey(key)) changes.Add(new("connection", null, new($"删除连线 {line}", $"Connection {line} removed")));
        Named(before, after, "variables", "变量", "Variable", changes);
        Named(before, after, "inputs", "输入", "Input", changes);
        Named(before, after, "outputs", "输出", "Output", changes);
        return changes;
    }

    /// <summary>Label of an activity in the drawing, else its name, else its type.</summary>
    public static string Label(JsonObject activity) =>
        Text((activity["metadata"] as JsonObject)?["displayText"]) ?? Text(activity["name"]) ?? Text(activity["type"]) ?? Text(activity["id"]) ?? "?";

    private static Dictionary<string, JsonObject> Steps(JsonObject document) => StudioDocument.Activities(document).Skip(1)
        .Where(a => Text(a["id"]) is not null).DistinctBy(a => Text(a["id"])).ToDictionary(a => Text(a["id"])!); // those without were left out

    private static List<string> Members(JsonObject activity)
    {
        var children = StudioDocument.Children(activity).Select(child => child.Child).ToHashSet();
        return activity.Where(m => m.Key is not ("id" or "metadata" or "nodeId" or "connections" or "activities" or "version") && (m.Value is not JsonObject value || !children.Contains(value)))
            .Select(m => m.Key).ToList();
    }

    private static Dictionary<string, string> Lines(JsonObject document, Dictionary<string, JsonObject> steps)
    {
        Dictionary<string, string> lines = [];
        foreach (var container in StudioDocument.Activities(document))
        foreach (var connection in (container["connections"] as JsonArray)?.OfType<JsonObject>() ?? [])
        {
            var (source, port) = End(connection, "source", "sourcePort", "Done");
            var (target, _) = End(connection, "target", "targetPort", "In");
            string Name(string id) => steps.TryGetValue(id, out var step) ? Label(step) : id;
            lines[$"{source}\n{port}\n{target}"] = port == "Done" ? $"{Name(source)} → {Name(target)}" : $"{Name(source)} [{port}] → {Name(target)}";
        }

        return lines;
    }

    private static (string Activity, string Port) End(JsonObject connection, string end, string flatPort, string otherwise) => connection[end] is JsonObject nested
        ? (Text(nested["activity"]) ?? "?", Text(nested["port"]) ?? otherwise)
        : (Text(connection[end]) ?? "?", Text(connection[flatPort]) ?? otherwise);

    private static void Named(JsonObject before, JsonObject after, string list, string zh, string en, List<DefinitionChange> changes)
    {
        Dictionary<string, JsonObject> Of(JsonObject document) => ((document[list] as JsonArray)?.OfType<JsonObject>() ?? [])
            .Where(i => Text(i["name"]) is not null).DistinctBy(i => Text(i["name"])).ToDictionary(i => Text(i["name"])!); // those without were left out
        var (then, now) = (Of(before), Of(after));
        foreach (var name in now.Keys.Except(then.Keys)) changes.Add(new("variable", null, new($"新增{zh}“{name}”", $"{en} '{name}' added")));
        foreach (var name in then.Keys.Except(now.Keys)) changes.Add(new("variable", null, new($"删除{zh}“{name}”", $"{en} '{name}' removed")));
        foreach (var name in now.Keys.Intersect(then.Keys))
            foreach (var member in (string[])["typeName", "type", "isArray", "value"])
                if (Shown(then[name][member]) is var was && Shown(now[name][member]) is var becomes && was != becomes)
                    changes.Add(new("variable", null, new($"{zh}“{name}”：{Quote(was, false)}改为{Quote(becomes, false)}", $"{en} '{name}': {Quote(was, true)} becomes {Quote(becomes, true)}")));
    }

    /// <summary>The value of a wrapped input, or the value itself, as text: how it is wrapped is no change.</summary>
    private static string Shown(JsonNode? node) => node switch
    {
        null => "",
        JsonValue value => value.TryGetValue(out string? text) ? text : value.ToJsonString(DefinitionFormat.Json).ToLowerInvariant(),
        JsonObject wrapped when wrapped["expression"] is JsonObject expression =>
            (Text(expression["type"]) is "Literal" or "Object" or null ? "" : $"{Text(expression["type"])}: ") + Plain(expression["value"]),
        _ => node.ToJsonString(DefinitionFormat.Json),
    };

    /// <summary>Literal values are texts once the designer has touched them: "False" is false, a list in a text is that list.</summary>
    private static string Plain(JsonNode? value)
    {
        var text = Shown(value);
        if (bool.TryParse(text, out var flag)) return flag ? "true" : "false";
        if (text.Length == 0 || text[0] is not ('[' or '{')) return text;
        try
        {
            return JsonNode.Parse(text)?.ToJsonString(DefinitionFormat.Json) ?? text;
        }
        catch (System.Text.Json.JsonException)
        {
            return text;
        }
    }

    private static string Quote(string text, bool english) => text.Length == 0 ? (english ? "nothing" : "空") : english ? $"'{Short(text)}'" : $"“{Short(text)}”";

    private static string Short(string text) => text.Length <= 80 ? text : text[..79] + "…";

    private static readonly Dictionary<string, (string Zh, string En)> Known = new()
    {
        ["role"] = ("办理角色", "Role"), ["person"] = ("指定人员", "Person"), ["unit"] = ("办理单位", "Unit"), ["form"] = ("表单", "Form"), ["judge"] = ("判定规则", "Judge"), ["outcomes"] = ("可选结果", "Outcomes"),
        ["limit"] = ("时限", "Time limit"), ["ladder"] = ("提醒阶梯", "Ladder"), ["dueIn"] = ("办理期限", "Due time"), ["persons"] = ("签字人数", "Persons"), ["notSameAs"] = ("四眼要求", "Four eyes"),
        ["title"] = ("标题", "Title"), ["evidence"] = ("证据", "Evidence"), ["policy"] = ("政策时限", "Policy item"), ["clock"] = ("计时器", "Clock"), ["code"] = ("代码", "Code"), ["condition"] = ("条件", "Condition"),
        ["name"] = ("步骤代码", "Step code"), ["type"] = ("类型", "Type"), ["template"] = ("模板", "Template"), ["returnTargets"] = ("可退回的步骤", "Return targets"), ["allowDelegate"] = ("允许转办", "Delegation"),
    };

    private static string Member(string member, bool english) => Known.TryGetValue(member, out var name) ? english ? name.En : name.Zh : member;

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
