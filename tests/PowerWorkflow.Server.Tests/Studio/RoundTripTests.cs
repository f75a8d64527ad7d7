using System.Net;
using System.Text.Json.Nodes;
using PowerWorkflow.Server.Definitions;
using PowerWorkflow.Testing;
using Xunit;
using Xunit.Abstractions;

namespace PowerWorkflow.Server.Tests.Studio;

public sealed class RoundTripTests(StudioServer server, ITestOutputHelper output) : IClassFixture<StudioServer>
{
    public static TheoryData<string> Processes =>
        [.. Directory.EnumerateDirectories(Path.Combine(Repository.Root, "workflows")).Where(f => File.Exists(Path.Combine(f, "definition.json"))).Select(f => Path.GetFileName(f)).Order()];

    [Theory]
    [MemberData(nameof(Processes))]
    public async Task A_process_that_is_opened_and_saved_means_the_same(string process)
    {
        var owner = await server.SignIn();
        var file = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "workflows", process, "definition.json")))!.AsObject();
        var (model, revision) = await owner.Open(process);

        var reply = await owner.Save(AsTheStudioPosts(model), revision);
        var (again, _) = await owner.Open(process);

        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        Assert.Equal(DefinitionFormat.MeaningOf(file), await Stored(owner, process));
        Assert.True(JsonNode.DeepEquals(model["root"], again["root"]));
        Assert.Equal(1, again["version"]!.GetValue<int>());
    }

    [Fact]
    public async Task Two_hundred_random_definitions_come_back_as_they_were_with_unknown_types_and_members()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var owner = await server.SignIn();
        for (var i = 0; i < 200; i++)
        {
            var definition = RandomDefinition.Make(random, $"random-{i}");
            var imported = await owner.Http.PostAsync("/elsa/api/workflow-definitions/import", Json(definition));
            Assert.True(imported.IsSuccessStatusCode, await imported.Content.ReadAsStringAsync());
            var (model, revision) = await owner.Open($"random-{i}");
            Assert.DoesNotContain("Acme.", string.Join(' ', Types(model["root"]!.AsObject())), StringComparison.Ordinal);

            var reply = await owner.Save(AsTheStudioPosts(model), revision);

            Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
            Assert.Equal(DefinitionFormat.MeaningOf(definition), await Stored(owner, $"random-{i}"));
        }
    }

    private static async Task<string> Stored(StudioClient owner, string definitionId) =>
        DefinitionFormat.MeaningOf((await StudioClient.JsonOf(await owner.Http.GetAsync($"/elsa/api/workflow-definitions/{definitionId}/export?versionOptions=Latest"))).AsObject());

    private static IEnumerable<string> Types(JsonObject activity) =>
        [activity["type"]!.GetValue<string>(), .. StudioDocument.Children(activity).SelectMany(child => Types(child.Child))];

    /// <summary>What the Studio's own model keeps of a definition: members it does not know are gone, connections are written anew, the selected node comes last.</summary>
    private static JsonObject AsTheStudioPosts(JsonObject model)
    {
        string[] known = ["definitionId", "name", "description", "toolVersion", "variables", "inputs", "outputs", "outcomes", "customProperties", "isReadonly", "options", "root", "createdAt", "version", "isLatest", "isPublished", "id"];
        var posted = new JsonObject();
        foreach (var member in known) posted[member] = model[member]?.DeepClone();
        posted["links"] = null;
        Keep(posted, "variables", ["id", "name", "typeName", "isArray", "value", "storageDriverTypeName"]);
        if (posted["root"]!["connections"] is JsonArray connections)
            foreach (var connection in connections.OfType<JsonObject>()) Only(connection, ["source", "target", "vertices"]);
        return posted;
    }

    private static void Keep(JsonObject posted, string list, string[] members)
    {
        foreach (var item in posted[list]!.AsArray().OfType<JsonObject>()) Only(item, members);
    }

    private static void Only(JsonObject item, string[] members)
    {
        foreach (var gone in item.Select(m => m.Key).Except(members).ToList()) item.Remove(gone);
    }

    private static StringContent Json(JsonNode node) => new(node.ToJsonString(), System.Text.Encoding.UTF8, "application/json");
}

/// <summary>Definitions nobody drew: nested containers, unknown types, unknown members at every level, odd texts.</summary>
internal static class RandomDefinition
{
    private static readonly string[] Types = ["Elsa.Start", "Elsa.End", "Elsa.FlowDecision", "Elsa.SetVariable", "PowerWorkflow.UserTask", "Elsa.Delay", "Acme.Robot", "Acme.Oven", "Elsa.FlowJoin"];
    private static readonly string[] Texts = ["受理", "<script>alert(1)</script>", "a\"b\\c", "名 称\n二", "😀", "{{x}}", ""];

    public static JsonObject Make(Random random, string id) => new()
    {
        ["$schema"] = DefinitionFormat.Schema,
        ["definitionId"] = id,
        ["name"] = $"随机 {id}",
        ["description"] = Texts[random.Next(Texts.Length)],
        ["x-owner"] = new JsonObject { ["note"] = Texts[random.Next(Texts.Length)] },
        ["variables"] = new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(i => new JsonObject
        {
            ["id"] = $"v{i}", ["name"] = $"var{i}", ["typeName"] = "String", ["isArray"] = false, ["value"] = Texts[random.Next(Texts.Length)], ["storageDriverTypeName"] = null, ["x-unit"] = "kW",
        })]),
        ["inputs"] = new JsonArray(),
        ["outputs"] = new JsonArray(),
        ["outcomes"] = new JsonArray([.. Enumerable.Range(0, random.Next(3)).Select(i => JsonValue.Create($"结果{i}"))]),
        ["customProperties"] = new JsonObject { ["PowerWorkflow"] = new JsonObject { ["code"] = "r" } },
        ["options"] = new JsonObject { ["usableAsActivity"] = random.Next(2) == 0, ["x-later"] = 1 },
        ["root"] = Flowchart(random, "f", 0),
    };

    private static JsonObject Flowchart(Random random, string prefix, int depth)
    {
        var activities = Enumerable.Range(0, random.Next(1, 7)).Select(i => Activity(random, $"{prefix}{i}", depth)).ToList();
        var connections = new JsonArray();
        for (var i = 1; i < activities.Count; i++)
            connections.Add(new JsonObject
            {
                ["source"] = new JsonObject { ["activity"] = activities[i - 1]["id"]!.DeepClone(), ["port"] = "Done" },
                ["target"] = new JsonObject { ["activity"] = activities[i]["id"]!.DeepClone(), ["port"] = "In" },
                ["vertices"] = new JsonArray(), ["x-colour"] = "red",
            });
        return new JsonObject
        {
            ["id"] = prefix, ["name"] = prefix, ["type"] = "Elsa.Flowchart", ["version"] = 1, ["metadata"] = new JsonObject(), ["activities"] = new JsonArray([.. activities]), ["connections"] = connections, ["x-zoom"] = 2,
        };
    }

    private static JsonObject Activity(Random random, string id, int depth)
    {
        if (depth < 2 && random.Next(6) == 0) return Flowchart(random, id + "n", depth + 1);
        var activity = new JsonObject
        {
            ["id"] = id, ["name"] = $"step-{id}", ["type"] = Types[random.Next(Types.Length)], ["version"] = 1, ["metadata"] = new JsonObject { ["displayText"] = $"步骤 {id}", ["x-colour"] = "blue" },
            ["customProperties"] = new JsonObject { ["canStartWorkflow"] = false }, ["x-extra"] = random.Next(100),
        };
        if (random.Next(2) == 0) activity["title"] = StudioClient.Literal(Texts[random.Next(Texts.Length)]);
        if (random.Next(5) == 0) activity["version"] = 3;
        return activity;
    }
}
