using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using PowerWorkflow.Server.Commands;
using PowerWorkflow.Server.Queries;

namespace PowerWorkflow.Server.Api;

/// <inheritdoc cref="Application"/>
public sealed record StartBody(
    string Process, string Unit, ApplicationCustomer Customer, Guid CommandId, Dictionary<string, JsonNode?>? Inputs = null,
    Dictionary<string, JsonObject>? Data = null);

public sealed record CancelBody(string Reason, Guid CommandId);

public sealed record RetryBody(Guid CommandId, string? Reason = null);

/// <param name="Outcome">Port to leave by; Done when absent.</param>
public sealed record SkipBody(string Reason, Guid CommandId, string? Outcome = null);

/// <summary>Cases: start, find, read, repair, end.</summary>
public static class CasesApi
{
    public static void MapCases(this IEndpointRouteBuilder api)
    {
        var cases = api.MapGroup("/cases").WithTags("Cases");
        cases.MapGet("", List).WithName("ListCases").WithSummary("Cases the person may see, newest first.").ProducesProblem(422);
        cases.MapPost("", Start).WithName("StartCase").WithSummary("Starts a case of a published process.").ProducesProblem(403).ProducesProblem(404).ProducesProblem(422);
        cases.MapGet("/{caseId}", Read).WithName("GetCase").WithSummary("A case with data, drawing, tasks, history, incidents, clocks, files.").ProducesProblem(404);
        cases.MapGet("/{caseId}/journal", Journal).WithName("GetJournal").WithSummary("What happened, in order, each entry chained to the one before.").ProducesProblem(404);
        cases.MapGet("/{caseId}/incidents", Incidents).WithName("ListIncidents").WithSummary("What failed and waits for somebody.").ProducesProblem(404);
        cases.MapPost("/{caseId}/cancel", Cancel).WithName("CancelCase").WithSummary("Ends a case before its natural end.").Refuses();
        cases.MapPost("/{caseId}/incidents/{incidentId}/retry", Retry).WithName("RetryIncident").WithSummary("Runs a failed activity again.").Refuses();
        cases.MapPost("/{caseId}/incidents/{incidentId}/skip", Skip).WithName("SkipIncident").WithSummary("Leaves a failed activity without running it again.").Refuses();
    }

    private static async Task<Ok<Page<CaseSummary>>> List([AsParameters] CaseFilter filter, CaseQueries cases, CancellationToken ct) =>
        TypedResults.Ok(await cases.List(filter, ct));

    private static async Task<Created<Started>> Start(StartBody body, StartCase start, Advances advances, HttpResponse response, CancellationToken ct)
    {
        var application = new Application(body.Process, body.Unit, body.Customer, body.Inputs, body.Data);
        var advanced = await advances.Of(response.Marked(await start.Run(application, body.CommandId, ct)), ct);
        return TypedResults.Created($"/api/cases/{advanced.Case.Id}", new Started(advanced.Case, advanced.Next));
    }

    private static async Task<Ok<CaseDetail>> Read(string caseId, CaseDetails cases, CancellationToken ct) => TypedResults.Ok(await cases.Read(caseId, ct));

    private static async Task<Ok<JournalPage>> Journal(string caseId, long? after, int? take, JournalQueries journal, CancellationToken ct) =>
        TypedResults.Ok(await journal.Read(caseId, after ?? 0, take, ct));

    private static async Task<Ok<Listed<IncidentEntry>>> Incidents(string caseId, CaseDetails cases, CancellationToken ct) =>
        TypedResults.Ok(new Listed<IncidentEntry>(await cases.Incidents(caseId, ct)));

    private static async Task<Ok<CaseSummary>> Cancel(
        string caseId, CancelBody body, CancelCase cancel, Advances advances, HttpResponse response, CancellationToken ct) =>
        TypedResults.Ok((await advances.Of(response.Marked(await cancel.Run(caseId, body.Reason, body.CommandId, ct)), ct)).Case);

    private static async Task<Ok<CaseSummary>> Retry(
        string caseId, string incidentId, RetryBody body, RetryIncident retry, Advances advances, HttpResponse response, CancellationToken ct) =>
        TypedResults.Ok((await advances.Of(response.Marked(await retry.Run(caseId, incidentId, body.Reason, body.CommandId, ct)), ct)).Case);

    private static async Task<Ok<CaseSummary>> Skip(
        string caseId, string incidentId, SkipBody body, SkipIncident skip, Advances advances, HttpResponse response, CancellationToken ct) =>
        TypedResults.Ok((await advances.Of(response.Marked(await skip.Run(caseId, incidentId, body.Outcome, body.Reason, body.CommandId, ct)), ct)).Case);

    private static void Refuses(this RouteHandlerBuilder endpoint) => endpoint.ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
}
