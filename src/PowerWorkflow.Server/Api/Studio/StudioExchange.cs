using System.IO.Compression;
using System.Net.Mime;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using PowerWorkflow.Server.Commands;
using PowerWorkflow.Server.Definitions;
using PowerWorkflow.Server.Refusals;
using PowerWorkflow.Server.Security;
using PowerWorkflow.Server.Storage;
using PowerWorkflow.Server.Storage.Schema;

namespace PowerWorkflow.Server.Api.Studio;

/// <summary>Definitions as files in Elsa's format: what an Elsa Server exports comes in, what goes out an Elsa Server can read.</summary>
internal static class StudioExchange
{
    public static void MapStudioExchange(this IEndpointRouteBuilder api)
    {
        api.MapGet("/workflow-definitions/{definitionId}/export", Export);
        api.MapPost("/workflow-definitions/import", Import).RequireOwner();
        api.MapPost("/bulk-actions/export/workflow-definitions", BulkExport);
        api.MapPost("/bulk-actions/import/workflow-definitions", (Delegate)BulkImport).RequireOwner();
    }

    private sealed record ExportBody(string[] Ids, bool IncludeConsumingWorkflows = false);

    private static async Task<IResult> Export(string definitionId, string? versionOptions, HttpContext http, WorkflowDb db, CancellationToken ct)
    {
        var row = await StudioDefinitions.Versions(db.DefinitionVersions.AsNoTracking().Where(v => v.DefinitionId == definitionId), versionOptions ?? "Latest")
            .OrderByDescending(v => v.Version).FirstOrDefaultAsync(ct) ?? throw new RefusedException(DefinitionProblems.Unknown(definitionId));
        Attach(http, $"{row.DefinitionId}.v{row.Version}.json");
        return TypedResults.Text(FileOf(row), MediaTypeNames.Application.Json, Encoding.UTF8);
    }

    private static async Task<IResult> BulkExport(ExportBody body, HttpContext http, WorkflowDb db, CancellationToken ct)
    {
        var rows = await db.DefinitionVersions.AsNoTracking().Where(v => body.Ids.Contains(v.VersionId)).ToListAsync(ct);
        if (body.IncludeConsumingWorkflows)
        {
            var wanted = rows.Select(r => r.DefinitionId).ToHashSet();
            var others = await db.DefinitionVersions.AsNoTracking().Where(v => v.IsLatest).ToListAsync(ct);
            rows.AddRange(others.Where(o => !wanted.Contains(o.DefinitionId) && CalledDefinitions.In(JsonNode.Parse(o.Document)!.AsObject()).Overlaps(wanted))); // stored documents are objects
        }

        if (rows.Count == 0) throw new RefusedException(DefinitionProblems.Unknown(string.Join(", ", body.Ids.Take(3))));
        using var archive = new MemoryStream();
        using (var zip = new ZipArchive(archive, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var row in rows)
            {
                await using var entry = zip.CreateEntry($"{row.DefinitionId}.v{row.Version}.json").Open();
                await entry.WriteAsync(Encoding.UTF8.GetBytes(FileOf(row)), ct);
            }
        }

        Attach(http, "workflow-definitions.zip");
        return TypedResults.Bytes(archive.ToArray(), MediaTypeNames.Application.Zip);
    }

    private static async Task<IResult> Import(HttpContext http, WorkflowDb db, SaveDefinition saving, SignedIn who, StudioDescriptors descriptors, CancellationToken ct)
    {
        var saved = await ImportOne(await http.ReadDefinition(ct), db, saving, who, ct);
        http.TellRevision(saved.DefinitionId, saved.Revision);
        return StudioReplies.Json(StudioReplies.Definition(saved, true, await descriptors.Known(ct)));
    }

    /// <summary>JSON files and ZIP files of them, as the list's import posts them.</summary>
    private static async Task<IResult> BulkImport(HttpContext http, WorkflowDb db, SaveDefinition saving, SignedIn who, CancellationToken ct)
    {
        var count = 0;
        foreach (var file in (await http.Request.ReadFormAsync(ct)).Files)
        {
            await using var stream = file.OpenReadStream();
            if (!file.FileName.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
            {
                await ImportOne(await Parse(stream, file.FileName, ct), db, saving, who, ct);
                count++;
                continue;
            }

            using var zip = new ZipArchive(stream, ZipArchiveMode.Read);
            foreach (var entry in zip.Entries.Where(e => e.Name.EndsWith(".json", StringComparison.OrdinalIgnoreCase)))
            {
                await using var content = entry.Open();
                await ImportOne(await Parse(content, entry.FullName, ct), db, saving, who, ct);
                count++;
            }
        }

        return StudioReplies.Json(new JsonObject { ["count"] = count });
    }

    /// <summary>An import replaces the draft of the definition it names and nothing else; it is published like any other change.</summary>
    private static async Task<SavedDefinition> ImportOne(JsonObject file, WorkflowDb db, SaveDefinition saving, SignedIn who, CancellationToken ct)
    {
        if (file["root"] is not JsonObject) throw new RefusedException(DefinitionProblems.ImportUnreadable("root"));
        var definitionId = file["definitionId"] is JsonValue id && id.TryGetValue(out string? text) ? text : null;
        var head = definitionId is null ? null : await DefinitionHead.Find(db, definitionId, ct);
        return await saving.Execute(new DefinitionSave(file, who.PersonId, head?.Revision, null, 0, ConfirmEmpty: true), ct);
    }

    private static async Task<JsonObject> Parse(Stream stream, string name, CancellationToken ct)
    {
        try
        {
            using var limited = new MemoryStream();
            var buffer = new byte[81920];
            for (int read; (read = await stream.ReadAsync(buffer, ct)) > 0;)
            {
                limited.Write(buffer, 0, read);
                if (limited.Length > 2 * DefinitionFormat.LargestBytes) throw new RefusedException(DefinitionProblems.TooLarge(DefinitionFormat.LargestBytes));
            }

            return JsonNode.Parse(limited.ToArray(), documentOptions: new() { AllowDuplicateProperties = false }) as JsonObject ?? throw new RefusedException(DefinitionProblems.ImportUnreadable(name));
        }
        catch (System.Text.Json.JsonException unreadable)
        {
            throw new RefusedException(DefinitionProblems.ImportUnreadable($"{name}: {unreadable.Message}"));
        }
    }

    /// <summary>The stored document with the members by which an Elsa Server knows a version.</summary>
    private static string FileOf(DefinitionVersion row)
    {
        var document = JsonNode.Parse(row.Document)!.AsObject(); // stored documents are objects
        var file = new JsonObject { ["$schema"] = document["$schema"]?.DeepClone() ?? DefinitionFormat.Schema };
        file["id"] = row.VersionId;
        file["definitionId"] = row.DefinitionId;
        foreach (var (member, value) in document) if (!file.ContainsKey(member)) file[member] = value?.DeepClone();
        file["version"] = row.Version;
        file["createdAt"] = row.CreatedAt;
        file["isLatest"] = row.IsLatest;
        file["isPublished"] = row.IsPublished;
        return DefinitionFormat.Write(file);
    }

    private static void Attach(HttpContext http, string name)
    {
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(name);
        http.Response.Headers.ContentDisposition = disposition.ToString();
    }
}
