using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace PowerWorkflow.Server.Tests.Api;

/// <summary>What the server answered.</summary>
public sealed record Reply(int Status, JsonNode? Body, HttpResponseHeaders Headers, byte[] Bytes)
{
    public JsonNode this[string member] => Body?[member] ?? throw new InvalidOperationException($"The reply ({Status}) has no '{member}': {Body?.ToJsonString()}");

    /// <summary>Slug of the problem, or null.</summary>
    public string? Problem => ((string?)Body?["type"])?.Replace("/problems/", "", StringComparison.Ordinal);

    public string Detail => (string?)Body?["detail"] ?? "";
}

/// <summary>A client that behaves as our pages do: session cookie, Origin, header.</summary>
public sealed class ApiPerson(HttpClient http)
{
    /// <summary>zh-CN or en, sent as Accept-Language.</summary>
    public string Language { get; set; } = "zh-CN";

    public Task<Reply> Get(string path) => Send(HttpMethod.Get, path, null);

    public Task<Reply> Post(string path, object body) => Send(HttpMethod.Post, path, JsonContent.Create(body));

    public Task<Reply> Put(string path, object body) => Send(HttpMethod.Put, path, JsonContent.Create(body));

    public Task<Reply> PostText(string path, string body, string contentType = "application/json") =>
        Send(HttpMethod.Post, path, new StringContent(body, Encoding.UTF8, contentType));

    public Task<Reply> Upload(byte[] content, string name, string? caseId = null, string? taskId = null)
    {
        var form = new MultipartFormDataContent { { new ByteArrayContent(content), "file", name } };
        if (caseId is not null)
        {
            form.Add(new StringContent(caseId), "caseId");
        }

        if (taskId is not null)
        {
            form.Add(new StringContent(taskId), "taskId");
        }

        return Send(HttpMethod.Post, "/api/files", form);
    }

    public async Task<Reply> Send(HttpMethod method, string path, HttpContent? content, string? origin = "http://localhost", bool header = true, string? cookie = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.AcceptLanguage.ParseAdd(Language);
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        if (header)
        {
            request.Headers.Add("X-PowerWorkflow", "1");
        }

        using var response = await http.SendAsync(request);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        var json = response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true && bytes.Length > 0;
        return new Reply((int)response.StatusCode, json ? JsonNode.Parse(bytes) : null, response.Headers, bytes);
    }

    /// <summary>The open task of a case at a step, among all this person sees.</summary>
    public async Task<string> TaskAt(string caseId, string step)
    {
        var reply = await Get($"/api/cases/{caseId}");
        return (string?)reply["tasks"].AsArray().FirstOrDefault(t => (string?)t!["step"] == step)?["id"]
            ?? throw new InvalidOperationException($"Case {caseId} does not wait at '{step}': {reply.Body?["waitingAt"]?.ToJsonString()}");
    }
}
