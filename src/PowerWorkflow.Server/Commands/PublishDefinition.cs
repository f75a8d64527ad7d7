using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PowerWorkflow.Server.Definitions;
using PowerWorkflow.Server.Refusals;
using PowerWorkflow.Server.Security;
using PowerWorkflow.Server.Storage;
using PowerWorkflow.Server.Storage.Schema;

namespace PowerWorkflow.Server.Commands;

/// <summary>What a process owner asks to be put in force.</summary>
/// <param name="Base">The revision the person looked at; null to publish whatever the draft is.</param>
/// <param name="EffectiveFrom">Null or past: at once.</param>
/// <param name="Unit">Only for cases of this unit and below it; null for all.</param>
public sealed record PublishOrder(string DefinitionId, string Person, string? Base = null, DateTimeOffset? EffectiveFrom = null, string? Unit = null);

/// <param name="WasPublished">The draft held nothing that was not published.</param>
public sealed record Published(SavedDefinition Definition, bool WasPublished);

/// <summary>
/// Puts the latest version in force: for everybody or for a unit, at once or from a date. Cases that run keep the version they started with. Whatever cannot
/// run is refused with every problem at once; the draft stays.
/// </summary>
public sealed class PublishDefinition(WorkflowDb db, DefinitionReview review, DefinitionCatalog catalog, OrganisationCatalog people, TimeProvider time)
{
    public async Task<Published> Execute(PublishOrder order, CancellationToken ct)
    {
        var head = await DefinitionHead.Find(db, order.DefinitionId, ct) ?? throw new RefusedException(DefinitionProblems.Unknown(order.DefinitionId));
        if (order.Base is not null && order.Base != head.Revision)
            throw new RefusedException(DefinitionProblems.Stale(order.DefinitionId, head.Latest.Name, head.Revision, people.Current.NameOf(head.SavedBy), head.SavedAt));
        var problems = await review.Problems(JsonNode.Parse(head.Latest.Document)!.AsObject(), ct); // stored documents are objects
        if (problems.Any(problem => problem.Severity == "error")) throw new RefusedException(DefinitionProblems.CannotPublish(head.Latest.Name, problems));

        var wasPublished = head.Latest.IsPublished && order.Unit is null && order.EffectiveFrom is null;
        if (!wasPublished) await db.WriteAsync(() => PutInForce(order, head.Latest.VersionId, head.Latest.Hash, ct), ct);
        catalog.Forget();
        db.ChangeTracker.Clear();
        var now = await DefinitionHead.Find(db, order.DefinitionId, ct) ?? throw new RefusedException(DefinitionProblems.Unknown(order.DefinitionId));
        return new(new(order.DefinitionId, now.Latest.VersionId, now.Latest.Version, now.Latest.Document, now.Latest.IsLatest, now.Latest.IsPublished,
            now.Latest.CreatedAt, now.Revision), wasPublished);
    }

    /// <summary>Takes a definition out of force: no case starts with it any more, running ones go on.</summary>
    public async Task<SavedDefinition> Retract(string definitionId, CancellationToken ct)
    {
        await db.WriteAsync(async () =>
        {
            await db.DefinitionAssignments.Where(a => a.DefinitionId == definitionId).ExecuteDeleteAsync(ct);
            await db.DefinitionVersions.Where(v => v.DefinitionId == definitionId && v.IsPublished).ExecuteUpdateAsync(set => set.SetProperty(v => v.IsPublished, false), ct);
        }, ct);
        catalog.Forget();
        db.ChangeTracker.Clear();
        var head = await DefinitionHead.Find(db, definitionId, ct) ?? throw new RefusedException(DefinitionProblems.Unknown(definitionId));
        return new(definitionId, head.Latest.VersionId, head.Latest.Version, head.Latest.Document, head.Latest.IsLatest, false, head.Latest.CreatedAt, head.Revision);
    }

    private async Task PutInForce(PublishOrder order, string versionId, string hash, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var versions = await db.DefinitionVersions.Where(v => v.DefinitionId == order.DefinitionId).ToListAsync(ct);
        var version = versions.Single(v => v.VersionId == versionId);
        if (version.Hash != hash)
        {
            // Somebody saved between the check and now: what was checked is not what would be published.
            var head = await DefinitionHead.Find(db, order.DefinitionId, ct);
            throw new RefusedException(DefinitionProblems.Stale(order.DefinitionId, version.Name, head!.Revision, people.Current.NameOf(head.SavedBy), head.SavedAt)); // the version exists, so does its head
        }

        var assigned = await db.DefinitionAssignments.Where(a => a.DefinitionId == order.DefinitionId).ToListAsync(ct);
        if (assigned.Count == 0 && versions.Where(v => v.IsPublished).MaxBy(v => v.Version) is { } before)
        {
            // Until now the published version held for everybody by itself; from now on this row says so.
            var baseline = new DefinitionAssignment { DefinitionId = order.DefinitionId, VersionId = before.VersionId, EffectiveFrom = before.PublishedAt ?? before.CreatedAt };
            db.Add(baseline);
            assigned.Add(baseline);
        }

        var from = order.EffectiveFrom is { } date && date > now ? date : now;
        var assignment = new DefinitionAssignment { DefinitionId = order.DefinitionId, UnitCode = order.Unit, EffectiveFrom = from, VersionId = versionId };
        db.Add(assignment);
        assigned.Add(assignment);
        version.PublishedAt = now;
        var inForce = InForceOrPlanned(assigned, now);
        foreach (var each in versions) each.IsPublished = inForce.Contains(each.VersionId);
        await db.SaveChangesAsync(ct);
    }

    private static HashSet<string> InForceOrPlanned(IEnumerable<DefinitionAssignment> assignments, DateTimeOffset now)
    {
        HashSet<string> versions = [];
        foreach (var unit in assignments.GroupBy(a => a.UnitCode))
        {
            var begun = unit.Where(a => a.EffectiveFrom <= now).OrderBy(a => a.EffectiveFrom).ThenBy(a => a.AssignmentId == 0 ? long.MaxValue : a.AssignmentId).LastOrDefault();
            if (begun is not null) versions.Add(begun.VersionId);
            versions.UnionWith(unit.Where(a => a.EffectiveFrom > now).Select(a => a.VersionId));
        }

        return versions;
    }
}
