using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace PowerWorkflow.Server.Tests.Studio;

public sealed class DefinitionSavingTests(StudioServer server) : IClassFixture<StudioServer>
{
    [Fact]
    public async Task Every_save_is_a_revision_that_can_be_brought_back()
    {
        var owner = await server.SignIn();
        var (model, revision) = await owner.Create("revised", "survey");
        model["description"] = "第一次";
        var first = await owner.Save(model, revision);
        model["description"] = "第二次";
        await owner.Save(model, Revision(first));

        var revisions = await owner.Revisions("revised");
        var restored = await owner.Http.PostAsync("/elsa/api/studio/revisions/revised/restore", Json(new JsonObject { ["revision"] = revisions[1]!["revision"]!.DeepClone() }));

        Assert.Equal(3, revisions.Count);
        Assert.Equal("范欣", revisions[0]!["savedBy"]!.GetValue<string>());
        Assert.Equal(HttpStatusCode.OK, restored.StatusCode);
        Assert.Equal("第一次", (await owner.Open("revised")).Model["description"]!.GetValue<string>());
        Assert.Equal(4, (await owner.Revisions("revised")).Count);
    }

    [Fact]
    public async Task The_same_save_sent_four_times_makes_one_revision_and_gets_one_answer()
    {
        var owner = await server.SignIn();
        var (model, revision) = await owner.Create("repeated", "survey");
        model["description"] = "改";

        List<string> answers = [];
        for (var i = 0; i < 4; i++) answers.Add(await (await owner.Save(model, revision, number: 7)).Content.ReadAsStringAsync());

        Assert.Single(answers.Distinct());
        Assert.Equal(2, (await owner.Revisions("repeated")).Count);
    }

    [Fact]
    public async Task A_save_delayed_past_a_newer_one_does_not_win()
    {
        var owner = await server.SignIn();
        var (model, revision) = await owner.Create("delayed", "survey");
        model["description"] = "旧";
        var late = model.DeepClone();
        model["description"] = "新";

        var newer = await owner.Save(model, revision, number: 6);
        var older = await owner.Save(late, revision, number: 5);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (newer.StatusCode, older.StatusCode));
        Assert.Equal("新", (await StudioClient.JsonOf(older))["workflowDefinition"]!["description"]!.GetValue<string>());
        Assert.Equal("新", (await owner.Open("delayed")).Model["description"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_save_from_an_outdated_base_is_refused_and_says_who_saved()
    {
        var (first, second) = (await server.SignIn(), await server.SignIn());
        var (model, revision) = await first.Create("contested", "survey");
        model["description"] = "甲";
        await first.Save(model, revision);
        model["description"] = "乙";

        var refused = await second.Save(model, revision);

        var problem = await StudioClient.JsonOf(refused);
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Equal("/problems/stale-revision", problem["type"]!.GetValue<string>());
        Assert.Contains("范欣", problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("甲", (await first.Open("contested")).Model["description"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_page_whose_answer_got_lost_goes_on_saving_from_its_old_base()
    {
        var owner = await server.SignIn();
        var (model, revision) = await owner.Create("lost-answer", "survey");
        model["description"] = "一";
        await owner.Save(model, revision);
        model["description"] = "二";

        var next = await owner.Save(model, revision);

        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
    }

    [Fact]
    public async Task A_save_that_drops_all_steps_is_refused_until_it_is_confirmed()
    {
        var owner = await server.SignIn();
        var (model, revision) = await owner.Create("emptied", "survey", "reply");
        model["root"]!["activities"] = new JsonArray();
        model["root"]!["connections"] = new JsonArray();

        var refused = await owner.Save(model, revision);
        var confirmed = await owner.Save(model, revision, confirmEmpty: true);

        Assert.Equal("/problems/all-activities-dropped", (await StudioClient.JsonOf(refused))["type"]!.GetValue<string>());
        Assert.Equal(HttpStatusCode.OK, confirmed.StatusCode);
    }

    [Fact]
    public async Task Saving_a_published_definition_begins_the_next_version_and_leaves_the_published_one()
    {
        var owner = await server.SignIn();
        var (model, revision) = await owner.Create("versioned", "survey");
        var published = await owner.Save(model, revision, publish: true);
        var shown = (await StudioClient.JsonOf(published))["workflowDefinition"]!.AsObject();
        shown["description"] = "下一版";

        var draft = (await StudioClient.JsonOf(await owner.Save(shown, Revision(published))))["workflowDefinition"]!;
        var old = await StudioClient.JsonOf(await owner.Http.GetAsync("/elsa/api/workflow-definitions/by-definition-id/versioned?versionOptions=Published"));

        Assert.True(shown["isPublished"]!.GetValue<bool>());
        Assert.Equal((2, false, true), (draft["version"]!.GetValue<int>(), draft["isPublished"]!.GetValue<bool>(), draft["isLatest"]!.GetValue<bool>()));
        Assert.Equal((1, true, false), (old["version"]!.GetValue<int>(), old["isPublished"]!.GetValue<bool>(), old["isLatest"]!.GetValue<bool>()));
    }

    [Fact]
    public async Task Only_process_owners_save_and_everybody_else_reads()
    {
        var reader = await server.SignIn("li-na");
        var (model, revision) = await reader.Open("new-connection-lv-resident");

        var refused = await reader.Save(model, revision);

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.DoesNotContain(model["links"]!.AsArray(), link => link!["rel"]!.GetValue<string>() == "publish");
    }

    private static string Revision(HttpResponseMessage reply) => reply.Headers.GetValues("X-Studio-Revision").Single();

    private static StringContent Json(JsonNode node) => new(node.ToJsonString(), System.Text.Encoding.UTF8, "application/json");
}
