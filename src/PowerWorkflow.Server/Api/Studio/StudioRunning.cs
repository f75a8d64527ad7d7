using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PowerWorkflow.Engine;
using PowerWorkflow.Engine.Definitions;
using PowerWorkflow.Engine.Simulation;
using PowerWorkflow.Server.Commands;
using PowerWorkflow.Server.Definitions;
using PowerWorkflow.Server.Queries;
using PowerWorkflow.Server.Refusals;
using PowerWorkflow.Server.Security;
using PowerWorkflow.Server.Storage;

namespace PowerWorkflow.Server.Api.Studio;

/// <summary>Trying a process out from the Studio, and going on with what was started.</summary>
internal static class StudioRunning
{
    public static void MapStudioRunning(this IEndpointRouteBuilder api)
    {
        api.MapPost("/workflow-definitions/{definitionId}/execute", Execute).RequireOwner();
        api.MapPost("/tests/activities", TestActivity).RequireOwner();
        api.MapGet("/studio/runs/{id}", Run);
        api.MapPost("/studio/runs/{id}/moves", Move).RequireOwner();
    }

    private sealed record ExecuteBody(string? VersionOptions = null);

    private static async Task<IResult> Execute(string definitionId, HttpContext http, WorkflowDb db, RunTestCase tests, CancellationToken ct)
    {
        var body = http.HasBody() ? await http.Request.ReadFromJsonAsync<ExecuteBody>(ct) : null;
        var version = await StudioDefinitions.Versions(db.DefinitionVersions.AsNoTracking().Where(v => v.DefinitionId == definitionId), body?.VersionOptions ?? "Latest")
            .OrderByDescending(v => v.Version).FirstOrDefaultAsync(ct) ?? throw new RefusedException(DefinitionProblems.Unknown(definitionId));
        http.Response.Headers["x-elsa-workflow-instance-id"] = await tests.Start(version, ct);
        return StudioReplies.Json(new JsonObject());
    }

    private static async Task<IResult> TestActivity(HttpContext http, WorkflowDb db, WorkflowEngine engine, TimeProvider time, CancellationToken ct)
    {
        var body = await http.ReadDefinition(ct);
        var versionId = body["workflowDefinitionHandle"]?["definitionVersionId"]?.ToString() ?? "";
        var node = body["activityHandle"]?["activityNodeId"]?.ToString() ?? "";
        var row = await db.DefinitionVersions.AsNoTracking().FirstOrDefaultAsync(v => v.VersionId == versionId, ct) ?? throw new RefusedException(DefinitionProblems.Unknown(versionId));
        var document = JsonNode.Parse(row.Document)!.AsObject(); // stored documents are objects
        var id = node[(node.LastIndexOf(':') + 1)..];
        var activity = StudioDocument.Activities(document).FirstOrDefault(a => a["id"]?.ToString() == id) ?? throw new RefusedException(Problems.NotFound("步骤", "activity", id));
        document["root"] = new JsonObject { ["id"] = "test", ["type"] = "Elsa.Flowchart", ["version"] = 1, ["start"] = id, ["activities"] = new JsonArray(activity.DeepClone()), ["connections"] = new JsonArray() };
        var definition = WorkflowDefinition.Read(document, engine.Activities, versionId);
        var world = new World { Definitions = new Dictionary<string, WorkflowDefinition> { [versionId] = definition }, Versions = new Dictionary<string, string> { [row.DefinitionId] = versionId } };
        var runner = new CaseRunner(engine, world, row.DefinitionId, time.GetUtcNow());
        runner.Start(new Dictionary<string, JsonNode?>(), Actor.System);
        var left = runner.Journal.FirstOrDefault(e => e.Kind == "ActivityCompleted" && e.ActivityId == $"test/{id}");
        var incident = runner.State.Incidents is [var first, ..] ? first : null;
        return StudioReplies.Json(new JsonObject
        {
            ["activityState"] = new JsonObject(),
            ["outputs"] = left?.Detail["values"]?.DeepClone() ?? new JsonObject(),
            ["payload"] = new JsonObject { ["Outcomes"] = left is null ? new JsonArray() : left.Detail["outcomes"]?.DeepClone() ?? new JsonArray("Done") },
            ["exception"] = incident is null ? null : InstanceJson.Exception(incident),
            ["status"] = incident is not null ? "Faulted" : left is not null ? "Completed" : "Running",
        });
    }

    /// <summary>What waits in a case or test case, and what the person may do about it.</summary>
    private static async Task<IResult> Run(string id, StudioRuns runs, CaseDetails details, SignedIn who, CancellationToken ct)
    {
        var run = await runs.Find(id, ct);
        var isTest = run.Test is not null;
        JsonArray Outcomes(IEnumerable<string> outcomes) => new([.. outcomes.Select(o => JsonValue.Create(o))]);
        var incidents = isTest
            ? run.State.Incidents.Select(i => new JsonObject { ["id"] = i.Id, ["title"] = InstanceJson.LastId(i.Path), ["message"] = i.Message, ["outcomes"] = new JsonArray("Done") })
            : (await details.Incidents(id, ct)).Select(i => new JsonObject { ["id"] = i.Id, ["title"] = i.ActivityTitle, ["message"] = i.Message, ["outcomes"] = Outcomes(i.Outcomes) });
        return StudioReplies.Json(new JsonObject
        {
            ["isTest"] = isTest,
            ["status"] = run.State.Status.ToString(),
            ["canMove"] = isTest && who.Reach.IsProcessOwner,
            ["now"] = run.Test?.Now,
            ["nextTimerAt"] = run.Test?.NextTimerAt,
            ["tasks"] = new JsonArray([.. (run.Test?.OpenTasks ?? []).Select(t => new JsonObject { ["id"] = t.TaskId, ["title"] = t.Title, ["role"] = t.Role, ["outcomes"] = Outcomes(t.Outcomes) })]),
            ["incidents"] = new JsonArray([.. incidents]),
            ["messages"] = new JsonArray([.. (run.Test?.Outbox ?? []).Select(m => JsonValue.Create($"{m.Kind}: {m.Payload.ToJsonString(DefinitionFormat.Json)}"))]),
        });
    }

    private static async Task<IResult> Move(string id, TestMove move, RunTestCase tests, CancellationToken ct)
    {
        await tests.Move(id, move, ct);
        return TypedResults.NoContent();
    }
}
