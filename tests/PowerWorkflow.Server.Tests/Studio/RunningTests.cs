using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace PowerWorkflow.Server.Tests.Studio;

public sealed class RunningTests(StudioServer server) : IClassFixture<StudioServer>
{
    [Fact]
    public async Task Running_a_draft_makes_a_test_case_that_is_in_no_task_list_and_can_be_brought_to_its_end()
    {
        var owner = await server.SignIn();
        await owner.Create("tried", "survey");

        var started = await owner.Http.PostAsJsonAsync("/elsa/api/workflow-definitions/tried/execute", new { versionOptions = "Latest" });
        var id = started.Headers.GetValues("x-elsa-workflow-instance-id").Single();
        var waiting = await StudioClient.JsonOf(await owner.Http.GetAsync($"/elsa/api/studio/runs/{id}"));
        var task = waiting["tasks"]!.AsArray().Single()!;
        var moved = await owner.Http.PostAsJsonAsync($"/elsa/api/studio/runs/{id}/moves", new { task = task["id"]!.ToString(), outcome = "Done" });
        var ended = await StudioClient.JsonOf(await owner.Http.GetAsync($"/elsa/api/workflow-instances/{id}"));
        var journal = await StudioClient.JsonOf(await owner.Http.PostAsync($"/elsa/api/workflow-instances/{id}/journal?skip=0&take=100", null));
        var report = await StudioClient.JsonOf(await owner.Http.PostAsJsonAsync("/elsa/api/activity-executions/report", new { workflowInstanceId = id }));
        var tasks = await StudioClient.JsonOf(await owner.Http.GetAsync("/api/tasks?scope=all"));

        Assert.Equal(HttpStatusCode.NoContent, moved.StatusCode);
        Assert.Equal("Finished", ended["status"]!.ToString());
        Assert.Contains(journal["items"]!.AsArray(), e => e!["nodeId"]!.ToString() == "Workflow1:flow:survey" && e["eventName"]!.ToString() == "Suspended");
        Assert.Contains(report["stats"]!.AsArray(), s => s!["activityNodeId"]!.ToString() == "Workflow1:flow:survey" && s["completedCount"]!.GetValue<int>() == 1);
        Assert.Empty(tasks["items"]!.AsArray());
    }

    [Fact]
    public async Task A_test_case_shows_the_drawing_it_was_started_with()
    {
        var owner = await server.SignIn();
        var (model, revision) = await owner.Create("redrawn", "survey");
        var id = (await owner.Http.PostAsJsonAsync("/elsa/api/workflow-definitions/redrawn/execute", new { })).Headers.GetValues("x-elsa-workflow-instance-id").Single();
        model["root"]!["activities"]![1]!["metadata"]!["displayText"] = "改名";
        await owner.Save(model, revision);

        var instance = await StudioClient.JsonOf(await owner.Http.GetAsync($"/elsa/api/workflow-instances/{id}"));
        var drawn = await StudioClient.JsonOf(await owner.Http.GetAsync($"/elsa/api/workflow-definitions/by-id/{instance["definitionVersionId"]}"));

        Assert.DoesNotContain("改名", drawn.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_activity_is_tried_by_itself()
    {
        var owner = await server.SignIn();
        var model = StudioClient.Definition("single", "survey");
        model["root"]!["activities"]!.AsArray().Add(new JsonObject
        {
            ["id"] = "decide", ["name"] = "decide", ["type"] = "Elsa.FlowDecision", ["version"] = 1,
            ["condition"] = new JsonObject { ["typeName"] = "Boolean", ["expression"] = new JsonObject { ["type"] = "JavaScript", ["value"] = "1 < 2" } },
        });
        var saved = (await StudioClient.JsonOf(await owner.Save(model, null)))["workflowDefinition"]!;

        var tried = await StudioClient.JsonOf(await owner.Http.PostAsJsonAsync("/elsa/api/tests/activities", new
        {
            workflowDefinitionHandle = new { definitionVersionId = saved["id"]!.ToString() }, activityHandle = new { activityNodeId = "Workflow1:flow:decide" },
        }));

        Assert.Equal("Completed", tried["status"]!.ToString());
        Assert.Equal("True", tried["payload"]!["Outcomes"]![0]!.ToString());
    }

    [Theory]
    [InlineData("bulk-actions/delete/workflow-instances/by-id")]
    [InlineData("bulk-actions/import/workflow-instances")]
    public async Task Cases_are_neither_deleted_nor_imported_and_the_reason_is_said(string action)
    {
        var owner = await server.SignIn();

        var refused = await owner.Http.PostAsJsonAsync($"/elsa/api/{action}", new { ids = Array.Empty<string>() });

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("审计", (await StudioClient.JsonOf(refused))["detail"]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_and_assets_are_served_with_a_strict_policy_and_kept_by_the_browser()
    {
        var owner = await server.SignIn();

        var page = await owner.Http.GetAsync("/studio/definitions");
        if (page.StatusCode == HttpStatusCode.ServiceUnavailable) return; // the web part is not built on this machine; the page says how
        var asset = await owner.Http.GetAsync("/studio/3.8.2/_content/MudBlazor/MudBlazor.min.css");
        var missing = await owner.Http.GetAsync("/studio/3.8.2/_content/nothing.js");

        Assert.Contains("script-src 'self' 'wasm-unsafe-eval'", string.Join(';', page.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Contains("immutable", asset.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Equal("text/css", asset.Content.Headers.ContentType!.MediaType);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }
}
