using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace PowerWorkflow.Testing;

/// <summary>Somebody who works with the server over HTTP as the web application does: with a session cookie, the custom header and the right Origin.</summary>
public sealed class ApiPerson : IDisposable
{
    /// <summary>All demo accounts of Development share it.</summary>
    public const string DemoPassword = "demo-power-2026";

    private readonly HttpClient http;

    /// <param name="server">Where the server listens.</param>
    /// <param name="name">Person id, which is the demo account's name too.</param>
    public ApiPerson(Uri server, string name)
    {
        Name = name;
        http = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer(), MaxConnectionsPerServer = 256 }) { BaseAddress = server, Timeout = TimeSpan.FromSeconds(30) };
        http.DefaultRequestHeaders.Add("X-PowerWorkflow", "1");
        http.DefaultRequestHeaders.Add("Origin", server.GetLeftPart(UriPartial.Authority));
        http.DefaultRequestHeaders.Add("Accept-Language", "en");
    }

    /// <summary>Person id.</summary>
    public string Name { get; }

    /// <summary>Signs in with the demo password.</summary>
    public Task<ApiReply> SignInAsync() =>
        PostAsync("/api/session", new JsonObject { ["userName"] = Name, ["password"] = DemoPassword });

    /// <summary>Reads a resource.</summary>
    public Task<ApiReply> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

    /// <summary>Sends a command.</summary>
    public Task<ApiReply> PostAsync(string path, JsonObject body) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) });

    /// <summary>Uploads a picture for a task.</summary>
    public Task<ApiReply> UploadPhotoAsync(string caseId, string taskId) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, "/api/files") { Content = Evidence.Upload(caseId, taskId) });

    public void Dispose() => http.Dispose();

    private async Task<ApiReply> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            using var response = await http.SendAsync(request);
            var text = await response.Content.ReadAsStringAsync();
            return new ApiReply(response.StatusCode, text, response.Headers.Contains("X-Replayed"), $"{request.Method} {request.RequestUri} as {Name}");
        }
    }
}

/// <summary>What the server answered.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Text">Body.</param>
/// <param name="Replayed">The answer of an earlier, equal command.</param>
/// <param name="Request">Who asked what, for messages.</param>
public sealed record ApiReply(HttpStatusCode Status, string Text, bool Replayed, string Request)
{
    /// <summary>The body, when the server did what it was asked.</summary>
    /// <exception cref="InvalidOperationException">It refused; the message holds the problem.</exception>
    public JsonNode Body => (int)Status is >= 200 and < 300
        ? JsonNode.Parse(Text.Length == 0 ? "{}" : Text)!
        : throw new InvalidOperationException($"{Request} was answered {(int)Status}: {Text}");

    /// <summary>The slug of the problem, e.g. <c>stale-task</c>; null when the server did what it was asked.</summary>
    public string? Problem => (int)Status >= 400 && Text.StartsWith('{') ? ((string?)JsonNode.Parse(Text)!["type"])?.Split('/')[^1] : null;
}
