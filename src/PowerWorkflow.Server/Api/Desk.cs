using Microsoft.Extensions.FileProviders;

namespace PowerWorkflow.Server.Api;

/// <summary>Serves the built desk application: its files, and its page for every address that is a place inside it.</summary>
public static class Desk
{
    private static readonly string[] NotPages = ["/api", "/elsa", "/openapi", "/studio"];

    private static IEnumerable<string> Places()
    {
        yield return Path.Combine(AppContext.BaseDirectory, "desk");
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            yield return Path.Combine(at.FullName, "src", "web", "desk", "dist");
        }
    }

    public static void UseDesk(this WebApplication app)
    {
        // Beside the program when it was published, in the sources when it runs from them.
        var folder = Places().FirstOrDefault(path => File.Exists(Path.Combine(path, "index.html")));
        if (folder is null)
        {
            app.Logger.LogWarning("The desk application is not built; only the API is served. Build it with the whole solution, or 'npm run build' in src/web.");
            return;
        }

        var files = new PhysicalFileProvider(folder);
        app.Use((http, next) =>
        {
            var path = http.Request.Path;
            // A place inside the application may have a dot in it (the id of a task has): what a browser navigates to is a page, what it loads is a file.
            var isPage = path.Value?.Contains('.', StringComparison.Ordinal) == false || http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal);
            if (HttpMethods.IsGet(http.Request.Method) && isPage && !NotPages.Any(prefix => path.StartsWithSegments(prefix)) && !files.GetFileInfo(path).Exists)
            {
                http.Request.Path = "/index.html";
            }

            return next(http);
        });
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = files,
            // The build puts a hash into every name but the page's: the page is asked for each time, the rest never again.
            OnPrepareResponse = reply => reply.Context.Response.Headers.CacheControl =
                reply.File.Name == "index.html" ? "no-cache" : reply.Context.Request.Path.StartsWithSegments("/assets") ? "public, max-age=31536000, immutable" : "no-cache",
        });
    }
}
