using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using PowerWorkflow.Server.Commands;
using PowerWorkflow.Server.Queries;

namespace PowerWorkflow.Server.Api;

/// <param name="CommandId">Made by the client; the same id with the same request is carried out once and answered alike.</param>
public sealed record CommandBody(Guid CommandId);

/// <param name="To">Person id.</param>
public sealed record DelegateBody(string To, string Reason, Guid CommandId);

public sealed record DraftBody(JsonObject Values);

public sealed record JudgeBody(Dictionary<string, JsonObject> Data);

/// <inheritdoc cref="Completion"/>
public sealed record CompleteBody(
    Guid CommandId, string? Outcome = null, Dictionary<string, JsonObject>? Data = null, string? ReturnTo = null, string? Comment = null,
    DeviceEvidence? Evidence = null, IReadOnlyList<string>? Attachments = null);

/// <summary>Steps that wait for people.</summary>
public static class TasksApi
{
    public static void MapTasks(this IEndpointRouteBuilder api)
    {
        var tasks = api.MapGroup("/tasks").WithTags("Tasks");
        tasks.MapGet("", List).WithName("ListTasks").WithSummary("Open tasks: mine, free for my roles, or all I may see; most urgent first.").ProducesProblem(422);
        tasks.MapGet("/{taskId}", Read).WithName("GetTask").WithSummary("A task with its form and the values to fill it with.").ProducesProblem(404).ProducesProblem(409);
        tasks.MapPut("/{taskId}/draft", Draft).WithName("SaveDraft").WithSummary("Keeps what was typed so far, for this person alone.").ProducesProblem(403).ProducesProblem(404);
        tasks.MapPost("/{taskId}/judge", Judge).WithName("JudgeTask").WithSummary("What the data as they stand permit; nothing is written.").ProducesProblem(404).ProducesProblem(409);
        tasks.MapPost("/{taskId}/claim", Claim).WithName("ClaimTask").WithSummary("Takes the task.").Refuses();
        tasks.MapPost("/{taskId}/release", Release).WithName("ReleaseTask").WithSummary("Puts it back for everybody with its role.").Refuses();
        tasks.MapPost("/{taskId}/delegate", Delegate).WithName("DelegateTask").WithSummary("Hands it to another qualified person.").Refuses();
        tasks.MapPost("/{taskId}/complete", Complete).WithName("CompleteTask").WithSummary("Finishes it, signs it, or returns it.").Refuses();
    }

    private static async Task<Ok<TaskPage>> List([AsParameters] TaskFilter filter, TaskQueries tasks, CancellationToken ct) =>
        TypedResults.Ok(await tasks.List(filter, ct));

    private static async Task<Ok<TaskDetail>> Read(string taskId, TaskDetails tasks, CancellationToken ct) => TypedResults.Ok(await tasks.Read(taskId, ct));

    private static async Task<NoContent> Draft(string taskId, DraftBody body, SaveDraft draft, CancellationToken ct)
    {
        await draft.Run(taskId, body.Values, ct);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<Judgement>> Judge(string taskId, JudgeBody body, TaskDetails tasks, CancellationToken ct) =>
        TypedResults.Ok(await tasks.Judge(taskId, body.Data, ct));

    private static async Task<Ok<TaskItem>> Claim(string taskId, CommandBody body, ClaimTask claim, Advances advances, HttpResponse response, CancellationToken ct) =>
        TypedResults.Ok(await advances.TaskOf(response.Marked(await claim.Run(taskId, body.CommandId, ct)), ct));

    private static async Task<Ok<TaskItem>> Release(string taskId, CommandBody body, ReleaseTask release, Advances advances, HttpResponse response, CancellationToken ct) =>
        TypedResults.Ok(await advances.TaskOf(response.Marked(await release.Run(taskId, body.CommandId, ct)), ct));

    private static async Task<Ok<TaskItem>> Delegate(
        string taskId, DelegateBody body, DelegateTask handOver, Advances advances, HttpResponse response, CancellationToken ct) =>
        TypedResults.Ok(await advances.TaskOf(response.Marked(await handOver.Run(taskId, body.To, body.Reason, body.CommandId, ct)), ct));

    private static async Task<Ok<Advanced>> Complete(
        string taskId, CompleteBody body, CompleteTask complete, Advances advances, HttpResponse response, CancellationToken ct)
    {
        var completion = new Completion(body.Outcome, body.Data, body.ReturnTo, body.Comment, body.Evidence, body.Attachments);
        return TypedResults.Ok(await advances.Of(response.Marked(await complete.Run(taskId, completion, body.CommandId, ct)), ct));
    }

    private static void Refuses(this RouteHandlerBuilder endpoint) => endpoint.ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
}

/// <summary>Tells a client that a command had been carried out before.</summary>
internal static class Replays
{
    public static Executed Marked(this HttpResponse response, Executed done)
    {
        if (done.Replayed)
        {
            response.Headers["X-Replayed"] = "true";
        }

        return done;
    }
}
