using System.Text.Json.Nodes;
using PowerWorkflow.Server.Definitions;
using Xunit;

namespace PowerWorkflow.Server.Tests.Studio;

public sealed class DescriptorTests(StudioServer server) : IClassFixture<StudioServer>
{
    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task Every_type_a_stored_definition_uses_is_described_in_the_readers_language(string language)
    {
        var owner = await server.SignIn(language: language);
        var described = (await Activities(owner)).ToDictionary(d => d["typeName"]!.ToString());

        foreach (var listed in (await StudioClient.JsonOf(await owner.Http.GetAsync("/elsa/api/workflow-definitions?versionOptions=AllVersions")))["items"]!.AsArray())
        {
            var file = (await StudioClient.JsonOf(await owner.Http.GetAsync($"/elsa/api/workflow-definitions/{listed!["definitionId"]}/export?versionOptions=Latest"))).AsObject();
            foreach (var type in StudioDocument.Activities(file).Select(a => a["type"]!.ToString())) Assert.Contains(type, described.Keys);
        }

        var latin = described.Values.Where(d => d["isBrowsable"]!.GetValue<bool>()).Where(d => d["displayName"]!.ToString().All(char.IsAscii)).Select(d => d["typeName"]!.ToString());
        Assert.Equal(language == "en", latin.Any());
        Assert.Contains("Elsa.NotFoundActivity", described.Keys);
    }

    [Theory]
    [InlineData("Role", "R-CSR")]
    [InlineData("Form", "survey")]
    [InlineData("Limit", "PLAN_REPLY")]
    [InlineData("Ladder", "WD")]
    [InlineData("Unit", "@建设")]
    [InlineData("Judge", "completion-inspection")]
    public async Task Process_owners_choose_from_what_the_data_hold(string input, string value)
    {
        var owner = await server.SignIn();
        var task = (await Activities(owner)).Single(d => d["typeName"]!.ToString() == "PowerWorkflow.UserTask");

        var editor = task["inputs"]!.AsArray().Single(i => i!["name"]!.ToString() == input)!;

        Assert.Equal("dropdown", editor["uiHint"]!.ToString());
        Assert.Contains(editor["uiSpecifications"]!["dropdown"]!["selectList"]!["items"]!.AsArray(), item => item!["value"]!.ToString() == value);
    }

    [Theory]
    [InlineData("descriptors/expression-descriptors")]
    [InlineData("descriptors/workflow-activation-strategies")]
    [InlineData("descriptors/incident-strategies")]
    [InlineData("descriptors/log-persistence-strategies")]
    [InlineData("descriptors/commit-strategies/workflows")]
    [InlineData("descriptors/commit-strategies/activities")]
    [InlineData("descriptors/variables")]
    [InlineData("descriptors/storage-drivers")]
    [InlineData("features/installed")]
    public async Task Every_list_the_editor_loads_is_there_and_not_empty(string path)
    {
        var owner = await server.SignIn();

        var reply = await StudioClient.JsonOf(await owner.Http.GetAsync($"/elsa/api/{path}"));

        Assert.NotEmpty(reply["items"]!.AsArray());
    }

    [Fact]
    public async Task The_script_editor_knows_the_variables_and_sections_of_the_definition()
    {
        var owner = await server.SignIn();

        var types = await (await owner.Http.PostAsync("/elsa/api/scripting/javascript/type-definitions/new-connection-lv-resident",
            new StringContent("{}", System.Text.Encoding.UTF8, "application/json"))).Content.ReadAsStringAsync();

        Assert.Contains("\"round\": number", types, StringComparison.Ordinal);
        Assert.Contains("\"SURVEY\": {", types, StringComparison.Ordinal);
    }

    private static async Task<List<JsonObject>> Activities(StudioClient client) =>
        [.. (await StudioClient.JsonOf(await client.Http.GetAsync("/elsa/api/descriptors/activities?Refresh=True")))["items"]!.AsArray().OfType<JsonObject>()];
}
