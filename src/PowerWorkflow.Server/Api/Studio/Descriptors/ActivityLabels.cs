using System.Text.Json;
using PowerWorkflow.Server.Refusals;

namespace PowerWorkflow.Server.Api.Studio;

/// <summary>Name and explanation of an activity in one language.</summary>
/// <param name="IsNamed">False for a type nobody has written labels for: it is kept out of the palette.</param>
internal sealed record ActivityText(string Name, string Description, string Category, bool IsNamed = true);

/// <summary>Labels of activities, inputs and ports in Chinese and English, from <c>labels.json</c> beside this file.</summary>
internal sealed class ActivityLabels(string language)
{
    private static readonly Book Labels = Load();
    private readonly bool english = language == Languages.English;

    public ActivityText Activity(string type, string category) => Labels.Activities.TryGetValue(type, out var entry)
        ? new(Pick(entry), (english ? entry.EnDescription : entry.ZhDescription) ?? "", Category(entry.Category ?? category))
        : new(type[(type.LastIndexOf('.') + 1)..], "", Category(category), IsNamed: false);

    /// <summary>Label of an input or output: the one written for this type, else for any type.</summary>
    public (string Name, string Description) Input(string type, string name) =>
        Labels.Inputs.TryGetValue($"{type}.{name}", out var entry) || Labels.Inputs.TryGetValue(name, out entry)
            ? (Pick(entry), (english ? entry.EnDescription : entry.ZhDescription) ?? "")
            : (name, "");

    public string Port(string name) => Labels.Ports.TryGetValue(name, out var entry) ? Pick(entry) : name;

    public string Category(string category) => Labels.Categories.TryGetValue(category, out var entry) ? Pick(entry) : category;

    private string Pick(Entry entry) => english ? entry.En : entry.Zh;

    private static Book Load()
    {
        using var stream = typeof(ActivityLabels).Assembly.GetManifestResourceStream("studio-labels.json")
            ?? throw new InvalidOperationException("The program was built without the designer's labels (studio-labels.json).");
        return JsonSerializer.Deserialize<Book>(stream, JsonSerializerOptions.Web) ?? throw new InvalidDataException("studio-labels.json is empty.");
    }

    private sealed record Entry(string Zh, string En, string? ZhDescription, string? EnDescription, string? Category);

    private sealed record Book(
        Dictionary<string, Entry> Categories, Dictionary<string, Entry> Activities, Dictionary<string, Entry> Inputs, Dictionary<string, Entry> Ports);
}
