using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PowerWorkflow.Server.Commands;
using PowerWorkflow.Server.Definitions;
using PowerWorkflow.Server.Refusals;
using PowerWorkflow.Server.Security;
using PowerWorkflow.Server.Storage;
using PowerWorkflow.Server.Storage.Schema;

namespace PowerWorkflow.Server.Api.Studio;

/// <summary>What our page around the Studio asks: who else edits, every revision, and bringing one back.</summary>
internal static class StudioEditing
{
    private static readonly TimeSpan Present = TimeSpan.FromSeconds(30);

    public static void MapStudioEditing(this IEndpointRouteBuilder api)
    {
        api.MapGet("/studio/editing/{definitionId}", (string definitionId, WorkflowDb db, SignedIn who, TimeProvider time, CancellationToken ct) => Editing(definitionId, null, db, who, time, ct));
        api.MapPost("/studio/editing/{definitionId}", (string definitionId, EditingBody body, WorkflowDb db, SignedIn who, TimeProvider time, CancellationToken ct) => Editing(definitionId, body, db, who, time, ct));
        api.MapGet("/studio/revisions/{definitionId}", Revisions);
        api.MapPost("/studio/revisions/{definitionId}/restore", Restore).RequireOwner();
    }

    private sealed record EditingBody(string Session);

    private sealed record RestoreBody(string Revision);

    /// <summary>Says "I am here" for a process owner's page, and answers who else is and which revision stands.</summary>
    private static async Task<IResult> Editing(string definitionId, EditingBody? body, WorkflowDb db, SignedIn who, TimeProvider time, CancellationToken ct)
    {
        var head = await DefinitionHead.Find(db, definitionId, ct) ?? throw new RefusedException(DefinitionProblems.Unknown(definitionId));
        var now = time.GetUtcNow();
        if (body is { Session.Length: > 0 and <= 64 } && who.Reach.IsProcessOwner)
        {
            if (await db.Set<DefinitionEditor>().FindAsync([definitionId, body.Session], ct) is { } known) known.SeenAt = now;
            else db.Add(new DefinitionEditor { DefinitionId = definitionId, Session = body.Session, Person = who.PersonId, SeenAt = now });
            var gone = now - 4 * Present;
            db.RemoveRange(await db.Set<DefinitionEditor>().Where(e => e.SeenAt < gone).OrderBy(e => e.SeenAt).Take(100).ToListAsync(ct));
            await db.SaveChangesAsync(ct);
        }

        var since = now - Present;
        var others = await db.Set<DefinitionEditor>().AsNoTracking().Where(e => e.DefinitionId == definitionId && e.SeenAt >= since).ToListAsync(ct);
        return StudioReplies.Json(new JsonObject
        {
            ["revision"] = head.Revision,
            ["revisionBy"] = NameOf(who, head.SavedBy),
            ["revisionAt"] = head.SavedAt,
            ["revisionSession"] = head.Session,
            ["others"] = new JsonArray([.. others.Where(e => e.Session != body?.Session).Select(e => e.Person).Distinct()
                .Select(person => new JsonObject { ["person"] = person, ["name"] = NameOf(who, person) })]),
        });
    }

    private static async Task<IResult> Revisions(string definitionId, WorkflowDb db, SignedIn who, CancellationToken ct)
    {
        var rows = await db.DefinitionRevisions.AsNoTracking().Where(r => r.DefinitionId == definitionId).OrderByDescending(r => r.RevisionId).Take(200).ToListAsync(ct);
        var versions = await db.DefinitionVersions.AsNoTracking().Where(v => v.DefinitionId == definitionId).ToDictionaryAsync(v => v.VersionId, v => v.Version, ct);
        var chinese = who.Language != Languages.English;
        var items = rows.Select((row, index) =>
        {
            var document = JsonNode.Parse(row.Document)!.AsObject(); // stored documents are objects
            var before = index + 1 < rows.Count ? JsonNode.Parse(rows[index + 1].Document)!.AsObject() : null;
            var changes = before is null ? [] : DefinitionDifference.Between(before, document);
            return new JsonObject
            {
                ["revision"] = DefinitionHead.Name(row.RevisionId),
                ["number"] = rows.Count - index,
                ["savedAt"] = row.SavedAt,
                ["savedBy"] = NameOf(who, row.SavedBy),
                ["version"] = versions.GetValueOrDefault(row.VersionId),
                ["summary"] = string.Join(chinese ? "；" : "; ", changes.Take(3).Select(change => change.Text.In(who.Language))),
            };
        });
        return StudioReplies.List(items);
    }

    /// <summary>An earlier revision becomes the newest one; nothing in between is lost.</summary>
    private static async Task<IResult> Restore(
        string definitionId, RestoreBody body, HttpContext http, WorkflowDb db, SaveDefinition saving, SignedIn who, StudioDescriptors descriptors, CancellationToken ct)
    {
        var id = long.TryParse(body.Revision.StartsWith("r-", StringComparison.Ordinal) ? body.Revision[2..] : "", out var number) ? number : 0;
        var revision = await db.DefinitionRevisions.AsNoTracking().FirstOrDefaultAsync(r => r.DefinitionId == definitionId && r.RevisionId == id, ct)
            ?? throw new RefusedException(Problems.NotFound("修订", "revision", body.Revision));
        var head = await DefinitionHead.Find(db, definitionId, ct) ?? throw new RefusedException(DefinitionProblems.Unknown(definitionId));
        var document = JsonNode.Parse(revision.Document)!.AsObject(); // stored documents are objects
        var given = http.Request.Headers["X-Studio-Base-Revision"].ToString();
        var saved = await saving.Execute(new DefinitionSave(document, who.PersonId, given.Length > 0 ? given : head.Revision, null, 0, ConfirmEmpty: true), ct);
        http.TellRevision(definitionId, saved.Revision);
        return StudioReplies.Json(StudioReplies.Definition(saved, true, await descriptors.Known(ct)));
    }

    private static string NameOf(SignedIn who, string person) => who.Organisation.NameOf(person);
}
