using Microsoft.AspNetCore.Http.HttpResults;
using PowerWorkflow.Server.Queries;

namespace PowerWorkflow.Server.Api;

/// <summary>Cases: start, find, read, end.</summary>
public static class CasesApi
{
    public static void MapCases(this IEndpointRouteBuilder api)
    {
        var cases = api.MapGroup("/cases").WithTags("Cases");
        cases.MapGet("", List).WithName("ListCases").WithSummary("Cases the person may see, newest first.").ProducesProblem(422);
    }

    private static async Task<Ok<Page<CaseSummary>>> List([AsParameters] CaseFilter filter, CaseQueries cases, CancellationToken ct) =>
        TypedResults.Ok(await cases.List(filter, ct));
}
