using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PowerWorkflow.Engine;
using PowerWorkflow.Engine.Activities;
using PowerWorkflow.Engine.Definitions;
using PowerWorkflow.Server.Storage;

namespace PowerWorkflow.Server.Definitions;

/// <summary>
/// Definitions, forms and reference data by immutable version, read once and kept; and which of them a case that starts now is held to.
/// </summary>
public sealed class DefinitionCatalog(IDbContextFactory<WorkflowDb> databases, ActivityCatalog activities, CaseSurroundings surroundings, ServerClock clock)
{
    /// <summary>How long after a publication on another node a case may still start with the version before.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, Lazy<Task<WorkflowDefinition>>> definitions = new();
    private readonly ConcurrentDictionary<string, Lazy<Task<World>>> worlds = new();
    private readonly ConcurrentDictionary<string, Lazy<Task<CasePins>>> pins = new();
    private readonly ConcurrentDictionary<string, Lazy<Task<JsonObject>>> documents = new();
    private volatile Publications? publications;

    /// <summary>To be called after a version was published or assigned, so that the next case on this node starts with it.</summary>
    public void Forget() => publications = null;

    /// <summary>A definition, ready to run.</summary>
    /// <exception cref="DefinitionNotFoundException">There is no such version.</exception>
    public Task<WorkflowDefinition> DefinitionAsync(string versionId) => Once(definitions, versionId, async () =>
    {
        await using var db = await databases.CreateDbContextAsync();
        var row = await db.DefinitionVersions.AsNoTracking().SingleOrDefaultAsync(version => version.VersionId == versionId)
            ?? throw new DefinitionNotFoundException($"There is no definition version '{versionId}'.");
        // A draft changes under its version id until it is published; no case is held to one.
        if (row.PublishedAt is null)
            definitions.TryRemove(versionId, out _);
        return WorkflowDefinition.Read(Parse(row.Document, "definition"), activities, row.VersionId);
    });

    /// <summary>A form document by its version id (see <see cref="CasePins.Forms"/>).</summary>
    public Task<JsonObject> FormAsync(string versionId) => Once(documents, "form:" + versionId, async () =>
    {
        await using var db = await databases.CreateDbContextAsync();
        return Parse(await db.FormVersions.Where(form => form.VersionId == versionId).Select(form => form.Json).SingleOrDefaultAsync(), $"form version '{versionId}'");
    });

    /// <summary>A reference document (policy, calendar, checklist …) by version.</summary>
    public Task<JsonObject> ReferenceAsync(string kind, string code, int version) => Once(documents, $"{kind}/{code}/{version}", async () =>
    {
        await using var db = await databases.CreateDbContextAsync();
        var json = await db.ReferenceDocuments.Where(row => row.Kind == kind && row.Code == code && row.Version == version)
            .Select(row => row.Json).SingleOrDefaultAsync();
        return Parse(json, $"{kind} '{code}' version {version}");
    });

    /// <summary>The newest version of a reference document, or null.</summary>
    public async Task<JsonObject?> NewestReferenceAsync(string kind, string code) =>
        (await PublicationsAsync()).References.TryGetValue($"{kind}/{code}", out var version) ? await ReferenceAsync(kind, code, version) : null;

    /// <summary>The version of a process that cases of a unit start with at an instant, or null when it is not published for them.</summary>
    public async Task<string?> VersionForAsync(string process, string unit, DateTimeOffset at) =>
        (await PublicationsAsync()).VersionFor(process, [.. surroundings.Upwards(unit)], at);

    /// <summary>Everything a case of the process that starts in the unit now is held to.</summary>
    /// <exception cref="DefinitionNotFoundException">The process, or one it calls, has no version for the unit.</exception>
    public async Task<CasePins> PinAsync(string process, string unit, DateTimeOffset at)
    {
        var published = await PublicationsAsync();
        string[] upwards = [.. surroundings.Upwards(unit)];
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var open = new Queue<string>([process]);
        while (open.TryDequeue(out var definitionId))
        {
            if (found.ContainsKey(definitionId))
                continue;
            var version = published.VersionFor(definitionId, upwards, at);
            if (version is null)
            {
                if (definitionId == process)
                    throw new DefinitionNotFoundException($"Process '{process}' has no published version for unit '{unit}'. Publish it, or assign a version to the unit.");
                // A call that may never be reached: it becomes an incident when it is, and names the definition.
                continue;
            }
            found[definitionId] = version;
            foreach (var called in CalledDefinitions.In((await DefinitionAsync(version)).Document))
                open.Enqueue(called);
        }
        var zone = surroundings.TimeZoneOf(unit);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById(zone)).DateTime);
        return new CasePins
        {
            Definitions = found,
            Forms = new(published.Forms.Where(form => found.ContainsKey(form.Key[..form.Key.IndexOf('/', StringComparison.Ordinal)])).ToDictionary(), StringComparer.Ordinal),
            References = new(published.References.ToDictionary(), StringComparer.Ordinal),
            TimeZone = zone,
            Calendar = surroundings.CalendarOf(unit),
            Policies = await surroundings.PoliciesOf(published.References, upwards, today, this),
        };
    }

    /// <summary>The pins of a running case.</summary>
    public Task<CasePins> PinsAsync(string pinId) => Once(pins, pinId, async () =>
    {
        await using var db = await databases.CreateDbContextAsync();
        return CasePins.FromJson(await db.PinSets.Where(set => set.PinId == pinId).Select(set => set.Json).SingleAsync());
    });

    /// <summary>What a burst of a case with these pins may look at, without the case's own data.</summary>
    public Task<World> WorldAsync(string pinId, CasePins held) => Once(worlds, pinId, async () =>
    {
        var versions = new Dictionary<string, WorkflowDefinition>();
        foreach (var version in held.Definitions.Values)
            versions[version] = await DefinitionAsync(version);
        return new World
        {
            Definitions = versions,
            Versions = held.Definitions,
            TimeZone = held.TimeZone,
            Domain = await surroundings.Domain(held, this),
        };
    });

    private async Task<Publications> PublicationsAsync()
    {
        if (publications is { } known && clock.GetElapsedTime(known.ReadAt) < Fresh)
            return known;
        await using var db = await databases.CreateDbContextAsync();
        return publications = await Publications.ReadAsync(db, clock.GetTimestamp());
    }

    private static JsonObject Parse(string? json, string what) =>
        json is null ? throw new DefinitionNotFoundException($"There is no {what}.") : JsonNode.Parse(json) as JsonObject
            ?? throw new InvalidDataException($"The stored {what} is not a JSON object.");

    /// <summary>Reads once however many ask at the same time; a failure is not kept.</summary>
    private static async Task<T> Once<T>(ConcurrentDictionary<string, Lazy<Task<T>>> kept, string key, Func<Task<T>> read)
    {
        var reading = kept.GetOrAdd(key, _ => new Lazy<Task<T>>(read));
        try
        {
            return await reading.Value;
        }
        catch
        {
            kept.TryRemove(new(key, reading));
            throw;
        }
    }
}

/// <summary>A definition, form or reference document that a case needs is not there.</summary>
public sealed class DefinitionNotFoundException(string message) : Exception(message);
