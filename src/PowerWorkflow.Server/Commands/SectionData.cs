using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace PowerWorkflow.Server.Commands;

/// <summary>Sections of a data document that are parsed when somebody looks: most steps look at one or two of many.</summary>
internal sealed class SectionData(IReadOnlyDictionary<string, string> stored) : IReadOnlyDictionary<string, JsonObject>
{
    private readonly Dictionary<string, JsonObject> parsed = [];

    public JsonObject this[string key] => TryGetValue(key, out var section) ? section : throw new KeyNotFoundException($"The case has no section '{key}'.");

    public IEnumerable<string> Keys => stored.Keys;

    public IEnumerable<JsonObject> Values => stored.Keys.Select(key => this[key]);

    public int Count => stored.Count;

    public bool ContainsKey(string key) => stored.ContainsKey(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out JsonObject value)
    {
        if (parsed.TryGetValue(key, out value))
            return true;
        if (!stored.TryGetValue(key, out var json))
            return false;
        parsed[key] = value = JsonNode.Parse(json) as JsonObject ?? throw new InvalidDataException($"Section '{key}' is stored as something else than a JSON object.");
        return true;
    }

    public IEnumerator<KeyValuePair<string, JsonObject>> GetEnumerator() =>
        stored.Keys.Select(key => KeyValuePair.Create(key, this[key])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
