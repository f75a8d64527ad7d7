using System.Collections.Concurrent;
using PowerWorkflow.Processes.Activities;

namespace PowerWorkflow.Server.Definitions;

/// <summary>Parsed calendars, policies, pause codes and ladders, one library for each set of versions that cases are pinned to.</summary>
public sealed class ReferenceLibraries
{
    private static readonly string[] MeasureTime = ["calendar", "policy", "policy-set", "ladders"];

    private readonly ConcurrentDictionary<string, Task<ReferenceLibrary?>> libraries = new(StringComparer.Ordinal);

    /// <summary>The pin of the policies in force for a unit; null when no reference data are loaded.</summary>
    public async Task<string?> PoliciesOf(IReadOnlyDictionary<string, int> references, IReadOnlyList<string> upwards, DateOnly today, DefinitionCatalog catalog) =>
        (await Of(references, catalog))?.Policies.InForce(upwards, today).Pin;

    /// <summary>What the domain's activities look at in a case with these pins; null when no reference data are loaded.</summary>
    public async Task<object?> WorldOf(CasePins pins, DefinitionCatalog catalog) =>
        pins.Policies is { } policies && await Of(pins.References, catalog) is { } library ? library.WorldOf(pins.Calendar, policies) : null;

    private Task<ReferenceLibrary?> Of(IReadOnlyDictionary<string, int> references, DefinitionCatalog catalog)
    {
        var wanted = references.Where(reference => MeasureTime.Contains(reference.Key.Split('/')[0])).OrderBy(reference => reference.Key, StringComparer.Ordinal).ToList();
        var key = string.Join(' ', wanted.Select(reference => $"{reference.Key}@{reference.Value}"));
        if (libraries.TryGetValue(key, out var failed) && failed.IsFaulted)
            libraries.TryRemove(key, out _);
        return libraries.GetOrAdd(key, _ => Read(wanted, catalog));
    }

    private static async Task<ReferenceLibrary?> Read(List<KeyValuePair<string, int>> wanted, DefinitionCatalog catalog)
    {
        if (wanted.Count == 0)
            return null;
        var documents = new List<ReferenceText>();
        foreach (var (key, version) in wanted)
        {
            var (kind, code) = (key[..key.IndexOf('/', StringComparison.Ordinal)], key[(key.IndexOf('/', StringComparison.Ordinal) + 1)..]);
            documents.Add(new(kind, code, (await catalog.ReferenceAsync(kind, code, version)).ToJsonString()));
        }
        return ReferenceLibrary.Parse(documents);
    }
}
