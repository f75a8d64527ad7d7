using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PowerWorkflow.Server.Commands;
using PowerWorkflow.Server.Definitions;
using PowerWorkflow.Server.Queries;
using PowerWorkflow.Server.Refusals;
using PowerWorkflow.Server.Security;
using PowerWorkflow.Server.Storage;

namespace PowerWorkflow.Server.Api.Studio;

/// <summary>Putting definitions in and out of force, going back to an earlier version, deleting drafts.</summary>
internal static class StudioPublishing
{
    public static void MapStudioPublishing(this IEndpointRouteBuilder api)
    {
        api.MapPost("/workflow-definitions/{definitionId}/publish", Publish).RequireOwner();
        api.MapPost("/workflow-definitions/{definitionId}/retract", Retract).RequireOwner();
        api.MapPost("/workflow-definitions/{definitionId}/revert/{version:int}", Revert).RequireOwner();
        api.MapDelete("/workflow-definitions/{definitionId}", Delete).RequireOwner();
        api.MapDelete("/workflow-definition-versions/{versionId}", DeleteVersion).RequireOwner();
        api.MapPost("/bulk-actions/publish/workflow-definitions/by-definition-ids", BulkPublish).RequireOwner();
        api.MapPost("/bulk-actions/retract/workflow-definitions/by-definition-ids", BulkRetract).RequireOwner();
        api.MapPost("/bulk-actions/delete/workflow-definitions/by-definition-id", BulkDelete).RequireOwner();
        api.MapPost("/bulk-actions/delete/workflow-definitions/by-id", BulkDeleteVersions).RequireOwner();
        api.MapGet("/studio/foresight/{definitionId}", Foresee);
    }

    private sealed record PublishBody(string? EffectiveFrom = null, string? Region = null);

    private sealed record BulkBody(string[] DefinitionIds);

    private sealed record VersionIds(string[] Ids);

    private static async Task<IResult> Publish(
        string definitionId, HttpContext http, PublishDefinition publishing, SignedIn who, StudioDescriptors descriptors, CancellationToken ct)
    {
        var body = http.HasBody() ? await http.Request.ReadFromJsonAsync<PublishBody>(ct) : null;
        var published = await publishing.Execute(new PublishOrder(definitionId, who.PersonId,
            http.Request.Headers["X-Studio-Base-Revision"] is [{ Length: > 0 } revision] ? revision : null,
            StartOf(body?.EffectiveFrom, body?.Region, who), body?.Region is { Length: > 0 } region ? UnitOf(region, who) : null), ct);
        http.TellRevision(definitionId, published.Definition.Revision);
        return StudioReplies.Json(await StudioSaving.Reply(published.Definition, published.WasPublished, who, descriptors, ct));
    }

    /// <summary>A date means the beginning of that day where the unit is.</summary>
    private static DateTimeOffset? StartOf(string? date, string? unit, SignedIn who)
    {
        if (string.IsNullOrEmpty(date)) return null;
        if (!DateOnly.TryParseExact(date, "yyyy-MM-dd", out var day)) throw new RefusedException(Problems.InputInvalid("effectiveFrom", "应为日期（2026-12-01）。", "must be a date (2026-12-01)."));
        var zone = TimeZoneInfo.FindSystemTimeZoneById((unit is null ? null : who.Organisation.Unit(unit)?.TimeZone) ?? "Asia/Shanghai");
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, zone.GetUtcOffset(midnight));
    }

    private static string UnitOf(string code, SignedIn who) =>
        who.Organisation.Unit(code)?.Code ?? throw new RefusedException(Problems.InputInvalid("region", $"没有单位“{code}”。", $"there is no unit '{code}'."));

    private static async Task<IResult> Retract(string definitionId, HttpContext http, PublishDefinition publishing, StudioDescriptors descriptors, CancellationToken ct)
    {
        var retracted = await publishing.Retract(definitionId, ct);
        http.TellRevision(definitionId, retracted.Revision);
        return StudioReplies.Json(StudioReplies.Definition(retracted, true, await descriptors.Known(ct)));
    }

    /// <summary>An earlier version becomes the content of the draft; the versions in between stay.</summary>
    private static async Task<IResult> Revert(string definitionId, int version, HttpContext http, WorkflowDb db, SaveDefinition saving, SignedIn who, CancellationToken ct)
    {
        var row = await db.DefinitionVersions.AsNoTracking().FirstOrDefaultAsync(v => v.DefinitionId == definitionId && v.Version == version, ct)
            ?? throw new RefusedException(DefinitionProblems.Unknown($"{definitionId} v{version}"));
        var head = await DefinitionHead.Find(db, definitionId, ct) ?? throw new RefusedException(DefinitionProblems.Unknown(definitionId));
        var saved = await saving.Execute(new DefinitionSave(JsonNode.Parse(row.Document)!.AsObject(), who.PersonId, head.Revision, null, 0, ConfirmEmpty: true), ct); // stored documents are objects
        http.TellRevision(definitionId, saved.Revision);
        return StudioReplies.Json(StudioReplies.Summary(saved, true), StatusCodes.Status201Created);
    }

    private static async Task<IResult> Delete(string definitionId, WorkflowDb db, DefinitionCatalog catalog, CancellationToken ct)
    {
        await RemoveAll(db, definitionId, ct);
        catalog.Forget();
        return TypedResults.NoContent();
    }

    private static async Task<IResult> DeleteVersion(string versionId, WorkflowDb db, CancellationToken ct)
    {
        await RemoveVersion(db, versionId, ct);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> BulkPublish(BulkBody body, PublishDefinition publishing, SignedIn who, WorkflowDb db, CancellationToken ct)
    {
        JsonArray published = [], already = [], missing = [];
        foreach (var id in body.DefinitionIds)
        {
            if (!await db.DefinitionVersions.AnyAsync(v => v.DefinitionId == id, ct)) missing.Add(id);
            else if ((await publishing.Execute(new PublishOrder(id, who.PersonId), ct)).WasPublished) already.Add(id);
            else published.Add(id);
        }

        return StudioReplies.Json(new JsonObject { ["published"] = published, ["alreadyPublished"] = already, ["notFound"] = missing, ["updatedConsumers"] = new JsonArray() });
    }

    private static async Task<IResult> BulkRetract(BulkBody body, PublishDefinition publishing, WorkflowDb db, CancellationToken ct)
    {
        JsonArray retracted = [], already = [], missing = [];
        foreach (var id in body.DefinitionIds)
        {
            var rows = await db.DefinitionVersions.AsNoTracking().Where(v => v.DefinitionId == id).Select(v => v.IsPublished).ToListAsync(ct);
            if (rows.Count == 0)
            {
                missing.Add(id);
                continue;
            }

            if (!rows.Contains(true))
            {
                already.Add(id);
                continue;
            }

            await publishing.Retract(id, ct);
            retracted.Add(id);
        }

        return StudioReplies.Json(new JsonObject { ["retracted"] = retracted, ["alreadyRetracted"] = already, ["notFound"] = missing });
    }

    private static async Task<IResult> BulkDelete(BulkBody body, WorkflowDb db, DefinitionCatalog catalog, CancellationToken ct)
    {
        foreach (var id in body.DefinitionIds) await RemoveAll(db, id, ct);
        catalog.Forget();
        return StudioReplies.Json(new JsonObject { ["deleted"] = body.DefinitionIds.Length });
    }

    private static async Task<IResult> BulkDeleteVersions(VersionIds body, WorkflowDb db, CancellationToken ct)
    {
        foreach (var id in body.Ids) await RemoveVersion(db, id, ct);
        return StudioReplies.Json(new JsonObject { ["deleted"] = body.Ids.Length });
    }

    /// <summary>A definition no case ever used may go; its revisions stay as the record of who drew what.</summary>
    private static async Task RemoveAll(WorkflowDb db, string definitionId, CancellationToken ct)
    {
        var name = await db.DefinitionVersions.Where(v => v.DefinitionId == definitionId).OrderByDescending(v => v.Version).Select(v => v.Name).FirstOrDefaultAsync(ct)
            ?? throw new RefusedException(DefinitionProblems.Unknown(definitionId));
        var used = await db.Cases.CountAsync(c => c.Process == definitionId, ct);
        if (used > 0) throw new RefusedException(DefinitionProblems.InUse(name, used));
        await db.WriteAsync(async () =>
        {
            await db.DefinitionAssignments.Where(a => a.DefinitionId == definitionId).ExecuteDeleteAsync(ct);
            await db.DefinitionVersions.Where(v => v.DefinitionId == definitionId).ExecuteDeleteAsync(ct);
        }, ct);
    }

    private static async Task RemoveVersion(WorkflowDb db, string versionId, CancellationToken ct)
    {
        var row = await db.DefinitionVersions.AsNoTracking().FirstOrDefaultAsync(v => v.VersionId == versionId, ct) ?? throw new RefusedException(DefinitionProblems.Unknown(versionId));
        var used = await db.Cases.CountAsync(c => c.DefinitionVersionId == versionId, ct);
        if (used > 0 || row.IsPublished) throw new RefusedException(DefinitionProblems.InUse($"{row.Name} v{row.Version}", used));
        await db.WriteAsync(async () =>
        {
            await db.DefinitionAssignments.Where(a => a.VersionId == versionId).ExecuteDeleteAsync(ct);
            await db.DefinitionVersions.Where(v => v.VersionId == versionId).ExecuteDeleteAsync(ct);
            if (!row.IsLatest) return;
            var newest = await db.DefinitionVersions.Where(v => v.DefinitionId == row.DefinitionId).MaxAsync(v => (int?)v.Version, ct);
            await db.DefinitionVersions.Where(v => v.DefinitionId == row.DefinitionId && v.Version == newest).ExecuteUpdateAsync(set => set.SetProperty(v => v.IsLatest, true), ct);
        }, ct);
    }

    /// <summary>What publishing would do: the difference in words, every problem, and where the open cases stand.</summary>
    private static async Task<IResult> Foresee(string definitionId, PublishForesight foresight, SignedIn who, CancellationToken ct) =>
        StudioReplies.Json(await foresight.Of(definitionId, who, ct));
}
