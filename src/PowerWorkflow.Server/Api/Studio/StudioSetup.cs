using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Features;
using PowerWorkflow.Server.Commands;
using PowerWorkflow.Server.Definitions;
using PowerWorkflow.Server.Queries;
using PowerWorkflow.Server.Refusals;
using PowerWorkflow.Server.Security;

namespace PowerWorkflow.Server.Api.Studio;

/// <summary>The designer: its files and pages under <c>/studio</c>, the interface it speaks under <c>/elsa</c>. docs/designer.md tells how it fits together.</summary>
public static class StudioSetup
{
    /// <summary>A member given twice would be read as one or the other: refused.</summary>
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    public static IServiceCollection AddStudio(this IServiceCollection services)
    {
        services.AddOptions<StudioOptions>().BindConfiguration("Studio");
        services.AddSingleton<StudioPackage>();
        services.AddSingleton<StudioDescriptors>();
        services.AddScoped<SaveDefinition>();
        services.AddScoped<PublishDefinition>();
        services.AddScoped<PublishForesight>();
        services.AddScoped<DefinitionReview>();
        services.AddScoped<RunTestCase>();
        services.AddScoped<StudioRuns>();
        services.AddScoped<RunBadges>();
        services.AddSingleton<ObservedRuns>();
        services.AddHostedService<StudioWatch>();
        services.AddSignalR();
        return services;
    }

    public static void MapStudio(this WebApplication app)
    {
        StudioPages.Map(app);
        var api = app.MapGroup("/elsa/api").RequireAuthorization().ExcludeFromDescription();
        api.MapStudioDefinitions();
        api.MapStudioSaving();
        api.MapStudioPublishing();
        api.MapStudioExchange();
        api.MapStudioDescriptors();
        api.MapStudioEditing();
        api.MapStudioInstances();
        api.MapStudioRunning();
        app.MapHub<StudioHub>("/elsa/hubs/workflow-instance").RequireAuthorization();
    }

    /// <summary>Only process owners may call the endpoint.</summary>
    internal static RouteHandlerBuilder RequireOwner(this RouteHandlerBuilder endpoint) => endpoint.AddEndpointFilter(async (context, next) =>
        context.HttpContext.RequestServices.GetRequiredService<SignedIn>().Reach.IsProcessOwner
            ? await next(context)
            : throw new RefusedException(DefinitionProblems.OwnersOnly()));

    /// <summary>Tells the page which revision it now has, for the base of its next save.</summary>
    internal static void TellRevision(this HttpContext http, string definitionId, string revision)
    {
        http.Response.Headers[StudioReplies.RevisionHeader] = revision;
        http.Response.Headers[StudioReplies.DefinitionHeader] = Uri.EscapeDataString(definitionId);
    }

    internal static bool HasBody(this HttpContext http) => http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true;

    /// <summary>The body as a JSON object, refused when it is larger than a definition may be.</summary>
    internal static async Task<JsonObject> ReadDefinition(this HttpContext http, CancellationToken ct)
    {
        // The Studio writes each Chinese character as six bytes where we store three; the definition itself is measured when it is saved.
        const int most = 2 * DefinitionFormat.LargestBytes;
        // A browser that is still sending would see a broken connection instead of the refusal, so a body that is too large is read on to its end, up to a bound.
        const long patience = 64 * 1024 * 1024;
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = patience;
        using var body = new MemoryStream();
        var buffer = new byte[81920];
        for (int read; (read = await http.Request.Body.ReadAsync(buffer, ct)) > 0;)
        {
            if (body.Length <= most) body.Write(buffer, 0, read);
        }

        if (body.Length > most) throw new RefusedException(DefinitionProblems.TooLarge(DefinitionFormat.LargestBytes));

        try
        {
            return JsonNode.Parse(body.ToArray(), documentOptions: Strict) as JsonObject ?? throw new RefusedException(DefinitionProblems.ImportUnreadable("$"));
        }
        catch (JsonException unreadable)
        {
            throw new RefusedException(DefinitionProblems.ImportUnreadable(unreadable.Message));
        }
    }
}
