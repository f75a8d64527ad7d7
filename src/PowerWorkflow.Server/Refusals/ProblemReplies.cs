using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using PowerWorkflow.Processes.Documents;

namespace PowerWorkflow.Server.Refusals;

/// <summary>Turns every refusal into problem details; whatever is not a refusal is logged and answered without its inside.</summary>
public sealed class ProblemReplies(ILogger<ProblemReplies> log) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var problem = exception switch
        {
            RefusedException refused => refused.Problem,
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => Problems.FileTooLarge(),
            BadHttpRequestException { InnerException: JsonException json } => Problems.BodyUnreadable(json.Path ?? "$", Plain(json.Message)),
            BadHttpRequestException bad => Problems.RequestUnreadable(bad.Message),
            _ => null,
        };
        if (problem is null)
        {
            log.LogError(exception, "{Method} {Path} failed", httpContext.Request.Method, httpContext.Request.Path);
            problem = Problems.Unexpected(httpContext.TraceIdentifier);
        }

        await Reply(problem, httpContext.Language()).ExecuteAsync(httpContext);
        return true;
    }

    /// <summary>The serializer's sentence without the names of our types, which tell a client nothing.</summary>
    private static string Plain(string message) => message.IndexOf("was missing required properties", StringComparison.Ordinal) is >= 0 and var at
        ? "missing: " + message[(message.IndexOf(':', at) + 1)..].Trim(' ', '.')
        : message.Split(" Path:")[0].Split("The JSON value could not be converted")[0].Trim() is { Length: > 0 } plain ? plain : "a value of the wrong kind";

    /// <summary>The problem as an HTTP result in the given language.</summary>
    public static ProblemHttpResult Reply(Problem problem, string language)
    {
        var details = new ProblemDetails
        {
            Type = $"/problems/{problem.Slug}",
            Title = problem.Title.In(language),
            Status = problem.Status,
            Detail = problem.Detail.In(language),
        };
        if (problem.Errors is { Count: > 0 } errors)
        {
            details.Extensions["errors"] = errors.ToDictionary(e => e.Key, e => e.Value.Select(text => text.In(language)).ToArray());
        }

        foreach (var (name, value) in problem.Extra ?? new Dictionary<string, object?>())
        {
            details.Extensions[name] = value switch
            {
                LocalText text => text.In(language),
                IEnumerable<LocalText> texts => texts.Select(text => text.In(language)).ToArray(),
                IEnumerable<ListedProblem> listed => listed.Select(one => new { one.ActivityId, one.Activity, message = one.Text.In(language), one.Severity }).ToArray(),
                _ => value,
            };
        }

        return TypedResults.Problem(details);
    }

    /// <summary>Answers unknown addresses and methods of the API with a problem instead of an empty page.</summary>
    public static async Task EmptyReply(StatusCodeContext context)
    {
        var http = context.HttpContext;
        if (http.Request.Path.StartsWithSegments("/api") && http.Response.StatusCode is 404 or 405 or 415)
        {
            var problem = http.Response.StatusCode switch
            {
                405 => Problems.MethodUnknown(http.Request.Method, http.Request.Path),
                415 => Problems.RequestUnreadable($"Content-Type '{http.Request.ContentType}' is not application/json."),
                _ => Problems.AddressUnknown(http.Request.Path),
            };
            await Reply(problem, http.Language()).ExecuteAsync(http);
        }
    }
}

/// <summary>How refusals reach the reader.</summary>
public static class RefusalSetup
{
    public static IServiceCollection AddRefusals(this IServiceCollection services)
    {
        services.AddExceptionHandler<ProblemReplies>().AddProblemDetails();
        // Without this a body that cannot be read is answered with an empty 400 outside of Development.
        services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        return services;
    }

    public static void UseRefusals(this IApplicationBuilder app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages(ProblemReplies.EmptyReply);
    }
}
