using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PowerWorkflow.Server.Storage;
using PowerWorkflow.Server.Storage.Schema;

namespace PowerWorkflow.Server.Definitions;

/// <summary>
/// Brings the folder <c>workflows/</c> into a database that does not have it yet. What is there already is never overwritten: a file that differs is logged,
/// and publishing it is a decision that somebody takes in the designer.
/// </summary>
public sealed class WorkflowSeeds(WorkflowDb db, DateTimeOffset now, ILogger log)
{
    private static readonly FrozenDictionary<string, string> KindOfFolder = new Dictionary<string, string>
    {
        ["calendars"] = "calendar", ["policies"] = "policy", ["policies/sets"] = "policy-set", ["checklists"] = "checklist", ["i18n"] = "labels",
    }.ToFrozenDictionary();

    /// <summary>Seeds everything below a folder in one save.</summary>
    public async Task SeedAsync(string folder, CancellationToken cancel)
    {
        foreach (var process in Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal))
        {
            if (File.Exists(Path.Combine(process, "definition.json")))
            {
                await SeedDefinitionAsync(process, cancel);
                await SeedFormsAsync(process, cancel);
            }
        }
        var shared = Path.Combine(folder, "shared");
        if (Directory.Exists(shared))
            await SeedReferencesAsync(shared, cancel);
        await db.SaveChangesAsync(cancel);
    }

    private async Task SeedDefinitionAsync(string process, CancellationToken cancel)
    {
        var file = Path.Combine(process, "definition.json");
        var (document, text, hash) = await ReadAsync(file, cancel);
        var definitionId = Path.GetFileName(process);
        var known = await db.DefinitionVersions.Where(row => row.DefinitionId == definitionId).Select(row => row.Hash).ToListAsync(cancel);
        if (known.Count > 0)
        {
            if (!known.Contains(hash))
                log.LogWarning("{File} differs from every stored version of '{Definition}'; the stored ones stay. Import it in the designer to publish it.", file, definitionId);
            return;
        }
        var version = (int?)document["version"] ?? 1;
        db.Add(new DefinitionVersion
        {
            VersionId = (string?)document["id"] ?? $"{definitionId}-v{version}",
            DefinitionId = definitionId,
            Version = version,
            Name = (string?)document["name"] ?? definitionId,
            Document = text,
            Hash = hash,
            Labels = await LabelsAsync(process, cancel),
            IsLatest = true,
            IsPublished = true,
            CreatedBy = "system",
            CreatedAt = now,
            PublishedAt = now,
        });
    }

    private static async Task<string?> LabelsAsync(string process, CancellationToken cancel)
    {
        var folder = Path.Combine(process, "i18n");
        if (!Directory.Exists(folder))
            return null;
        var labels = new JsonObject();
        foreach (var file in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
            labels[Path.GetFileNameWithoutExtension(file)] = (await ReadAsync(file, cancel)).Document;
        return labels.ToJsonString(BurstRows.Readable);
    }

    private async Task SeedFormsAsync(string process, CancellationToken cancel)
    {
        var folder = Path.Combine(process, "forms");
        if (!Directory.Exists(folder))
            return;
        var definitionId = Path.GetFileName(process);
        foreach (var file in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            var (document, text, hash) = await ReadAsync(file, cancel);
            var code = Path.GetFileNameWithoutExtension(file);
            var known = await db.FormVersions.Where(row => row.Process == definitionId && row.Code == code).Select(row => row.Hash).ToListAsync(cancel);
            if (known.Count > 0)
            {
                if (!known.Contains(hash))
                    log.LogWarning("{File} differs from every stored version of the form; the stored ones stay.", file);
                continue;
            }
            var version = (int?)document["version"] ?? 1;
            db.Add(new FormVersion
            {
                VersionId = $"{definitionId}/{code}-v{version}", Process = definitionId, Code = code, Version = version, Json = text, Hash = hash, CreatedAt = now,
            });
        }
    }

    private async Task SeedReferencesAsync(string shared, CancellationToken cancel)
    {
        foreach (var file in Directory.EnumerateFiles(shared, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var folder = Path.GetRelativePath(shared, Path.GetDirectoryName(file) ?? shared).Replace('\\', '/');
            var code = Path.GetFileNameWithoutExtension(file);
            var kind = folder == "." ? code : KindOfFolder.GetValueOrDefault(folder, folder);
            var (document, text, hash) = await ReadAsync(file, cancel);
            var known = await db.ReferenceDocuments.Where(row => row.Kind == kind && row.Code == code).Select(row => row.Hash).ToListAsync(cancel);
            if (known.Count > 0)
            {
                if (!known.Contains(hash))
                    log.LogWarning("{File} differs from every stored version of {Kind} '{Code}'; the stored ones stay.", file, kind, code);
                continue;
            }
            var version = document["version"] is JsonValue number && number.TryGetValue(out int given) ? given : 1;
            db.Add(new ReferenceDocument { Kind = kind, Code = code, Version = version, Json = text, Hash = hash, CreatedAt = now });
        }
    }

    private static async Task<(JsonObject Document, string Text, string Hash)> ReadAsync(string file, CancellationToken cancel)
    {
        var document = JsonNode.Parse(await File.ReadAllTextAsync(file, cancel)) as JsonObject
            ?? throw new InvalidDataException($"{file} is not a JSON object. Correct the file; nothing of workflows/ was brought into the database.");
        var text = document.ToJsonString(BurstRows.Readable);
        return (document, text, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
    }
}
