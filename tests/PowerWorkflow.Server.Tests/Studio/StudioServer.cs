using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using PowerWorkflow.Server.Security;
using PowerWorkflow.Testing;
using Xunit;

namespace PowerWorkflow.Server.Tests.Studio;

/// <summary>The server on a port and a database of its own, with the processes of <c>workflows/</c> and the demo accounts.</summary>
public sealed class StudioServer : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("pw-studio-").FullName;
    private WebApplication? app;

    /// <summary>Base address.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1");

    public IServiceProvider Services => app!.Services; // started by the runner before any test

    /// <summary>The process owner of the demo people.</summary>
    public const string Owner = "fan-xin";

    public async Task InitializeAsync()
    {
        app = WebServer.Build(
        [
            "--environment", "Development", "--urls", "http://127.0.0.1:0", "--database", Path.Combine(folder, "studio.db"),
            "--workflows", Path.Combine(Repository.Root, "workflows"), "--contentRoot", Path.Combine(Repository.Root, "src", "PowerWorkflow.Server"),
            "--Logging:LogLevel:Default", "Warning",
        ]);
        await app.StartAsync();
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    public async Task DisposeAsync()
    {
        if (app is not null) await app.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>A signed-in person, as the Studio's page calls.</summary>
    public async Task<StudioClient> SignIn(string person = Owner, string language = "zh-CN")
    {
        var http = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false }) { BaseAddress = Address };
        http.DefaultRequestHeaders.Add("X-PowerWorkflow", "1");
        http.DefaultRequestHeaders.Add("Origin", Address.GetLeftPart(UriPartial.Authority));
        http.DefaultRequestHeaders.Add("Accept-Language", language);
        (await http.PostAsJsonAsync("/api/session", new { userName = person, password = OrganisationStart.DemoPassword })).EnsureSuccessStatusCode();
        return new StudioClient(http);
    }
}

/// <summary>Calls <c>/elsa/api</c> as the Studio and our page around it do.</summary>
public sealed class StudioClient(HttpClient http)
{
    private long sequence;

    public HttpClient Http => http;

    public string Session { get; } = Guid.NewGuid().ToString();

    public async Task<(JsonObject Model, string Revision)> Open(string definitionId)
    {
        var reply = await http.GetAsync($"/elsa/api/workflow-definitions/by-definition-id/{definitionId}?versionOptions=Latest");
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        return ((await JsonOf(reply)).AsObject(), reply.Headers.GetValues("X-Studio-Revision").Single());
    }

    /// <summary>Posts a model as the page does; a number given again is a repeat.</summary>
    public Task<HttpResponseMessage> Save(JsonNode model, string? revision, long? number = null, bool publish = false, bool confirmEmpty = false)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/elsa/api/workflow-definitions")
        {
            Content = JsonContent.Create(new JsonObject { ["model"] = model.DeepClone(), ["publish"] = publish }),
        };
        request.Headers.Add("X-Studio-Session", Session);
        request.Headers.Add("X-Studio-Sequence", (number ?? ++sequence).ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (revision is not null) request.Headers.Add("X-Studio-Base-Revision", revision);
        if (confirmEmpty) request.Headers.Add("X-Studio-Confirm-Empty", "1");
        return http.SendAsync(request);
    }

    /// <summary>A new definition with the given steps drawn from a start, and its revision.</summary>
    public async Task<(JsonObject Model, string Revision)> Create(string definitionId, params string[] steps)
    {
        var reply = await Save(Definition(definitionId, steps), null);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        return ((await JsonOf(reply))["workflowDefinition"]!.DeepClone().AsObject(), reply.Headers.GetValues("X-Studio-Revision").Single());
    }

    public async Task<JsonArray> Revisions(string definitionId) =>
        (await JsonOf(await http.GetAsync($"/elsa/api/studio/revisions/{definitionId}")))["items"]!.AsArray();

    public static async Task<JsonNode> JsonOf(HttpResponseMessage reply) => JsonNode.Parse(await reply.Content.ReadAsStringAsync())!;

    public static JsonObject Definition(string definitionId, params string[] steps)
    {
        JsonArray activities = [Activity("start", "Elsa.Start")], connections = [];
        var before = "start";
        foreach (var step in steps)
        {
            var task = Activity(step, "PowerWorkflow.UserTask");
            task["role"] = Literal("R-CSR");
            activities.Add(task);
            connections.Add(new JsonObject
            {
                ["source"] = new JsonObject { ["activity"] = before, ["port"] = "Done" }, ["target"] = new JsonObject { ["activity"] = step, ["port"] = "In" }, ["vertices"] = new JsonArray(),
            });
            before = step;
        }

        return new JsonObject
        {
            ["definitionId"] = definitionId,
            ["name"] = $"测试流程 {definitionId}",
            ["root"] = new JsonObject
            {
                ["id"] = "flow", ["type"] = "Elsa.Flowchart", ["version"] = 1, ["name"] = "flow", ["activities"] = activities, ["connections"] = connections,
            },
        };
    }

    public static JsonObject Activity(string id, string type) => new()
    {
        ["id"] = id, ["name"] = id, ["type"] = type, ["version"] = 1,
        ["metadata"] = new JsonObject { ["displayText"] = id, ["designer"] = new JsonObject { ["position"] = new JsonObject { ["x"] = 0, ["y"] = 0 } } },
    };

    public static JsonObject Literal(string value) => new()
    {
        ["typeName"] = "String", ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = value }, ["memoryReference"] = new JsonObject { ["id"] = "" },
    };
}
