using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PowerWorkflow.Engine;
using PowerWorkflow.Server.Commands;
using PowerWorkflow.Server.Queries;
using PowerWorkflow.Server.Refusals;
using PowerWorkflow.Server.Security;
using PowerWorkflow.Server.Storage;
using PowerWorkflow.Server.Storage.Schema;

namespace PowerWorkflow.Server.Api.Studio;

/// <summary>Cases as the Studio's instances: the list, and everything its viewer asks about one.</summary>
internal static class StudioInstances
{
    public static void MapStudioInstances(this IEndpointRouteBuilder api)
    {
        api.MapPost("/workflow-instances", List);
        api.MapGet("/workflow-instances/{id}", async (string id, StudioRuns runs, CancellationToken ct) => StudioReplies.Json(InstanceJson.Whole(await runs.Find(id, ct))));
        api.MapGet("/workflow-instances/{id}/variables", async (string id, StudioRuns runs, CancellationToken ct) => StudioReplies.List(InstanceJson.Variables(await runs.Find(id, ct))));
        api.MapGet("/workflow-instances/{id}/execution-state", async (string id, StudioRuns runs, CancellationToken ct) => StudioReplies.Json(InstanceJson.ExecutionState(await runs.Find(id, ct))));
        api.MapGet("/workflow-instances/{id}/export", Export);
        api.MapPost("/workflow-instances/{id}/journal", Journal);
        api.MapPost("/activity-executions/report", Report);
        api.MapGet("/activity-executions/list", (string workflowInstanceId, string? activityNodeId, StudioRuns runs, CancellationToken ct) => Executions(workflowInstanceId, activityNodeId, true, runs, ct));
        api.MapGet("/activity-execution-summaries/list", (string workflowInstanceId, string? activityNodeId, StudioRuns runs, CancellationToken ct) => Executions(workflowInstanceId, activityNodeId, false, runs, ct));
        api.MapGet("/activity-executions/by-id", ById);
        api.MapGet("/activity-executions/{id}/call-stack", (string id) => StudioReplies.Json(new JsonObject { ["activityExecutionId"] = id, ["items"] = new JsonArray(), ["totalCount"] = 0 }));
        foreach (var action in (string[])["bulk-actions/delete/workflow-instances/by-id", "bulk-actions/cancel/workflow-instances", "bulk-actions/import/workflow-instances", "cancel/workflow-instances/{id}", "alterations/workflows/retry"])
            api.MapPost($"/{action}", (Func<IResult>)Refuse);
        api.MapDelete("/workflow-instances/{id}", (Func<IResult>)Refuse);
    }

    private static IResult Refuse() => throw new RefusedException(DefinitionProblems.InstancesStay());

    private static async Task<IResult> List(HttpContext http, WorkflowDb db, SignedIn who, RunTestCase tests, CancellationToken ct)
    {
        var filter = await http.ReadDefinition(ct);
        string[] Texts(string list) => [.. (filter[list] as JsonArray)?.Select(i => i?.ToString()).OfType<string>() ?? []];
        var definitions = filter["definitionId"]?.ToString() is { Length: > 0 } single ? [single] : Texts("definitionIds");
        var statuses = filter["status"]?.ToString() is { Length: > 0 } one ? [one] : Texts("statuses");
        var subStatuses = filter["subStatus"]?.ToString() is { Length: > 0 } sub ? [sub] : Texts("subStatuses");
        var term = filter["searchTerm"]?.ToString() ?? "";
        var found = db.Cases.AsNoTracking().Where(Access.MaySeeCase(who.Reach, db));
        if (definitions.Length > 0) found = found.Where(c => definitions.Contains(c.Process));
        if (term.Length > 0) found = found.Where(c => c.CaseId == term || c.Number.Contains(term) || c.Name!.Contains(term) || c.Process == term || c.DefinitionVersionId == term);
        if (statuses.Length > 0 || subStatuses.Length > 0 || filter["hasIncidents"] is JsonValue)
        {
            var wanted = Enum.GetValues<CaseStatus>().Where(s => (statuses.Length == 0 || statuses.Contains(InstanceJson.Status(s))) && (subStatuses.Length == 0 || subStatuses.Contains(InstanceJson.SubStatus(s)))
                && (filter["hasIncidents"] is not JsonValue flag || !flag.TryGetValue(out bool yes) || yes == (s == CaseStatus.Faulted))).ToArray();
            found = found.Where(c => wanted.Contains(c.Status));
        }

        var page = Math.Max(0, filter["page"]?.GetValue<int>() ?? 0);
        var size = Math.Clamp(filter["pageSize"]?.GetValue<int>() ?? 10, 1, 200);
        // Test cases stand before the cases; there are few, and they go after a week.
        var tried = who.Reach.IsProcessOwner && statuses.Length + subStatuses.Length == 0
            ? await db.Set<TestCaseRow>().AsNoTracking().Where(t => definitions.Length == 0 || definitions.Contains(t.DefinitionId)).Where(t => term == "" || t.TestCaseId == term || t.Name.Contains(term))
                .OrderByDescending(t => t.CreatedAt).Take(20).ToListAsync(ct)
            : [];
        var total = await found.CountAsync(ct) + tried.Count;
        JsonArray items = [];
        foreach (var test in tried.Skip(page * size).Take(size)) items.Add(InstanceJson.Test(test, (await tests.Play(test)).State, who.Language));
        if (items.Count < size)
        {
            var skip = Math.Max(0, page * size - tried.Count);
            var rows = await found.OrderByDescending(c => c.CreatedAt).ThenBy(c => c.CaseId).Skip(skip).Take(size - items.Count).ToListAsync(ct);
            var ids = rows.Select(r => r.DefinitionVersionId).Distinct().ToArray();
            var versions = await db.DefinitionVersions.Where(v => ids.Contains(v.VersionId)).ToDictionaryAsync(v => v.VersionId, v => v.Version, ct);
            foreach (var row in rows) items.Add(InstanceJson.Listed(row, versions.GetValueOrDefault(row.DefinitionVersionId)));
        }

        return StudioReplies.Json(new JsonObject { ["items"] = items, ["totalCount"] = total });
    }

    private static async Task<IResult> Journal(string id, int? skip, int? take, HttpContext http, StudioRuns runs, CancellationToken ct)
    {
        var body = http.HasBody() ? await http.ReadDefinition(ct) : [];
        var filter = body["filter"] as JsonObject ?? [];
        var run = await runs.Find(id, ct);
        HashSet<string>? Set(string list) => filter[list] is JsonArray { Count: > 0 } items ? [.. items.Select(i => i?.ToString() ?? "")] : null;
        var (nodes, names, excluded) = (Set("activityNodeIds"), Set("eventNames"), Set("excludedActivityTypes"));
        var records = InstanceJson.Journal(run)
            .Where(r => nodes is null || nodes.Contains(r["nodeId"]!.ToString()))
            .Where(r => names is null || names.Contains(r["eventName"]!.ToString()))
            .Where(r => excluded is null || !excluded.Contains(r["activityType"]!.ToString())).ToList();
        return StudioReplies.Json(new JsonObject { ["items"] = new JsonArray([.. records.Skip(skip ?? 0).Take(Math.Clamp(take ?? 100, 1, 1000))]), ["totalCount"] = records.Count });
    }

    private sealed record ReportBody(string WorkflowInstanceId, string[]? ActivityNodeIds = null);

    private static async Task<IResult> Report(ReportBody body, StudioRuns runs, CancellationToken ct)
    {
        var run = await runs.Find(body.WorkflowInstanceId, ct);
        var wanted = body.ActivityNodeIds?.ToHashSet();
        return StudioReplies.Json(new JsonObject { ["stats"] = new JsonArray([.. InstanceJson.Stats(run).Where(s => wanted is null || wanted.Contains(s["activityNodeId"]!.ToString()))]) });
    }

    private static async Task<IResult> Executions(string workflowInstanceId, string? activityNodeId, bool whole, StudioRuns runs, CancellationToken ct)
    {
        var run = await runs.Find(workflowInstanceId, ct);
        return StudioReplies.List(run.Executions.Where(e => activityNodeId is null || StudioRun.NodeId(e.Path) == activityNodeId).Select(e => InstanceJson.Execution(run, e, whole)));
    }

    /// <summary>The Studio asks for an execution by its id alone, so the id carries its case's.</summary>
    private static async Task<IResult> ById(string id, StudioRuns runs, CancellationToken ct)
    {
        var slash = id.LastIndexOf('~');
        var run = slash > 0 ? await runs.Find(id[..slash], ct) : throw new RefusedException(Problems.NotFound("执行记录", "execution", id));
        var execution = run.Executions.FirstOrDefault(e => e.Id == id[(slash + 1)..]);
        // An open execution that has ended since is asked for once more under its old id.
        return execution is null ? StudioReplies.Json(InstanceJson.Gone(run, id)) : StudioReplies.Json(InstanceJson.Execution(run, execution, true));
    }

    private static async Task<IResult> Export(string id, HttpContext http, StudioRuns runs, CancellationToken ct)
    {
        var run = await runs.Find(id, ct);
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"{Uri.EscapeDataString(id)}.json\"";
        return StudioReplies.Json(new JsonObject { ["workflowState"] = InstanceJson.Whole(run), ["journal"] = new JsonArray([.. InstanceJson.Journal(run)]) });
    }
}
