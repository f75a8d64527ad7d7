using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using PowerWorkflow.Server.Commands;
using PowerWorkflow.Server.Queries;

namespace PowerWorkflow.Server.Api;

/// <summary>The HTTP interface: one file per resource, all under <c>/api</c>, described at <c>/openapi/v1.json</c>.</summary>
public static class ApiSetup
{
    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.AddOpenApi(o => o.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "PowerWorkflow";
            document.Info.Description = "Every change needs the session cookie, the page's own Origin and the header X-PowerWorkflow: 1. Refusals are problem details.";
            return Task.CompletedTask;
        }));
        // No form is longer; files have a limit of their own.
        services.Configure<KestrelServerOptions>(o => o.Limits.MaxRequestBodySize = 4 * 1024 * 1024);
        services.Configure<JsonOptions>(o =>
        {
            o.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.Never;
            o.SerializerOptions.RespectNullableAnnotations = true;
            o.SerializerOptions.RespectRequiredConstructorParameters = true;
        });
        services.AddSingleton<LabelShelf>();
        services.AddScoped<PeopleQueries>().AddScoped<TaskView>().AddScoped<TaskQueries>().AddScoped<CaseQueries>().AddScoped<DefinitionQueries>();
        services.AddScoped<TaskDetails>().AddScoped<CaseDetails>().AddScoped<JournalQueries>().AddScoped<Advances>();
        services.AddSingleton<OpenSteps>();
        services.AddScoped<Acting>().AddScoped<CaseFiles>().AddScoped<UploadFile>().AddScoped<SaveDraft>();
        services.AddScoped<StartCase>().AddScoped<ClaimTask>().AddScoped<ReleaseTask>().AddScoped<DelegateTask>().AddScoped<CompleteTask>();
        services.AddScoped<CancelCase>().AddScoped<RetryIncident>().AddScoped<SkipIncident>();
        return services;
    }

    public static void MapApi(this WebApplication app)
    {
        app.MapOpenApi();
        var api = app.MapGroup("/api");
        api.MapSession();
        api.MapHealth();
        var signedIn = api.MapGroup("").RequireAuthorization();
        signedIn.MapPeople();
        signedIn.MapDefinitions();
        signedIn.MapCases();
        signedIn.MapTasks();
        signedIn.MapFiles();
        signedIn.MapNotifications();
        signedIn.MapDeadLetters();
    }
}
