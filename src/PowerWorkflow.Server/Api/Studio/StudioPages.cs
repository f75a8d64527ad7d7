using System.Net;
using System.Text;
using PowerWorkflow.Server.Refusals;

namespace PowerWorkflow.Server.Api.Studio;

/// <summary>
/// The four screens of the Studio, one to a document: <c>/studio/definitions</c>, <c>/studio/definitions/{id}</c>, <c>/studio/instances</c>,
/// <c>/studio/instances/{id}</c>. Two screens in one document, or one after the other, leave the Studio's runtime half dead.
/// </summary>
internal static class StudioPages
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/studio", () => TypedResults.LocalRedirect("~/studio/definitions")).ExcludeFromDescription();
        app.MapGet("/studio/definitions", (HttpContext http, StudioPackage package) => Page(http, package, "definitions", "")).ExcludeFromDescription();
        app.MapGet("/studio/definitions/{id}", (string id, HttpContext http, StudioPackage package) => Page(http, package, "definition", id)).ExcludeFromDescription();
        app.MapGet("/studio/instances", (HttpContext http, StudioPackage package) => Page(http, package, "instances", "")).ExcludeFromDescription();
        app.MapGet("/studio/instances/{id}", (string id, HttpContext http, StudioPackage package) => Page(http, package, "instance", id)).ExcludeFromDescription();
        app.MapGet("/studio/{**path}", Asset).ExcludeFromDescription();
    }

    private static IResult Asset(string? path, HttpContext http, StudioPackage package)
    {
        var served = package.Serve(http, path ?? "");
        // A page the Studio invented (it pushes its own paths) lands in the list; a missing asset is never answered with a page.
        var wantsPage = http.Request.GetTypedHeaders().Accept.Any(a => a.MediaType == "text/html");
        return served is Microsoft.AspNetCore.Http.HttpResults.NotFound && wantsPage && !Path.HasExtension(path) ? Page(http, package, "definitions", "") : served;
    }

    private static Microsoft.AspNetCore.Http.HttpResults.ContentHttpResult Page(HttpContext http, StudioPackage package, string screen, string id)
    {
        var language = http.Language();
        if (package.Root is null)
        {
            return TypedResults.Content(
                language == Languages.English
                    ? "The designer's files are not built. Build src/web (npm ci && npm run build) or install a published release."
                    : "设计器文件尚未构建。请构建 src/web（npm ci && npm run build），或使用发布包。",
                "text/plain; charset=utf-8", Encoding.UTF8, StatusCodes.Status503ServiceUnavailable);
        }

        var chinese = language != Languages.English;
        var page = new StringBuilder(package.PageTemplate)
            .Replace("{{lang}}", language)
            .Replace("{{screen}}", screen)
            .Replace("{{id}}", WebUtility.HtmlEncode(id))
            .Replace("{{package}}", $"/studio/{package.Version}/")
            .Replace("{{host}}", $"/studio/{package.HostPath}")
            .Replace("{{title}}", chinese ? "流程设计 - 业扩流程平台" : "Process design - PowerWorkflow")
            .Replace("{{loading}}", chinese ? "正在载入设计器…" : "Loading the designer…")
            .Replace("{{broken}}", chinese ? "设计器出现未处理的错误；已保存的修订不受影响。" : "The designer met an unexpected error; what was saved is safe.")
            .Replace("{{reload}}", chinese ? "重新载入" : "Reload")
            .ToString();
        http.Response.Headers.ContentSecurityPolicy = PolicyFor(http.Request);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Content(page, "text/html; charset=utf-8", Encoding.UTF8);
    }

    /// <summary>
    /// Nothing from elsewhere and no inline script but two: the hot-key scripts the Studio's list and editor write into the page; without them these screens
    /// crash. Inline styles are how its component library positions things.
    /// </summary>
    private static string PolicyFor(HttpRequest request) => string.Join("; ",
        "default-src 'self'",
        "script-src 'self' 'wasm-unsafe-eval' 'sha256-vu6sQrKXQHR4Yn3FMMihA/9TxxfIXnCxKwvLrTPJ5ts=' 'sha256-snlP1jz0gjwc5cTz9ErZcliXuCK63+Mmf68RRCeptgc='",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        $"connect-src 'self' ws://{request.Host} wss://{request.Host}",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'");
}
