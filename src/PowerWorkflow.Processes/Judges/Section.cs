using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using PowerWorkflow.Processes.Forms;

namespace PowerWorkflow.Processes.Judges;

/// <summary>A part of the data document, read without surprise: what is absent or of another type reads as null, false or empty.</summary>
internal readonly struct Section(JsonObject? values)
{
    public bool IsThere => values is not null;

    public Section this[string name] => new(values?[name] as JsonObject);

    public string? Text(string name) => values?[name] is JsonValue value && value.TryGetValue<string>(out var text) && text.Trim() is { Length: > 0 } trimmed ? trimmed : null;

    public bool Flag(string name) => values?[name]?.GetValueKind() == JsonValueKind.True;

    public decimal? Number(string name) => Numbers.Of(values?[name]);

    public DateTimeOffset? Instant(string name) =>
        DateTimeOffset.TryParse(Text(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;

    public DateOnly? Date(string name) => DateOnly.TryParseExact(Text(name), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    public IReadOnlyList<Section> List(string name) => values?[name] is JsonArray list ? [.. list.OfType<JsonObject>().Select(item => new Section(item))] : [];

    public IReadOnlyList<string> Texts(string name) => values?[name] is JsonArray list ? [.. list.OfType<JsonValue>().Select(item => item.ToString())] : [];

    public JsonObject? Json => values;
}
