using Microsoft.EntityFrameworkCore;
using PowerWorkflow.Server.Storage;
using PowerWorkflow.Server.Storage.Schema;

namespace PowerWorkflow.Server.Definitions;

/// <summary>Where a definition stands: its latest version, and the last revision anybody saved of it.</summary>
/// <param name="RevisionId">Null when the version came from a file and nobody has edited it yet.</param>
/// <param name="Session">The editor session that made the revision, if it was an editor.</param>
internal sealed record DefinitionHead(DefinitionVersion Latest, long? RevisionId, string SavedBy, DateTimeOffset SavedAt, string? Session)
{
    /// <summary>What an editor sends back as its base.</summary>
    public string Revision => RevisionId is { } id ? Name(id) : $"v-{Latest.VersionId}";

    public static string Name(long revisionId) => $"r-{revisionId}";

    /// <summary>The head of a definition, its version tracked for change; null when there is none.</summary>
    public static async Task<DefinitionHead?> Find(WorkflowDb db, string definitionId, CancellationToken ct)
    {
        var latest = await db.DefinitionVersions.Where(v => v.DefinitionId == definitionId).OrderByDescending(v => v.Version).FirstOrDefaultAsync(ct);
        if (latest is null) return null;
        var revision = await db.DefinitionRevisions.AsNoTracking().Where(r => r.DefinitionId == definitionId).OrderByDescending(r => r.RevisionId)
            .Select(r => new { r.RevisionId, r.SavedBy, r.SavedAt, r.Hash }).FirstOrDefaultAsync(ct);
        // A file that was loaded after the last edit is newer than that edit.
        if (revision is null || (revision.Hash != latest.Hash && latest.CreatedAt > revision.SavedAt)) return new(latest, null, latest.CreatedBy, latest.CreatedAt, null);
        var session = await db.Set<DefinitionSaveRow>().Where(s => s.RevisionId == revision.RevisionId).OrderBy(s => s.At).Select(s => s.Session).FirstOrDefaultAsync(ct);
        return new(latest, revision.RevisionId, revision.SavedBy, revision.SavedAt, session);
    }
}
