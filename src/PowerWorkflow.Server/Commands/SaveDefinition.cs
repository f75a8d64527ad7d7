using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PowerWorkflow.Server.Definitions;
using PowerWorkflow.Server.Refusals;
using PowerWorkflow.Server.Security;
using PowerWorkflow.Server.Storage;
using PowerWorkflow.Server.Storage.Schema;

namespace PowerWorkflow.Server.Commands;

/// <summary>What an editor sends.</summary>
/// <param name="Model">The definition as the designer has it.</param>
/// <param name="Person">Who saves.</param>
/// <param name="Base">The revision the editor started from; null from a client that knows none.</param>
/// <param name="Session">The editor session (a page load); null from a client that has none: then nothing can be repeated.</param>
/// <param name="Sequence">Number of the save in its session.</param>
/// <param name="ConfirmEmpty">The person has confirmed that all steps shall go.</param>
public sealed record DefinitionSave(JsonObject Model, string Person, string? Base, string? Session, long Sequence, bool ConfirmEmpty = false);

/// <summary>A definition as a save left it.</summary>
/// <param name="Revision">Its revision, to be sent with the next save.</param>
public sealed record SavedDefinition(
    string DefinitionId, string VersionId, int Version, string Document, bool IsLatest, bool IsPublished, DateTimeOffset CreatedAt, string Revision);

/// <summary>
/// Keeps every save of a definition as a revision of its own. A save from an outdated base is refused, a repeat is answered as the first time, and one that
/// was overtaken by a later save of the same page changes nothing.
/// </summary>
public sealed class SaveDefinition(WorkflowDb db, OrganisationCatalog people, TimeProvider time)
{
    private const int Attempts = 3;

    public async Task<SavedDefinition> Execute(DefinitionSave save, CancellationToken ct)
    {
        var body = save.Model.ToJsonString(DefinitionFormat.Json);
        if (System.Text.Encoding.UTF8.GetByteCount(body) > DefinitionFormat.LargestBytes) throw new RefusedException(DefinitionProblems.TooLarge(DefinitionFormat.LargestBytes));
        if (DefinitionShape.Check(save.Model) is { Count: > 0 } malformed) throw new RefusedException(DefinitionProblems.Malformed(malformed));
        var bodyHash = DefinitionFormat.HashOf(body);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await db.WriteAsync(() => Write(save, bodyHash, ct), ct);
            }
            catch (DbUpdateException) when (attempt < Attempts)
            {
                // Another node wrote the same version or the same save between our read and our write: look again.
                db.ChangeTracker.Clear();
            }
        }
    }

    private async Task<SavedDefinition> Write(DefinitionSave save, string bodyHash, CancellationToken ct)
    {
        if (save.Session is not null && await db.Set<DefinitionSaveRow>().FindAsync([save.Session, save.Sequence], ct) is { } earlier)
        {
            if (earlier.BodyHash != bodyHash) throw new RefusedException(DefinitionProblems.SaveReused(save.Session, save.Sequence));
            return await AsAnswered(earlier, ct);
        }

        var definitionId = save.Model["definitionId"]?.GetValue<string>() is { Length: > 0 } given ? given : $"process-{Guid.NewGuid().ToString("n")[..8]}";
        var head = await DefinitionHead.Find(db, definitionId, ct);
        if (head is not null)
        {
            var overtaken = save.Session is not null
                && await db.Set<DefinitionSaveRow>().AnyAsync(s => s.Session == save.Session && s.DefinitionId == definitionId && s.Sequence > save.Sequence, ct);
            if (overtaken) return Current(head);
            RefuseWhenStale(save, head);
        }

        var document = StudioDocument.FromStudio(save.Model.DeepClone().AsObject(), head is null ? null : JsonNode.Parse(head.Latest.Document)!.AsObject()); // stored documents are objects
        document["definitionId"] = definitionId;
        document["toolVersion"] ??= DefinitionFormat.ToolVersion;
        if (head is not null && !save.ConfirmEmpty && StudioDocument.CountDrawn(document) == 0
            && StudioDocument.CountDrawn(JsonNode.Parse(head.Latest.Document)!.AsObject()) is > 0 and var count)
            throw new RefusedException(DefinitionProblems.AllDropped(count));

        return await Keep(document, head, save, bodyHash, ct);
    }

    private async Task<SavedDefinition> Keep(JsonObject document, DefinitionHead? head, DefinitionSave save, string bodyHash, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var latest = head?.Latest;
        var isNew = latest is null || latest.IsPublished;
        var unchanged = latest is not null && SameText(document, latest.Document);
        var version = unchanged ? latest!.Version : isNew ? (latest?.Version ?? 0) + 1 : latest!.Version;
        document["version"] = version;
        var text = DefinitionFormat.Write(document);
        var definitionId = document["definitionId"]!.GetValue<string>(); // set by the caller
        var name = document["name"]!.GetValue<string>(); // its shape was checked

        DefinitionVersion row;
        if (unchanged)
        {
            row = latest!;
        }
        else if (isNew)
        {
            if (latest is not null) latest.IsLatest = false;
            row = new DefinitionVersion
            {
                VersionId = $"{definitionId}.{version}.{Guid.NewGuid().ToString("n")[..6]}",
                DefinitionId = definitionId, Version = version, Name = name, Document = text, Hash = DefinitionFormat.HashOf(text),
                Labels = DefinitionLabels.Following(latest?.Labels, document), IsLatest = true, IsPublished = false, CreatedBy = save.Person, CreatedAt = now,
            };
            db.Add(row);
        }
        else
        {
            row = latest!; // not new, so there is one
            (row.Name, row.Document, row.Hash, row.Labels) = (name, text, DefinitionFormat.HashOf(text), DefinitionLabels.Following(row.Labels, document));
        }

        var revisionId = head?.RevisionId ?? 0;
        if (!unchanged || head?.RevisionId is null)
        {
            var revision = new DefinitionRevision
            {
                VersionId = row.VersionId, DefinitionId = definitionId, Document = row.Document, Hash = row.Hash, SavedBy = save.Person, SavedAt = now,
            };
            db.Add(revision);
            await db.SaveChangesAsync(ct);
            revisionId = revision.RevisionId;
        }

        if (save.Session is not null)
        {
            db.Add(new DefinitionSaveRow
            {
                Session = save.Session, Sequence = save.Sequence, DefinitionId = definitionId, VersionId = row.VersionId, Version = row.Version,
                RevisionId = revisionId, BodyHash = bodyHash, At = now,
            });
        }

        await db.SaveChangesAsync(ct);
        return new(definitionId, row.VersionId, row.Version, row.Document, row.IsLatest, row.IsPublished, row.CreatedAt, DefinitionHead.Name(revisionId));
    }

    private void RefuseWhenStale(DefinitionSave save, DefinitionHead head)
    {
        // A page's own earlier save is no surprise to it, even when the answer got lost on the way.
        var current = save.Base is null
            ? save.Model["id"]?.GetValue<string>() == head.Latest.VersionId
            : save.Base == head.Revision || (head.Session is not null && head.Session == save.Session);
        if (!current) throw new RefusedException(DefinitionProblems.Stale(head.Latest.DefinitionId, head.Latest.Name, head.Revision, people.Current.NameOf(head.SavedBy), head.SavedAt));
    }

    private async Task<SavedDefinition> AsAnswered(DefinitionSaveRow save, CancellationToken ct)
    {
        var revision = await db.DefinitionRevisions.AsNoTracking().SingleAsync(r => r.RevisionId == save.RevisionId, ct);
        var row = await db.DefinitionVersions.AsNoTracking().SingleAsync(v => v.VersionId == save.VersionId, ct);
        return new(save.DefinitionId, save.VersionId, save.Version, revision.Document, row.IsLatest, row.IsPublished, row.CreatedAt, DefinitionHead.Name(save.RevisionId));
    }

    private static SavedDefinition Current(DefinitionHead head) => new(head.Latest.DefinitionId, head.Latest.VersionId, head.Latest.Version,
        head.Latest.Document, head.Latest.IsLatest, head.Latest.IsPublished, head.Latest.CreatedAt, head.Revision);

    /// <summary>Whether a save would change nothing, the version number and the order of members apart.</summary>
    private static bool SameText(JsonObject document, string stored)
    {
        var now = document.DeepClone().AsObject();
        var then = JsonNode.Parse(stored)!.AsObject(); // stored documents are objects
        foreach (var member in (string[])["version", "toolVersion", "$schema", .. StudioDocument.ServerMembers])
        {
            now.Remove(member);
            then.Remove(member);
        }

        return JsonNode.DeepEquals(now, then);
    }
}
