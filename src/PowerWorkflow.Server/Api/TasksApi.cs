using Microsoft.AspNetCore.Http.HttpResults;
using PowerWorkflow.Server.Queries;

namespace PowerWorkflow.Server.Api;

/// <summary>Steps that wait for people.</summary>
public static class TasksApi
{
    public static void MapTasks(this IEndpointRouteBuilder api)
    {
        var tasks = api.MapGroup("/tasks").WithTags("Tasks");
        tasks.MapGet("", List).WithName("ListTasks").WithSummary("Open tasks: mine, free for my roles, or all I may see; most urgent first.").ProducesProblem(422);
    }

    private static async Task<Ok<TaskPage>> List([AsParameters] TaskFilter filter, TaskQueries tasks, CancellationToken ct) =>
        TypedResults.Ok(await tasks.List(filter, ct));
}
