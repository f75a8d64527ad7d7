using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using PowerWorkflow.Server.Definitions;
using Xunit;

namespace PowerWorkflow.Server.Tests.Studio;

public sealed class PublishingTests(StudioServer server) : IClassFixture<StudioServer>
{
    [Fact]
    public async Task Publishing_refuses_with_every_problem_and_the_name_of_its_step_and_keeps_the_draft()
    {
        var owner = await server.SignIn();
        var (model, revision) = await owner.Create("faulty", "survey", "robot");
        var robot = model["root"]!["activities"]![2]!.AsObject();
        robot["metadata"]!["displayText"] = "机器人勘查";
        robot["form"] = StudioClient.Literal("no-such-form");

        var refused = await owner.Save(model, revision, publish: true);

        var problem = await StudioClient.JsonOf(refused);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains(problem["problems"]!.AsArray(), p => p!["activity"]!.ToString() == "机器人勘查" && p["message"]!.ToString().Contains("no-such-form", StringComparison.Ordinal));
        Assert.Contains("no-such-form", (await owner.Open("faulty")).Model.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_version_published_for_a_unit_from_a_date_leaves_everybody_else_and_today_alone()
    {
        var owner = await server.SignIn();
        var catalog = server.Services.GetRequiredService<DefinitionCatalog>();
        var (model, revision) = await owner.Create("regional", "survey");
        var first = await StudioClient.JsonOf(await owner.Save(model, revision, publish: true));
        var shown = first["workflowDefinition"]!.DeepClone();
        shown["description"] = "县局版本";
        var draft = (await StudioClient.JsonOf(await owner.Save(shown, (await owner.Open("regional")).Revision)))["workflowDefinition"]!;

        var published = await owner.Http.PostAsJsonAsync("/elsa/api/workflow-definitions/regional/publish", new { effectiveFrom = "2099-12-01", region = "360102" });
        Assert.Equal(HttpStatusCode.OK, published.StatusCode);

        var (v1, v2) = (first["workflowDefinition"]!["id"]!.ToString(), draft["id"]!.ToString());
        var after = new DateTimeOffset(2099, 12, 1, 1, 0, 0, TimeSpan.FromHours(8));
        Assert.Equal(v1, await catalog.VersionForAsync("regional", "360102", after.AddDays(-30)));
        Assert.Equal(v2, await catalog.VersionForAsync("regional", "360102", after));
        Assert.Equal(v2, await catalog.VersionForAsync("regional", "360102-01", after));
        Assert.Equal(v1, await catalog.VersionForAsync("regional", "3601", after));
    }

    [Fact]
    public async Task Foresight_tells_the_difference_in_words()
    {
        var owner = await server.SignIn();
        var (model, revision) = await owner.Create("foreseen", "survey");
        var published = await StudioClient.JsonOf(await owner.Save(model, revision, publish: true));
        var shown = published["workflowDefinition"]!.DeepClone();
        shown["root"]!["activities"]![1]!["role"] = StudioClient.Literal("R-SV");
        shown["root"]!["activities"]!.AsArray().Add(StudioClient.Activity("reply", "PowerWorkflow.UserTask"));
        await owner.Save(shown, (await owner.Open("foreseen")).Revision);

        var foresight = await StudioClient.JsonOf(await owner.Http.GetAsync("/elsa/api/studio/foresight/foreseen"));

        var changes = foresight["changes"]!.AsArray().Select(c => c!["text"]!.ToString()).ToList();
        Assert.Contains("新增步骤“reply”", changes);
        Assert.Contains("步骤“survey”的办理角色：“R-CSR”改为“R-SV”", changes);
        Assert.Contains("没有在办案件。", foresight["effect"]!.AsArray().Select(e => e!.ToString()));
    }

    [Fact]
    public async Task Reverting_brings_an_earlier_version_back_as_a_draft_and_unpublishing_stops_new_cases()
    {
        var owner = await server.SignIn();
        var (model, revision) = await owner.Create("reverted", "survey");
        model["description"] = "第一版";
        var one = await StudioClient.JsonOf(await owner.Save(model, revision, publish: true));
        var shown = one["workflowDefinition"]!.DeepClone();
        shown["description"] = "第二版";
        await owner.Save(shown, (await owner.Open("reverted")).Revision, publish: true);

        var reverted = await owner.Http.PostAsync("/elsa/api/workflow-definitions/reverted/revert/1", null);
        var draft = (await owner.Open("reverted")).Model;
        await owner.Http.PostAsync("/elsa/api/workflow-definitions/reverted/retract", JsonContent.Create(new JsonObject()));

        Assert.Equal(HttpStatusCode.Created, reverted.StatusCode);
        Assert.Equal(("第一版", 3, false), (draft["description"]!.ToString(), draft["version"]!.GetValue<int>(), draft["isPublished"]!.GetValue<bool>()));
        Assert.Null(await server.Services.GetRequiredService<DefinitionCatalog>().VersionForAsync("reverted", "3601", DateTimeOffset.UnixEpoch.AddYears(100)));
    }
}
