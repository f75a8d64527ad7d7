using System.Text.Json.Nodes;
using Xunit;

namespace PowerWorkflow.Server.Tests.Api;

[Collection("api")]
public sealed class LowVoltageWalkTests(ApiServer server)
{
    [Fact]
    public Task A_resident_gets_from_the_application_to_energised_supply_by_the_hands_of_five_people() => LowVoltageWalk.Walk(server);

    [Fact]
    public async Task The_journal_is_read_page_by_page_and_ends_at_its_head()
    {
        var clerk = await server.As("li-na");
        var caseId = await LowVoltageCase.Start(clerk);
        await LowVoltageCase.Complete(clerk, caseId, "accept", "accepted");

        var entries = new List<JsonNode>();
        long? after = 0;
        JsonNode head;
        do
        {
            var page = await clerk.Get($"/api/cases/{caseId}/journal?after={after}&take=7");
            entries.AddRange(page["items"].AsArray().Select(e => e!));
            (after, head) = ((long?)page.Body!["next"], page["head"]);
        }
        while (after is not null);

        Assert.Equal(Enumerable.Range(1, entries.Count).Select(i => (long)i), entries.Select(e => (long)e["sequence"]!));
        Assert.Equal(((long)entries[^1]["sequence"]!, (string?)entries[^1]["hash"]), ((long)head["sequence"]!, (string?)head["hash"]));
        Assert.Contains(entries, e => (string?)e["kind"] == "TaskCompleted" && (string?)e["actorName"] == "李娜");
    }

    [Fact]
    public async Task A_file_is_its_senders_until_a_completed_task_binds_it_and_then_everybodys_who_sees_the_case()
    {
        var clerk = await server.As("li-na");
        var leader = await server.As("xie-hong");
        var caseId = await LowVoltageCase.Start(clerk);
        var photo = LowVoltageCase.Photo();
        var fileId = (string)(await clerk.Upload(photo, "../../身份证.png", caseId))["id"]!;

        var before = await leader.Get($"/api/cases/{caseId}/files/{fileId}");
        var body = LowVoltageCase.Completion("accept", "accepted");
        body["attachments"] = new JsonArray(fileId);
        await clerk.Post($"/api/tasks/{await clerk.TaskAt(caseId, "accept")}/complete", body);
        var after = await leader.Get($"/api/cases/{caseId}/files/{fileId}");
        var attachment = (await leader.Get($"/api/cases/{caseId}"))["attachments"].AsArray().Single()!;

        Assert.Equal("not-found", before.Problem);
        Assert.Equal((200, photo.Length), (after.Status, after.Bytes.Length));
        Assert.Equal("nosniff", after.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal(("身份证.png", "image/png"), ((string?)attachment["name"], (string?)attachment["contentType"]));
    }

    [Fact]
    public async Task A_draft_is_kept_for_the_person_who_typed_it_and_goes_with_the_task()
    {
        var (clerk, colleague) = (await server.As("li-na"), await server.As("hu-yan"));
        var caseId = await LowVoltageCase.Start(clerk);
        var taskId = await clerk.TaskAt(caseId, "accept");

        var saved = await clerk.Put($"/api/tasks/{taskId}/draft", new JsonObject { ["values"] = new JsonObject { ["ACCEPT"] = new JsonObject { ["acceptor"] = "半张表" } } });
        var mine = await clerk.Get($"/api/tasks/{taskId}");
        var theirs = await colleague.Get($"/api/tasks/{taskId}");

        Assert.Equal(204, saved.Status);
        Assert.Equal("半张表", (string?)mine["values"]["ACCEPT"]!["acceptor"]);
        Assert.NotNull(mine.Body!["draft"]);
        Assert.Null(theirs.Body!["draft"]);
        Assert.Null(theirs["values"].AsObject()["ACCEPT"]);
    }

    [Fact]
    public async Task The_judge_is_asked_before_anything_is_handed_in()
    {
        var clerk = await server.As("li-na");
        var caseId = await LowVoltageCase.Start(clerk);
        var taskId = await clerk.TaskAt(caseId, "accept");
        var before = server.Fingerprint();

        var complete = await clerk.Post($"/api/tasks/{taskId}/judge", new { data = LowVoltageCase.Data("accept") });

        Assert.Contains("accepted", complete["permitted"].AsArray().Select(p => (string)p!));
        Assert.DoesNotContain("missing", complete["permitted"].AsArray().Select(p => (string)p!));
        Assert.Equal(before, server.Fingerprint());
    }
}
