using Microsoft.AspNetCore.Http.HttpResults;
using PowerWorkflow.Server.Queries;

namespace PowerWorkflow.Server.Api;

/// <summary>Processes as people start and read them. Drawing them is the designer's interface.</summary>
public static class DefinitionsApi
{
    public static void MapDefinitions(this IEndpointRouteBuilder api)
    {
        api.MapGet("/definitions", List).WithName("ListDefinitions").WithTags("Definitions").WithSummary("Published processes.");
        api.MapGet("/definitions/{definitionId}", Detail).WithName("GetDefinition").WithTags("Definitions")
            .WithSummary("A process as it is drawn; the newest published version, or the one asked for.").ProducesProblem(404);
        api.MapGet("/forms/{process}/{code}", Form).WithName("GetForm").WithTags("Definitions")
            .WithSummary("A form with both languages and its checklists.").ProducesProblem(404);
    }

    private static async Task<Ok<Listed<DefinitionSummary>>> List(DefinitionQueries definitions, CancellationToken ct) =>
        TypedResults.Ok(await definitions.List(ct));

    private static async Task<Ok<DefinitionDetail>> Detail(string definitionId, int? version, DefinitionQueries definitions, CancellationToken ct) =>
        TypedResults.Ok(await definitions.Detail(definitionId, version, ct));

    private static async Task<Ok<FormDocument>> Form(string process, string code, int? version, DefinitionQueries definitions, CancellationToken ct) =>
        TypedResults.Ok(await definitions.Form(process, code, version, ct));
}
