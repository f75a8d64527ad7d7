using System.Text.Json.Nodes;
using PowerWorkflow.Engine;
using PowerWorkflow.Server.Queries;
using PowerWorkflow.Server.Refusals;
using PowerWorkflow.Server.Storage.Schema;

namespace PowerWorkflow.Server.Api.Studio;

/// <summary>Cases in the shapes of the Studio's instances.</summary>
internal static class InstanceJson
{
    /// <summary>Journal kinds in the words whose colours the Studio knows; others are not about an activity's progress.</summary>
    private static readonly Dictionary<string, string> Events = new()
    {
        ["ActivityCompleted"] = "Completed", ["ActivityCancelled"] = "Canceled", ["Incident"] = "Faulted", ["TaskOpened"] = "Suspended", ["TimerSet"] = "Suspended", ["EventAwaited"] = "Suspended",
        ["MessageSent"] = "Suspended", ["TimerFired"] = "Resumed", ["TaskCompleted"] = "Resumed", ["EventDelivered"] = "Resumed", ["MessageReplied"] = "Resumed", ["IncidentRetried"] = "Started", ["IncidentSkipped"] = "Started",
    };

    public static string Status(CaseStatus status) => status is CaseStatus.Finished or CaseStatus.Cancelled ? "Finished" : "Running";

    public static string SubStatus(CaseStatus status) => status switch { CaseStatus.Running => "Suspended", CaseStatus.Faulted => "Faulted", CaseStatus.Cancelled => "Cancelled", _ => "Finished" };

    public static JsonObject Listed(CaseHeader row, int version) => Summary(row.CaseId, row.Process, row.DefinitionVersionId, version, row.Name ?? row.CustomerName, row.Number,
        row.Status, row.Status == CaseStatus.Faulted ? 1 : 0, row.CreatedAt, row.FinishedAt ?? row.CreatedAt, row.FinishedAt);

    public static JsonObject Test(TestCaseRow row, CaseState state, string language) => Summary(row.TestCaseId, row.DefinitionId, row.VersionId, row.Version,
        (language == Languages.English ? "Test: " : "测试：") + (state.Name ?? row.Name), null, state.Status, state.Incidents.Count, row.CreatedAt, row.UpdatedAt, Status(state.Status) == "Finished" ? row.UpdatedAt : null);

    public static JsonObject Whole(StudioRun run)
    {
        var instance = Summary(run.Id, run.DefinitionId, run.VersionId, run.Version, run.Name, run.CorrelationId, run.State.Status, run.State.Incidents.Count, run.CreatedAt, run.UpdatedAt, run.FinishedAt);
        instance["workflowState"] = new JsonObject
        {
            ["id"] = run.Id, ["definitionId"] = run.DefinitionId, ["definitionVersion"] = run.Version, ["correlationId"] = run.CorrelationId,
            ["status"] = Status(run.State.Status), ["subStatus"] = SubStatus(run.State.Status),
            ["bookmarks"] = new JsonArray([.. run.Executions.Where(e => e.IsBlocked).Select(e => new JsonObject
            {
                ["id"] = e.Id, ["name"] = e.ActivityType, ["hash"] = e.Id, ["payload"] = null, ["activityNodeId"] = StudioRun.NodeId(e.Path), ["activityInstanceId"] = Key(run, e), ["autoBurn"] = true,
            })]),
            ["incidents"] = new JsonArray([.. run.State.Incidents.Select(i => new JsonObject
            {
                ["activityId"] = LastId(i.Path), ["activityNodeId"] = StudioRun.NodeId(i.Path), ["activityType"] = run.Facts.LastOrDefault(f => f.Path == i.Path)?.ActivityType ?? "", ["message"] = i.Message,
                ["exception"] = Exception(i), ["timestamp"] = i.At,
            })]),
            ["completionCallbacks"] = new JsonArray(),
            ["activityExecutionContexts"] = new JsonArray(),
            ["input"] = new JsonObject(run.Data.Select(s => KeyValuePair.Create(s.Key, (JsonNode?)s.Value.DeepClone()))),
            ["output"] = new JsonObject(run.State.Outputs.Select(o => KeyValuePair.Create(o.Key, o.Value?.DeepClone()))),
            ["properties"] = new JsonObject(),
            ["createdAt"] = run.CreatedAt, ["updatedAt"] = run.UpdatedAt, ["finishedAt"] = run.FinishedAt,
        };
        return instance;
    }

    public static JsonObject ExecutionState(StudioRun run) => new()
    {
        ["status"] = Status(run.State.Status), ["workflowSubStatus"] = SubStatus(run.State.Status), ["updatedAt"] = run.UpdatedAt,
    };

    public static IEnumerable<JsonObject> Variables(StudioRun run) => run.State.Executions.Where(e => e.Scope is not null || e.Variables.Count > 0)
        .SelectMany(e => e.Variables.Select(v => new JsonObject { ["id"] = e.Path.Length == 0 ? v.Key : $"{e.Path}/{v.Key}", ["name"] = v.Key, ["value"] = v.Value?.DeepClone() }));

    public static IEnumerable<JsonObject> Journal(StudioRun run) => run.Facts.Where(f => f.Path is { Length: > 0 } && Events.ContainsKey(f.Kind)).Select(f => new JsonObject
    {
        ["id"] = $"{run.Id}~{f.Sequence}", ["activityInstanceId"] = $"{run.Id}~e{f.Sequence}", ["parentActivityInstanceId"] = null, ["activityId"] = LastId(f.Path!), ["activityType"] = f.ActivityType ?? "", // filtered on the path
        ["activityTypeVersion"] = 1, ["activityName"] = LastId(f.Path!), ["nodeId"] = StudioRun.NodeId(f.Path!), ["timestamp"] = f.At, ["sequence"] = f.Sequence, ["eventName"] = Events[f.Kind],
        ["message"] = Message(f), ["source"] = null, ["activityState"] = null, ["payload"] = f.Detail.DeepClone(),
    });

    public static IEnumerable<JsonObject> Stats(StudioRun run) => run.Executions.GroupBy(e => e.Path).Select(at => new JsonObject
    {
        ["activityId"] = LastId(at.Key), ["activityNodeId"] = StudioRun.NodeId(at.Key), ["startedCount"] = at.Count(), ["completedCount"] = at.Count(e => e.Status == "Completed"),
        ["uncompletedCount"] = at.Count(e => e.CompletedAt is null), ["isBlocked"] = at.Any(e => e.IsBlocked), ["isFaulted"] = at.Any(e => e.Status == "Faulted"), ["metadata"] = new JsonObject(),
    });

    public static JsonObject Execution(StudioRun run, RunExecution execution, bool whole)
    {
        var record = new JsonObject
        {
            ["id"] = Key(run, execution), ["workflowInstanceId"] = run.Id, ["activityId"] = LastId(execution.Path), ["activityNodeId"] = StudioRun.NodeId(execution.Path), ["activityType"] = execution.ActivityType,
            ["activityTypeVersion"] = 1, ["activityName"] = LastId(execution.Path), ["startedAt"] = execution.StartedAt, ["hasBookmarks"] = execution.IsBlocked, ["metadata"] = new JsonObject(),
            ["status"] = execution.Status, ["completedAt"] = execution.CompletedAt, ["aggregateFaultCount"] = execution.Status == "Faulted" ? 1 : 0,
        };
        if (!whole) return record;
        record["activityState"] = new JsonObject();
        record["payload"] = new JsonObject { ["Outcomes"] = new JsonArray([.. execution.Outcomes.Select(o => JsonValue.Create(o))]) };
        record["outputs"] = execution.Detail["values"] is JsonObject values ? values.DeepClone() : new JsonObject();
        record["properties"] = new JsonObject();
        record["exception"] = execution.Incident is { } incident ? Exception(incident) : null;
        record["schedulingActivityExecutionId"] = null;
        record["schedulingActivityId"] = null;
        record["schedulingWorkflowInstanceId"] = null;
        record["callStackDepth"] = 0;
        return record;
    }

    /// <summary>An execution that has ended under the id it had while it was open.</summary>
    public static JsonObject Gone(StudioRun run, string id) => Execution(run, run.Executions.Count > 0 ? run.Executions[^1] with { Id = id[(run.Id.Length + 1)..], Status = "Completed", IsBlocked = false, CompletedAt = run.UpdatedAt, Incident = null }
        : new(id[(run.Id.Length + 1)..], "", "", run.CreatedAt, run.UpdatedAt, "Completed", false, [], [], null), true);

    public static JsonObject Exception(Incident incident) => new() { ["type"] = incident.Code, ["message"] = incident.Message, ["stackTrace"] = null, ["innerException"] = null };

    public static string LastId(string path) => path[(path.LastIndexOf('/') + 1)..];

    private static string Key(StudioRun run, RunExecution execution) => $"{run.Id}~{execution.Id}";

    private static string? Message(RunFact fact) => (fact.Detail["message"] ?? (fact.Detail["values"] as JsonObject)?["message"] ?? fact.Detail["title"] ?? fact.Detail["outcome"])?.ToString();

    private static JsonObject Summary(string id, string definitionId, string versionId, int version, string? name, string? correlationId, CaseStatus status, int incidents,
        DateTimeOffset createdAt, DateTimeOffset updatedAt, DateTimeOffset? finishedAt) => new()
    {
        ["id"] = id, ["definitionId"] = definitionId, ["definitionVersionId"] = versionId, ["version"] = version, ["parentWorkflowInstanceId"] = null, ["status"] = Status(status), ["subStatus"] = SubStatus(status),
        ["isExecuting"] = false, ["correlationId"] = correlationId, ["name"] = name, ["incidentCount"] = incidents, ["isSystem"] = false, ["createdAt"] = createdAt, ["updatedAt"] = updatedAt, ["finishedAt"] = finishedAt,
    };
}
