using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PowerWorkflow.Engine.Activities;
using PowerWorkflow.Server.Definitions;
using PowerWorkflow.Server.Refusals;
using PowerWorkflow.Server.Storage;

namespace PowerWorkflow.Server.Api.Studio;

/// <summary>
/// What the designer may draw with, in the reader's language: the engine's activities, definitions used as activities, and the stand-in for what is unknown.
/// Asked for after every save, so the answer is kept until a definition, a form or reference data change.
/// </summary>
internal sealed class StudioDescriptors(ActivityCatalog catalog, IServiceScopeFactory scopes)
{
    /// <summary>How the engine runs a called definition; in a drawing its type is the called definition's name.</summary>
    private const string CalledType = "PowerWorkflow.CallDefinition";

    private readonly Dictionary<string, Answer> answers = [];
    private readonly Lock guard = new();

    /// <summary>The answer to <c>GET /descriptors/activities</c>, UTF-8 JSON.</summary>
    public async Task<byte[]> Utf8(string language, CancellationToken ct) => (await Current(language, ct)).Utf8;

    /// <summary>Whether the designer can draw a type; one it cannot draw blanks its whole canvas.</summary>
    public async Task<Func<string, int, bool>> Known(CancellationToken ct)
    {
        var answer = await Current(Languages.Chinese, ct);
        return (type, version) => answer.Known.Contains((type, version));
    }

    /// <summary>The descriptor of one type.</summary>
    public async Task<JsonObject?> Find(string type, string language, CancellationToken ct)
    {
        var items = JsonNode.Parse(await Utf8(language, ct))!["items"]!.AsArray(); // we wrote it
        return items.OfType<JsonObject>().FirstOrDefault(item => item["typeName"]!.GetValue<string>() == type);
    }

    private async Task<Answer> Current(string language, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WorkflowDb>();
        var stamp = await Stamp(db, ct);
        lock (guard)
        {
            if (answers.GetValueOrDefault(language) is { } kept && kept.Stamp == stamp) return kept;
        }

        var answer = await Build(db, stamp, language, ct);
        lock (guard) answers[language] = answer;
        return answer;
    }

    /// <summary>Changes whenever something that appears in the answer does; saving a draft of an ordinary process changes nothing.</summary>
    private static async Task<string> Stamp(WorkflowDb db, CancellationToken ct)
    {
        var published = await db.DefinitionVersions.CountAsync(v => v.IsPublished, ct);
        var last = await db.DefinitionVersions.MaxAsync(v => v.PublishedAt, ct);
        var forms = await db.FormVersions.CountAsync(ct);
        var reference = await db.ReferenceDocuments.CountAsync(ct);
        var definitions = await db.DefinitionVersions.CountAsync(ct);
        return $"{published}/{last?.ToUnixTimeMilliseconds()}/{forms}/{reference}/{definitions}";
    }

    private async Task<Answer> Build(WorkflowDb db, string stamp, string language, CancellationToken ct)
    {
        var labels = new ActivityLabels(language);
        var choices = await StudioChoices.Read(db, language, ct);
        List<JsonObject> items = [.. catalog.All.Select(a => a.Descriptor).Where(d => d.Type != CalledType).Select(d => Describe(d, labels, choices)), NotFound(labels)];
        var versions = await db.DefinitionVersions.AsNoTracking().Where(v => v.IsLatest || v.IsPublished).ToListAsync(ct);
        items.AddRange(versions.GroupBy(v => v.DefinitionId).Select(g => g.OrderByDescending(v => v.IsPublished).ThenByDescending(v => v.Version).First())
            .Select(v => CalledDefinition.Describe(v, labels)));
        var reply = new JsonObject { ["items"] = new JsonArray([.. items]), ["count"] = items.Count };
        var known = items.Select(item => (item["typeName"]!.GetValue<string>(), item["version"]!.GetValue<int>())).ToHashSet();
        return new(stamp, Encoding.UTF8.GetBytes(reply.ToJsonString(DefinitionFormat.Json)), known);
    }

    private static JsonObject Describe(ActivityDescriptor activity, ActivityLabels labels, StudioChoices choices)
    {
        var text = labels.Activity(activity.Type, activity.Category);
        var inputs = activity.Inputs.Select((input, order) => InputEditors.Describe(activity, input, order, labels, choices));
        var outputs = activity.Outputs.Select(output => Output(output.Name, output.Type, labels.Input(activity.Type, output.Name).Name));
        var ports = new JsonArray();
        foreach (var child in activity.Children.Where(_ => activity.Type != "Elsa.Flowchart")) ports.Add(Port(child, labels.Port(child), "Embedded"));
        // Ways out that the author adds come from the input; the fixed ones beside it are named there.
        if (activity.OutcomesInput is null) foreach (var outcome in activity.Outcomes) ports.Add(Port(outcome, labels.Port(outcome), "Flow"));
        return Descriptor(activity.Type, 1, text, inputs, outputs, ports,
            kind: activity.IsTrigger ? "Trigger" : activity.Type == "PowerWorkflow.UserTask" ? "Task" : "Action",
            isContainer: activity.IsContainer, isBrowsable: activity.IsBrowsable && text.IsNamed, isStart: activity.IsStart, isTerminal: activity.IsTerminal);
    }

    private static JsonObject NotFound(ActivityLabels labels) => Descriptor(StudioDocument.NotFoundType, 1, labels.Activity(StudioDocument.NotFoundType, "other"),
        ((string, string)[])[("MissingTypeName", "String"), ("MissingTypeVersion", "Int32"), ("OriginalActivityJson", "String")] is var members
            ? members.Select((member, order) => InputEditors.Plain(member.Item1, member.Item2, order, labels.Input(StudioDocument.NotFoundType, member.Item1)))
            : [],
        [], [Port("Done", labels.Port("Done"), "Flow")], isBrowsable: false);

    internal static JsonObject Descriptor(string type, int version, ActivityText text, IEnumerable<JsonObject> inputs, IEnumerable<JsonObject> outputs, JsonArray ports,
        string kind = "Action", bool isContainer = false, bool isBrowsable = true, bool isStart = false, bool isTerminal = false,
        JsonObject? custom = null, JsonObject? construction = null)
    {
        var dot = type.LastIndexOf('.');
        return new JsonObject
        {
            ["typeName"] = type,
            ["namespace"] = dot > 0 ? type[..dot] : "PowerWorkflow.Processes",
            ["name"] = type[(dot + 1)..],
            ["version"] = version,
            ["category"] = text.Category,
            ["displayName"] = text.Name,
            ["description"] = text.Description,
            ["inputs"] = new JsonArray([.. inputs]),
            ["outputs"] = new JsonArray([.. outputs]),
            ["kind"] = kind,
            ["runAsynchronously"] = false,
            ["ports"] = ports,
            ["customProperties"] = custom ?? [],
            ["constructionProperties"] = construction ?? [],
            ["isContainer"] = isContainer,
            ["isBrowsable"] = isBrowsable,
            ["isStart"] = isStart,
            ["isTerminal"] = isTerminal,
        };
    }

    internal static JsonObject Port(string name, string label, string type) => new() { ["name"] = name, ["displayName"] = label, ["type"] = type, ["isBrowsable"] = true };

    internal static JsonObject Output(string name, string type, string label) => new()
    {
        ["name"] = name, ["typeName"] = type, ["displayName"] = label, ["description"] = "", ["order"] = 0, ["isBrowsable"] = true, ["isSynthetic"] = false,
    };

    private sealed record Answer(string Stamp, byte[] Utf8, HashSet<(string, int)> Known);
}
