using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PowerWorkflow.Server.Definitions;
using PowerWorkflow.Server.Refusals;
using PowerWorkflow.Server.Storage;

namespace PowerWorkflow.Server.Queries;

/// <summary>Names of processes, steps, outcomes and activities in both languages, from the labels published with each definition; and who may start which process.</summary>
public sealed class LabelBook
{
    private readonly Dictionary<(string Process, string Language), JsonElement> labels = [];
    private readonly Dictionary<string, string> names = [];

    private readonly Dictionary<string, StartRules> starts = [];

    /// <param name="published">Definition id, its name, its document and its labels: an object by language.</param>
    public LabelBook(IEnumerable<(string DefinitionId, string Name, string Document, string? Labels)> published)
    {
        foreach (var (id, name, definition, json) in published)
        {
            names[id] = name;
            starts[id] = StartRules.Of(JsonNode.Parse(definition)!); // stored by us, never the JSON null
            if (json is null)
            {
                continue;
            }

            using var document = JsonDocument.Parse(json);
            foreach (var language in document.RootElement.EnumerateObject())
            {
                labels[(id, language.Name)] = language.Value.Clone();
            }
        }
    }

    /// <summary>Who may start each process, by definition id.</summary>
    public IReadOnlyDictionary<string, StartRules> Starts => starts;

    public string Process(string definitionId, string language) =>
        Find(definitionId, language, "process", "name") ?? names.GetValueOrDefault(definitionId, definitionId);

    /// <param name="title">Shown when the book has no label: what the definition says.</param>
    public string Step(string process, string step, string title, string language) =>
        // A title may be made from the case's data; only where another language is read the label replaces it.
        language == Languages.Chinese ? title : Find(process, language, "steps", step) ?? title;

    public string Outcome(string process, string step, string outcome, string language) =>
        Find(process, language, "outcomes", $"{step}.{outcome}") ?? Find(process, language, "outcomes", outcome) ?? outcome;

    /// <summary>An activity of the drawing, a step included; the id itself when nobody labelled it.</summary>
    public string Activity(string process, string activityId, string language) =>
        Find(process, language, "steps", activityId) ?? Find(process, language, "activities", activityId) ?? activityId;

    /// <summary>Step labels of a process by step code.</summary>
    public IReadOnlyDictionary<string, string> Steps(string process, string language) => Group(process, language, "steps");

    /// <summary>Outcome labels by <c>step.outcome</c>.</summary>
    public IReadOnlyDictionary<string, string> Outcomes(string process, string language) => Group(process, language, "outcomes");

    private Dictionary<string, string> Group(string process, string language, string group) =>
        labels.TryGetValue((process, language), out var all) && all.TryGetProperty(group, out var found) && found.ValueKind == JsonValueKind.Object
            ? found.EnumerateObject().Where(e => e.Value.ValueKind == JsonValueKind.String).ToDictionary(e => e.Name, e => e.Value.GetString()!) // a string
            : [];

    private string? Find(string process, string language, string group, string code) =>
        labels.TryGetValue((process, language), out var all)
        && all.TryGetProperty(group, out var found) && found.ValueKind == JsonValueKind.Object
        && found.TryGetProperty(code, out var label) && label.ValueKind == JsonValueKind.String
            ? label.GetString()
            : null;
}

/// <summary>Keeps the <see cref="LabelBook"/> of the published definitions; a publication shows within ten seconds.</summary>
public sealed class LabelShelf(IDbContextFactory<WorkflowDb> databases, TimeProvider time)
{
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(10);
    private volatile Tuple<LabelBook, DateTimeOffset>? book;

    public async ValueTask<LabelBook> Book(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (book is { } kept && now >= kept.Item2 && now - kept.Item2 < Kept)
        {
            return kept.Item1;
        }

        await using var db = await databases.CreateDbContextAsync(ct);
        var rows = await db.DefinitionVersions.AsNoTracking().Where(d => d.IsPublished)
            .Select(d => new { d.DefinitionId, d.Version, d.Name, d.Document, d.Labels }).ToListAsync(ct);
        var read = new LabelBook(rows.GroupBy(r => r.DefinitionId).Select(g => g.MaxBy(r => r.Version)!) // a group has a member
            .Select(r => (r.DefinitionId, r.Name, r.Document, r.Labels)));
        book = Tuple.Create(read, now);
        return read;
    }
}
