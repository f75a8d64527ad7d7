using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PowerWorkflow.Engine;
using PowerWorkflow.Processes.Documents;
using PowerWorkflow.Server.Definitions;
using PowerWorkflow.Server.Refusals;
using PowerWorkflow.Server.Security;
using PowerWorkflow.Server.Storage;

namespace PowerWorkflow.Server.Queries;

/// <summary>What publishing a draft would mean: what changes, what speaks against it, and what it is to the cases that are open now.</summary>
public sealed class PublishForesight(WorkflowDb db, DefinitionReview review)
{
    /// <exception cref="RefusedException">There is no such definition.</exception>
    public async Task<JsonObject> Of(string definitionId, SignedIn who, CancellationToken ct)
    {
        var head = await DefinitionHead.Find(db, definitionId, ct) ?? throw new RefusedException(DefinitionProblems.Unknown(definitionId));
        var draft = JsonNode.Parse(head.Latest.Document)!.AsObject(); // stored documents are objects
        var before = await db.DefinitionVersions.AsNoTracking().Where(v => v.DefinitionId == definitionId && v.PublishedAt != null && v.VersionId != head.Latest.VersionId)
            .OrderByDescending(v => v.Version).FirstOrDefaultAsync(ct);
        if (head.Latest.IsPublished) before = head.Latest;
        var published = before is null ? null : JsonNode.Parse(before.Document)!.AsObject();
        var changes = published is null ? [] : DefinitionDifference.Between(published, draft);
        var problems = await review.Problems(draft, ct);
        var effect = await Effect(definitionId, draft, changes, who, ct);
        return new JsonObject
        {
            ["version"] = head.Latest.Version,
            ["revision"] = head.Revision,
            ["against"] = before?.Version,
            ["changes"] = new JsonArray([.. changes.Select(c => new JsonObject { ["kind"] = c.Kind, ["activityId"] = c.ActivityId, ["text"] = c.Text.In(who.Language) })]),
            ["problems"] = new JsonArray([.. problems.Select(p => new JsonObject { ["activityId"] = p.ActivityId, ["activity"] = p.Activity, ["message"] = p.Text.In(who.Language), ["severity"] = p.Severity })]),
            ["effect"] = new JsonArray([.. effect.Select(e => JsonValue.Create(e.In(who.Language)))]),
            ["units"] = new JsonArray([.. who.Organisation.Units.Where(u => u.Department is null).Select(u => new JsonObject { ["code"] = u.Code, ["name"] = who.Organisation.UnitName(u.Code, who.Language) })]),
        };
    }

    private async Task<List<LocalText>> Effect(string definitionId, JsonObject draft, IReadOnlyList<DefinitionChange> changes, SignedIn who, CancellationToken ct)
    {
        List<LocalText> effect = [];
        var open = db.Cases.AsNoTracking().Where(c => c.Process == definitionId && (c.Status == CaseStatus.Running || c.Status == CaseStatus.Faulted));
        var count = await open.CountAsync(ct);
        effect.Add(count == 0
            ? new("没有在办案件。", "No case is open.")
            : new($"{count} 个在办案件继续按各自开始时的版本办理，不受发布影响。", $"{count} open case(s) go on with the version they started with; publishing does not change them."));
        var standing = await db.Tasks.AsNoTracking().Where(t => t.Process == definitionId && open.Any(c => c.CaseId == t.CaseId))
            .GroupBy(t => new { t.Step, t.ActivityId }).Select(g => new { g.Key.Step, g.Key.ActivityId, Cases = g.Select(t => t.CaseId).Distinct().Count() }).ToListAsync(ct);
        var steps = StudioDocument.Activities(draft).Where(a => a["id"] is not null).DistinctBy(a => a["id"]!.ToString()).ToDictionary(a => a["id"]!.ToString());
        var changed = changes.Where(c => c is { Kind: "changed", ActivityId: not null }).Select(c => c.ActivityId!).ToHashSet(); // filtered on it
        foreach (var at in standing.GroupBy(s => (s.Step, Id: s.ActivityId[(s.ActivityId.LastIndexOf('/') + 1)..])).OrderByDescending(g => g.Sum(s => s.Cases)))
        {
            var cases = at.Sum(s => s.Cases);
            var known = steps.TryGetValue(at.Key.Id, out var step);
            var label = known ? DefinitionDifference.Label(step!) : at.Key.Step; // known says it is there
            effect.Add(!known
                ? new($"{cases} 个案件停在“{label}”；新版本没有这一步，迁移时须指定对应步骤。", $"{cases} case(s) wait at '{label}'; the new version has no such step: a migration has to say where they go.")
                : changed.Contains(at.Key.Id)
                    ? new($"{cases} 个案件停在“{label}”；新版本改变了这一步。", $"{cases} case(s) wait at '{label}', which the new version changes.")
                    : new($"{cases} 个案件停在“{label}”。", $"{cases} case(s) wait at '{label}'."));
        }

        effect.AddRange(FourEyes(draft, who));
        return effect;
    }

    /// <summary>Steps that must be done by another person than an earlier one, where fewer than two people hold the role.</summary>
    private static IEnumerable<LocalText> FourEyes(JsonObject draft, SignedIn who)
    {
        var byCode = StudioDocument.Activities(draft).Where(a => a["name"] is JsonValue).DistinctBy(a => a["name"]!.ToString()).ToDictionary(a => a["name"]!.ToString());
        foreach (var step in byCode.Values)
        {
            if (Literal(step["role"]) is not { } role || Literal(step["notSameAs"]) is not { } list) continue;
            JsonArray? others;
            try
            {
                others = JsonNode.Parse(list) as JsonArray;
            }
            catch (System.Text.Json.JsonException)
            {
                continue; // not a list: the check names it
            }

            var holders = who.Organisation.Assignments.Where(a => a.Role == role).Select(a => a.Person).Distinct().Count();
            foreach (var other in others?.OfType<JsonValue>().Select(o => o.ToString()) ?? [])
            {
                if (holders < 2 && byCode.TryGetValue(other, out var first) && Literal(first["role"]) == role)
                    yield return new($"“{DefinitionDifference.Label(step)}”与“{DefinitionDifference.Label(first)}”须由不同的人办理，但角色 {role} 只有 {holders} 人。",
                        $"'{DefinitionDifference.Label(step)}' and '{DefinitionDifference.Label(first)}' need different people, but role {role} is held by {holders}.");
            }
        }
    }

    private static string? Literal(JsonNode? input) =>
        input is JsonObject wrapped && wrapped["expression"] is JsonObject expression && expression["value"] is JsonValue value ? value.ToString() : null;
}
