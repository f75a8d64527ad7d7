using Microsoft.EntityFrameworkCore;
using PowerWorkflow.Server.Storage;

namespace PowerWorkflow.Server.Definitions;

/// <summary>Which versions are in force: small enough to be read whole.</summary>
internal sealed class Publications
{
    private ILookup<string, Assigned> assignments = Enumerable.Empty<Assigned>().ToLookup(row => row.DefinitionId);
    private Dictionary<string, string> published = [];

    /// <summary>Timestamp of the monotonic clock.</summary>
    public long ReadAt { get; private init; }

    /// <summary>Newest version id of each form, by <c>process/code</c>.</summary>
    public Dictionary<string, string> Forms { get; private set; } = [];

    /// <summary>Newest version of each reference document, by <c>kind/code</c>.</summary>
    public Dictionary<string, int> References { get; private set; } = [];

    public static async Task<Publications> ReadAsync(WorkflowDb db, long timestamp)
    {
        var assigned = await db.DefinitionAssignments
            .Select(row => new Assigned(row.DefinitionId, row.UnitCode, row.EffectiveFrom, row.VersionId, row.AssignmentId)).ToListAsync();
        var published = await db.DefinitionVersions.Where(row => row.IsPublished)
            .Select(row => new { row.DefinitionId, row.VersionId, row.Version }).ToListAsync();
        var forms = await db.FormVersions.Select(row => new { row.Process, row.Code, row.Version, row.VersionId }).ToListAsync();
        var references = await db.ReferenceDocuments.Select(row => new { row.Kind, row.Code, row.Version }).ToListAsync();
        return new Publications
        {
            ReadAt = timestamp,
            assignments = assigned.ToLookup(row => row.DefinitionId),
            published = published.GroupBy(row => row.DefinitionId).ToDictionary(rows => rows.Key, rows => rows.MaxBy(row => row.Version)!.VersionId),
            Forms = forms.GroupBy(row => $"{row.Process}/{row.Code}").ToDictionary(rows => rows.Key, rows => rows.MaxBy(row => row.Version)!.VersionId),
            References = references.GroupBy(row => $"{row.Kind}/{row.Code}").ToDictionary(rows => rows.Key, rows => rows.Max(row => row.Version)),
        };
    }

    /// <summary>The most special assignment in force wins, of those the latest; without any assignment at all the published version holds.</summary>
    /// <param name="upwards">The unit, then each one above it.</param>
    public string? VersionFor(string definitionId, string[] upwards, DateTimeOffset at)
    {
        var best = assignments[definitionId]
            .Where(row => row.EffectiveFrom <= at && (row.UnitCode is null || upwards.Contains(row.UnitCode)))
            .OrderBy(row => row.UnitCode is null ? int.MaxValue : Array.IndexOf(upwards, row.UnitCode))
            .ThenByDescending(row => row.EffectiveFrom).ThenByDescending(row => row.AssignmentId)
            .FirstOrDefault();
        // A definition that was only ever assigned to some units is in force there and nowhere else.
        return best?.VersionId ?? (assignments.Contains(definitionId) ? null : published.GetValueOrDefault(definitionId));
    }

    private sealed record Assigned(string DefinitionId, string? UnitCode, DateTimeOffset EffectiveFrom, string VersionId, long AssignmentId);
}
