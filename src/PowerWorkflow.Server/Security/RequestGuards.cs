using PowerWorkflow.Server.Refusals;

namespace PowerWorkflow.Server.Security;

/// <summary>What every request passes before anything looks at it: where a change may come from, and what a page may load.</summary>
public static class RequestGuards
{
    /// <summary>A form on a foreign page can send a cookie but never this header.</summary>
    public const string Header = "X-PowerWorkflow";

    /// <summary>
    /// Nothing from elsewhere, no inline script. Inline styles are allowed because the component library writes its style sheets into the page at run time;
    /// they can be read by nobody and run nothing.
    /// </summary>
    public const string ContentSecurityPolicy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; " +
        "worker-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-src 'self'; frame-ancestors 'self'";

    /// <summary>Adds the response headers that keep a page to itself.</summary>
    public static void UseSecurityHeaders(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(self), geolocation=(self), microphone=()";
        if (http.Request.Path.StartsWithSegments("/api"))
        {
            headers.CacheControl = "no-store";
        }

        return next(http);
    });

    /// <summary>Refuses changes that do not come from our own pages, and WebSocket handshakes from foreign ones.</summary>
    public static void UseOriginCheck(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        var request = http.Request;
        var reads = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method);
        var handshake = string.Equals(request.Headers.Upgrade, "websocket", StringComparison.OrdinalIgnoreCase);
        if (reads && !handshake)
        {
            return next(http);
        }

        string? origin = request.Headers.Origin;
        if (string.IsNullOrEmpty(origin))
        {
            throw new RefusedException(Problems.OriginRefused("no Origin"));
        }

        if (!string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase))
        {
            throw new RefusedException(Problems.OriginRefused($"Origin {origin}"));
        }

        // A WebSocket handshake cannot carry a header of ours; its Origin cannot be forged by a page.
        if (!handshake && request.Headers[Header] != "1")
        {
            throw new RefusedException(Problems.OriginRefused($"no {Header}: 1"));
        }

        return next(http);
    });
}
