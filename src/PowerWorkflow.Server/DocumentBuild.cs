using System.Reflection;

namespace PowerWorkflow.Server;

/// <summary>
/// The build starts the program inside a tool of its own to write down the OpenAPI document. Nothing of the server may run then: no database is opened, no
/// timer fires.
/// </summary>
public static class DocumentBuild
{
    public static void LeaveWorkOutInDocumentBuild(this WebApplicationBuilder builder)
    {
        if (Assembly.GetEntryAssembly()?.GetName().Name != "GetDocument.Insider")
        {
            return;
        }

        var work = builder.Services.Where(s => s.ServiceType == typeof(IHostedService) && s.ImplementationType?.Name != "GenericWebHostService").ToList();
        foreach (var service in work)
        {
            builder.Services.Remove(service);
        }
    }
}
