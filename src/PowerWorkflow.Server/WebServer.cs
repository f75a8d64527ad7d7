using PowerWorkflow.Server.Api;
using PowerWorkflow.Server.Api.Studio;
using PowerWorkflow.Server.Definitions;
using PowerWorkflow.Server.Files;
using PowerWorkflow.Server.Outbox;
using PowerWorkflow.Server.Refusals;
using PowerWorkflow.Server.Scheduling;
using PowerWorkflow.Server.Security;
using PowerWorkflow.Server.Storage;

namespace PowerWorkflow.Server;

/// <summary>Puts the server together; every feature adds and maps itself.</summary>
public static class WebServer
{
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.ListenOnLoopbackInDevelopment();
        builder.Services.AddRefusals();
        builder.Services.AddSecurity();
        builder.Services.AddSurroundings();
        builder.AddStorage();
        builder.AddScheduling();
        builder.Services.AddOutbox();
        builder.AddFiles();
        builder.Services.AddApi();
        builder.Services.AddStudio();
        builder.LeaveWorkOutInDocumentBuild();

        var app = builder.Build();
        app.UseSecurityHeaders();
        app.UseRefusals();
        app.UseOriginCheck();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseDesk();
        app.MapApi();
        app.MapStudio();
        return app;
    }
}
