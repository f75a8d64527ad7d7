using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PowerWorkflow.Server.Commands;
using PowerWorkflow.Server.Definitions;
using PowerWorkflow.Server.Queries;
using PowerWorkflow.Server.Refusals;
using PowerWorkflow.Server.Security;
using PowerWorkflow.Server.Storage;
using PowerWorkflow.Server.Storage.Schema;

namespace PowerWorkflow.Server.Api.Studio;

/// <summary>Reading definitions: lists, one definition, its versions, its names.</summary>
internal static class StudioDefinitions
{
    public static void MapStudioDefinitions(this IEndpointRouteBuilder api)
    {
        api.MapGet("/workflow-definitions", List);
        api.MapGet("/workflow-definitions/validation/is-name-unique", IsNameUnique);
        api.MapGet("/workflow-definitions/by-definition-id/{definitionId}", ByDefinitionId);
        api.MapGet("/workflow-definitions/by-id/{versionId}", ByVersionId);
        api.MapGet("/workflow-definitions/many-by-id", ManyById);
        api.MapGet("/workflow-definitions/query/count", Count);
        api.MapGet("/workflow-definitions/{definitionId}/consumers", Consumers);
        api.MapPost("/workflow-definitions/{definitionId}/update-references", UpdateReferences).RequireOwner();
    }

    private static async Task<IResult> List(HttpContext http, WorkflowDb db, SignedIn who, string? versionOptions, CancellationToken ct)
    {
        var query = http.Request.Query;
        var rows = Versions(db.DefinitionVersions.AsNoTracking(), versionOptions);
        if (Values(query["definitionIds"]) is { Length: > 0 } definitionIds) rows = rows.Where(v => definitionIds.Contains(v.DefinitionId));
        if (Values(query["ids"]) is { Length: > 0 } ids) rows = rows.Where(v => ids.Contains(v.VersionId));
        var found = (await rows.ToListAsync(ct)).Select(StudioReplies.Of);
        var editable = who.Reach.IsProcessOwner;
        var items = found.Select(row => StudioReplies.Summary(row, editable));
        if (query["searchTerm"].ToString() is { Length: > 0 } term) items = items.Where(item => Mentions(item, term));
        if (query["name"].ToString() is { Length: > 0 } name) items = items.Where(item => item["name"]!.GetValue<string>() == name);

        var descending = query["orderDirection"].ToString().Equals("Descending", StringComparison.OrdinalIgnoreCase);
        var sorted = query["orderBy"].ToString() switch
        {
            "Name" => Sort(items, item => item["name"]!.GetValue<string>(), descending),
            "Version" => Sort(items, item => item["version"]!.GetValue<int>(), descending),
            "Created" => Sort(items, item => item["createdAt"]!.GetValue<DateTimeOffset>(), descending),
            _ => items.OrderBy(item => item["name"]!.GetValue<string>(), StringComparer.Ordinal).ThenByDescending(item => item["version"]!.GetValue<int>()),
        };
        var all = sorted.ToList();
        var size = int.TryParse(query["pageSize"], out var s) ? Math.Clamp(s, 1, 500) : 500;
        var page = int.TryParse(query["page"], out var p) ? Math.Max(0, p) : 0;
        return StudioReplies.Json(new JsonObject
        {
            ["items"] = new JsonArray([.. all.Skip(page * size).Take(size)]),
            ["totalCount"] = all.Count,
            ["links"] = StudioReplies.ListLinks(editable),
        });
    }

    private static async Task<IResult> Count(WorkflowDb db, CancellationToken ct) =>
        StudioReplies.Json(new JsonObject { ["count"] = await db.DefinitionVersions.CountAsync(v => v.IsLatest, ct) });

    private static async Task<IResult> IsNameUnique(WorkflowDb db, string? name, string? definitionId, CancellationToken ct)
    {
        var trimmed = name?.Trim() ?? "";
        var taken = await db.DefinitionVersions.AnyAsync(v => v.IsLatest && v.Name == trimmed && v.DefinitionId != (definitionId ?? ""), ct);
        return StudioReplies.Json(new JsonObject { ["isUnique"] = !taken });
    }

    private static async Task<IResult> ByDefinitionId(
        string definitionId, string? versionOptions, HttpContext http, WorkflowDb db, SignedIn who, StudioDescriptors descriptors, CancellationToken ct)
    {
        var row = await Versions(db.DefinitionVersions.AsNoTracking().Where(v => v.DefinitionId == definitionId), versionOptions ?? "Latest")
            .OrderByDescending(v => v.Version).FirstOrDefaultAsync(ct) ?? throw new RefusedException(DefinitionProblems.Unknown(definitionId));
        return await Shown(row, http, db, who, descriptors, ct);
    }

    private static async Task<IResult> ByVersionId(
        string versionId, HttpContext http, WorkflowDb db, SignedIn who, StudioRuns runs, StudioDescriptors descriptors, CancellationToken ct)
    {
        if (await runs.TestOfVersion(versionId, ct) is { } test)
        {
            // A test case shows the drawing it was started with, not what became of the draft since.
            var document = JsonNode.Parse(test.World)!["documents"]![test.VersionId]!.ToJsonString(DefinitionFormat.Json);
            var tried = new SavedDefinition(test.DefinitionId, versionId, test.Version, document, false, false, test.CreatedAt, "");
            return StudioReplies.Json(StudioReplies.Definition(tried, false, await descriptors.Known(ct)));
        }

        var row = await db.DefinitionVersions.AsNoTracking().FirstOrDefaultAsync(v => v.VersionId == versionId, ct)
            ?? throw new RefusedException(DefinitionProblems.Unknown(versionId));
        return await Shown(row, http, db, who, descriptors, ct);
    }

    private static async Task<IResult> Shown(DefinitionVersion row, HttpContext http, WorkflowDb db, SignedIn who, StudioDescriptors descriptors, CancellationToken ct)
    {
        if (row.IsLatest && await DefinitionHead.Find(db, row.DefinitionId, ct) is { } head) http.TellRevision(row.DefinitionId, head.Revision);
        var known = await descriptors.Known(ct);
        return StudioReplies.Json(StudioReplies.Definition(StudioReplies.Of(row), who.Reach.IsProcessOwner, known));
    }

    private static async Task<IResult> ManyById(HttpContext http, WorkflowDb db, SignedIn who, StudioDescriptors descriptors, CancellationToken ct)
    {
        var ids = Values(http.Request.Query["ids"]).Take(100).ToArray();
        var rows = await db.DefinitionVersions.AsNoTracking().Where(v => ids.Contains(v.VersionId)).ToListAsync(ct);
        var known = await descriptors.Known(ct);
        return StudioReplies.List(rows.Select(row => StudioReplies.Definition(StudioReplies.Of(row), who.Reach.IsProcessOwner, known)));
    }

    /// <summary>Definitions whose latest version calls this one, as an activity or by ExecuteWorkflow, DispatchWorkflow or StartCase.</summary>
    private static async Task<IResult> Consumers(string definitionId, WorkflowDb db, CancellationToken ct)
    {
        var rows = await db.DefinitionVersions.AsNoTracking().Where(v => v.IsLatest && v.DefinitionId != definitionId).ToListAsync(ct);
        var callers = rows.Where(row => CalledDefinitions.In(JsonNode.Parse(row.Document)!.AsObject()).Contains(definitionId)).Select(row => row.DefinitionId).Order();
        return StudioReplies.Json(new JsonObject { ["consumingWorkflowDefinitionIds"] = new JsonArray([.. callers.Select(id => JsonValue.Create(id))]) });
    }

    /// <summary>Nothing to rewrite: a call names the definition, and each case resolves the version for its region and date when it starts.</summary>
    private static IResult UpdateReferences(string definitionId) =>
        StudioReplies.Json(new JsonObject { ["affectedWorkflows"] = new JsonArray() });

    /// <summary>Restricts to what the Studio calls version options; empty means any version.</summary>
    public static IQueryable<DefinitionVersion> Versions(IQueryable<DefinitionVersion> rows, string? options) => options switch
    {
        null or "" or "AllVersions" => rows,
        "Latest" => rows.Where(v => v.IsLatest),
        "Published" => rows.Where(v => v.IsPublished),
        "Draft" => rows.Where(v => v.IsLatest && !v.IsPublished),
        "LatestOrPublished" or "LatestAndPublished" => rows.Where(v => v.IsLatest || v.IsPublished),
        _ when int.TryParse(options, out var number) => rows.Where(v => v.Version == number),
        _ => rows.Where(v => v.IsLatest),
    };

    public static string[] Values(IEnumerable<string?> values) => [.. values.OfType<string>().Where(v => v.Length > 0)];

    private static bool Mentions(JsonObject item, string term) => (string[])["name", "description", "definitionId", "id"] is var members
        && members.Any(member => item[member]?.GetValue<string>().Contains(term, StringComparison.OrdinalIgnoreCase) == true);

    private static IEnumerable<JsonObject> Sort<T>(IEnumerable<JsonObject> items, Func<JsonObject, T> by, bool descending) =>
        descending ? items.OrderByDescending(by) : items.OrderBy(by);
}
