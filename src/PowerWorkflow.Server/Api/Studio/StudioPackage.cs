using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace PowerWorkflow.Server.Api.Studio;

/// <summary>Where the designer's files stand.</summary>
public sealed class StudioOptions
{
    /// <summary>
    /// Folder with <c>package</c> (the Studio's files, packed by <c>src/web/studio</c>) and <c>host</c> (our page around it). Empty: <c>studio</c> beside the
    /// program, else the build output of the source tree.
    /// </summary>
    public string Root { get; init; } = "";
}

/// <summary>
/// The files of the Studio package and of our page around it, with their compressed neighbours. What the page names is served under a path that names its
/// content (package version, hash of our files), so a browser asks for it once and keeps it. The Studio's runtime asks for its own files without the version:
/// those with a fingerprint in their name are kept as well, the others are asked for again and answered with 304.
/// </summary>
public sealed partial class StudioPackage
{
    private const string Immutable = "public, max-age=31536000, immutable";
    private static readonly FileExtensionContentTypeProvider Types = ContentTypes();
    private readonly Dictionary<string, Asset> assets = new(StringComparer.Ordinal);

    public StudioPackage(IOptions<StudioOptions> options, IHostEnvironment environment)
    {
        Root = Locate(options.Value.Root, environment.ContentRootPath);
        if (Root is null) return;
        Version = File.ReadAllText(Path.Combine(Root, "package", "version.txt")).Trim();
        AddFolder(Path.Combine(Root, "package"), "");
        var host = Path.Combine(Root, "host");
        HostPath = $"host-{HashOf(host)}/";
        AddFolder(host, HostPath);
        PageTemplate = File.ReadAllText(Path.Combine(host, "page.html"));
    }

    /// <summary>The folder, or null when the web part was not built: the designer is then not there and says so.</summary>
    public string? Root { get; }

    /// <summary>Version of the Studio package, e.g. <c>3.8.2</c>.</summary>
    public string Version { get; } = "";

    /// <summary>Path of our files under <c>/studio/</c>, ending with a slash.</summary>
    public string HostPath { get; } = "";

    /// <summary>The page around a screen, with <c>{{names}}</c> to be filled in.</summary>
    public string PageTemplate { get; } = "";

    /// <summary>The file under <c>/studio/{path}</c>, compressed in the best way the client accepts.</summary>
    public IResult Serve(HttpContext http, string path)
    {
        var name = Version.Length > 0 && path.StartsWith($"{Version}/", StringComparison.Ordinal) ? path[(Version.Length + 1)..] : path;
        if (!assets.TryGetValue(name, out var asset)) return TypedResults.NotFound();
        var headers = http.Response.Headers;
        var isForever = name.Length < path.Length || name.StartsWith(HostPath, StringComparison.Ordinal) || Fingerprint().IsMatch(name);
        headers.CacheControl = isForever ? Immutable : "no-cache";
        // The package's files all carry the date of 1985, so the version tells them apart.
        EntityTagHeaderValue? Tag(string encoding) => isForever ? null : new($"\"{Version}-{encoding}\"");
        headers.Vary = "Accept-Encoding";
        var accepted = http.Request.GetTypedHeaders().AcceptEncoding;
        bool Accepts(string encoding) => accepted.Any(a => a.Value == encoding && a.Quality is not 0);
        if (asset.Brotli is not null && Accepts("br"))
        {
            headers.ContentEncoding = "br";
            return TypedResults.PhysicalFile(asset.Brotli, asset.ContentType, entityTag: Tag("br"));
        }

        if (asset.Gzip is not null && Accepts("gzip"))
        {
            headers.ContentEncoding = "gzip";
            return TypedResults.PhysicalFile(asset.Gzip, asset.ContentType, entityTag: Tag("gz"));
        }

        return asset.Plain is not null
            ? TypedResults.PhysicalFile(asset.Plain, asset.ContentType, entityTag: Tag("plain"))
            // Raw copies are not shipped; the client that accepts no compression is rare enough to pay for it.
            : TypedResults.Stream(new GZipStream(File.OpenRead(asset.Gzip!), CompressionMode.Decompress), asset.ContentType);
    }

    [GeneratedRegex(@"\.[0-9a-z]{10}\.(wasm|js|dat|bundle\.scp\.css)$")]
    private static partial Regex Fingerprint();

    private void AddFolder(string folder, string prefix)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(folder, file).Replace('\\', '/');
            var encoding = Path.GetExtension(name) is ".br" or ".gz" ? Path.GetExtension(name) : "";
            var path = prefix + name[..(name.Length - encoding.Length)];
            var known = assets.GetValueOrDefault(path) ?? new Asset(Types.TryGetContentType(path, out var type) ? type : "application/octet-stream");
            assets[path] = encoding switch
            {
                ".br" => known with { Brotli = file },
                ".gz" => known with { Gzip = file },
                _ => known with { Plain = file },
            };
        }
    }

    private static string HashOf(string folder)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal)) hash.AppendData(File.ReadAllBytes(file));
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..12];
    }

    private static string? Locate(string configured, string contentRoot)
    {
        IEnumerable<string> places = configured.Length > 0
            ? [configured]
            : [Path.Combine(AppContext.BaseDirectory, "studio"), .. Above(contentRoot), .. Above(AppContext.BaseDirectory)];
        return places.FirstOrDefault(place => File.Exists(Path.Combine(place, "package", "version.txt")) && File.Exists(Path.Combine(place, "host", "page.html")));
    }

    private static IEnumerable<string> Above(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent) yield return Path.Combine(at.FullName, "src", "web", "studio", "dist");
    }

    private static FileExtensionContentTypeProvider ContentTypes()
    {
        var types = new FileExtensionContentTypeProvider();
        types.Mappings[".dat"] = "application/octet-stream";
        types.Mappings[".cur"] = "image/x-icon";
        types.Mappings[".webmanifest"] = "application/manifest+json";
        types.Mappings[".js"] = "text/javascript";
        return types;
    }

    private sealed record Asset(string ContentType)
    {
        public string? Brotli { get; init; }
        public string? Gzip { get; init; }
        public string? Plain { get; init; }
    }
}
