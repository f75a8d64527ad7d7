using Microsoft.AspNetCore.Http.HttpResults;
using PowerWorkflow.Server.Storage;

namespace PowerWorkflow.Server.Api;

/// <param name="Status">ready, or unready.</param>
/// <param name="Reasons">What stands against it, by subject.</param>
public sealed record Health(string Status, IReadOnlyDictionary<string, string> Reasons);

/// <summary>For load balancers and people on call; needs no session.</summary>
public static class HealthApi
{
    public static void MapHealth(this IEndpointRouteBuilder api) =>
        api.MapGet("/health", Read).WithName("GetHealth").WithTags("Health").WithSummary("200 when this node works, 503 with the reasons when it does not.");

    private static async Task<Results<Ok<Health>, JsonHttpResult<Health>>> Read(NodeReadiness readiness, WorkflowDb db, CancellationToken ct)
    {
        var reasons = readiness.Reasons.ToDictionary();
        if (!await db.Database.CanConnectAsync(ct))
        {
            reasons["database"] = "The database does not answer.";
        }

        return reasons.Count == 0
            ? TypedResults.Ok(new Health("ready", reasons))
            : TypedResults.Json(new Health("unready", reasons), statusCode: StatusCodes.Status503ServiceUnavailable);
    }
}
