using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace PowerWorkflow.Server.Tests.Studio;

public sealed class BadDefinitionTests(StudioServer server) : IClassFixture<StudioServer>
{
    [Theory]
    [InlineData("$.name", "12")]
    [InlineData("$.description", "[]")]
    [InlineData("$.definitionId", "{}")]
    [InlineData("$.variables", "\"x\"")]
    [InlineData("$.variables", "[1]")]
    [InlineData("$.variables", "[{\"name\":{}}]")]
    [InlineData("$.inputs", "{}")]
    [InlineData("$.outputs", "7")]
    [InlineData("$.outcomes", "[{}]")]
    [InlineData("$.customProperties", "[]")]
    [InlineData("$.options", "true")]
    [InlineData("$.options", "{\"usableAsActivity\":\"yes\"}")]
    [InlineData("$.root", "[]")]
    [InlineData("$.root", "{\"id\":1,\"type\":\"Elsa.Flowchart\"}")]
    [InlineData("$.root", "{\"id\":\"f\",\"type\":\"Elsa.Sequence\"}")]
    [InlineData("$.root.activities", "{}")]
    [InlineData("$.root.activities", "[\"x\"]")]
    [InlineData("$.root.activities", "[{\"id\":\"a\"}]")]
    [InlineData("$.root.activities", "[{\"id\":\"a\",\"type\":\"Elsa.Start\",\"version\":\"one\"}]")]
    [InlineData("$.root.activities", "[{\"id\":\"a\",\"type\":\"Elsa.Start\"},{\"id\":\"a\",\"type\":\"Elsa.End\"}]")]
    [InlineData("$.root.activities", "[{\"id\":\"a\",\"type\":\"Elsa.Start\",\"metadata\":\"m\"}]")]
    [InlineData("$.root.activities", "[{\"id\":\"a\",\"type\":\"Elsa.Start\",\"metadata\":{\"designer\":{\"position\":{\"x\":\"left\"}}}}]")]
    [InlineData("$.root.connections", "[{\"source\":3,\"target\":{\"activity\":\"a\"}}]")]
    public async Task A_member_of_the_wrong_type_is_refused_by_name_and_nothing_is_stored(string path, string json)
    {
        var owner = await server.SignIn();
        var id = $"wrong-{Guid.NewGuid():n}";
        var model = StudioClient.Definition(id, "survey");
        var (holder, member) = path.StartsWith("$.root.", StringComparison.Ordinal) ? (model["root"]!.AsObject(), path[7..]) : (model, path[2..]);
        holder[member] = JsonNode.Parse(json);

        var refused = await owner.Save(model, null);

        var problem = await StudioClient.JsonOf(refused);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains(problem["problems"]!.AsArray(), p => p!["message"]!.GetValue<string>().Contains(path.StartsWith("$.root", StringComparison.Ordinal) ? "root" : member, StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.NotFound, (await owner.Http.GetAsync($"/elsa/api/workflow-definitions/by-definition-id/{id}?versionOptions=Latest")).StatusCode);
    }

    [Fact]
    public async Task A_definition_of_five_megabytes_is_refused_and_the_stored_one_stays()
    {
        var owner = await server.SignIn();
        var (model, revision) = await owner.Create("huge", "survey");
        model["description"] = new string('长', 5 * 1024 * 1024 / 3);

        var refused = await owner.Save(model, revision);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, refused.StatusCode);
        Assert.Single((await owner.Open("huge")).Model["root"]!["activities"]!.AsArray(), a => a!["id"]!.GetValue<string>() == "survey");
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"model\":")]
    [InlineData("{\"model\":null}")]
    [InlineData("{\"model\":{\"name\":\"a\",\"name\":\"b\"}}")]
    public async Task A_body_that_is_no_definition_is_refused(string body)
    {
        var owner = await server.SignIn();

        var refused = await owner.Http.PostAsync("/elsa/api/workflow-definitions", new StringContent(body, Encoding.UTF8, "application/json"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
    }

    [Fact]
    public async Task Script_in_a_name_stays_text_and_script_in_an_address_never_reaches_the_page()
    {
        var owner = await server.SignIn();
        var model = StudioClient.Definition("scripted", "survey");
        model["name"] = "<img src=x onerror=alert(1)>";
        await owner.Save(model, null);

        var listed = await StudioClient.JsonOf(await owner.Http.GetAsync("/elsa/api/workflow-definitions?versionOptions=Latest&Page=0&PageSize=50"));
        var page = await (await owner.Http.GetAsync("/studio/definitions/%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E")).Content.ReadAsStringAsync();

        Assert.Contains(listed["items"]!.AsArray(), item => item!["name"]!.GetValue<string>() == "<img src=x onerror=alert(1)>");
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nesting_without_end_is_refused()
    {
        var owner = await server.SignIn();
        var inner = StudioClient.Activity("deepest", "Elsa.Start");
        for (var i = 0; i < 20; i++) inner = new JsonObject { ["id"] = $"n{i}", ["type"] = "Elsa.Flowchart", ["activities"] = new JsonArray(inner) };
        var model = StudioClient.Definition("deep", "survey");
        model["root"] = inner;

        var reply = await owner.Save(model, null);

        Assert.True(reply.StatusCode is HttpStatusCode.OK or HttpStatusCode.UnprocessableEntity, reply.StatusCode.ToString());
    }
}
