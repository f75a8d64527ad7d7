using Xunit;

namespace PowerWorkflow.Server.Tests.Api;

[Collection("api")]
public sealed class CommandTests(ApiServer server)
{
    [Fact]
    public async Task The_same_command_is_carried_out_once_and_answered_alike()
    {
        var clerk = await server.As("li-na");
        var application = LowVoltageCase.Application("重发客户");

        var first = await clerk.Post("/api/cases", application);
        var again = await clerk.Post("/api/cases", application);

        Assert.Equal((201, 201), (first.Status, again.Status));
        Assert.Equal(first["case"].ToJsonString(), again["case"].ToJsonString());
        Assert.Equal(first["tasks"].ToJsonString(), again["tasks"].ToJsonString());
        Assert.False(first.Headers.Contains("X-Replayed"));
        Assert.Equal("true", again.Headers.GetValues("X-Replayed").Single());
        Assert.Single((await clerk.Get("/api/cases?search=重发客户"))["items"].AsArray());
    }

    [Fact]
    public async Task Completing_a_task_eight_times_at_once_with_one_command_id_advances_the_case_once()
    {
        var clerk = await server.As("li-na");
        var caseId = await LowVoltageCase.Start(clerk);
        var taskId = await clerk.TaskAt(caseId, "accept");
        var body = LowVoltageCase.Completion("accept", "accepted");

        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => clerk.Post($"/api/tasks/{taskId}/complete", body.DeepClone())));

        Assert.All(replies, reply => Assert.True(reply.Status == 200, reply.Body?.ToJsonString()));
        Assert.Equal(7, replies.Count(reply => reply.Headers.Contains("X-Replayed")));
        Assert.Single((await clerk.Get($"/api/cases/{caseId}"))["history"].AsArray());
    }

    [Fact]
    public async Task Of_two_people_who_complete_a_task_one_is_told_where_the_case_went()
    {
        var (clerk, colleague) = (await server.As("li-na"), await server.As("hu-yan"));
        var caseId = await LowVoltageCase.Start(clerk);
        var taskId = await clerk.TaskAt(caseId, "accept");

        var won = await clerk.Post($"/api/tasks/{taskId}/complete", LowVoltageCase.Completion("accept", "accepted"));
        var lost = await colleague.Post($"/api/tasks/{taskId}/complete", LowVoltageCase.Completion("accept", "accepted"));

        Assert.Equal(200, won.Status);
        Assert.Equal((409, "stale-task"), (lost.Status, lost.Problem));
        Assert.Equal((caseId, "Running"), ((string?)lost["caseId"], (string?)lost["caseStatus"]));
        Assert.Equal("appoint", (string?)lost["waitingAt"].AsArray().Single()!["step"]);
        Assert.Contains("派工与预约", lost.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_claimed_task_is_kept_from_colleagues_until_it_is_released()
    {
        var (clerk, colleague) = (await server.As("li-na"), await server.As("hu-yan"));
        var caseId = await LowVoltageCase.Start(clerk);
        var taskId = await clerk.TaskAt(caseId, "accept");

        var claimed = await clerk.Post($"/api/tasks/{taskId}/claim", new { commandId = Guid.NewGuid() });
        var refused = await colleague.Post($"/api/tasks/{taskId}/claim", new { commandId = Guid.NewGuid() });
        var released = await clerk.Post($"/api/tasks/{taskId}/release", new { commandId = Guid.NewGuid() });
        var taken = await colleague.Post($"/api/tasks/{taskId}/claim", new { commandId = Guid.NewGuid() });

        Assert.Equal((200, 409, 200, 200), (claimed.Status, refused.Status, released.Status, taken.Status));
        Assert.Equal("李娜", (string?)refused["claimedBy"]["name"]);
        Assert.Null(released.Body!["claimedBy"]);
        Assert.Equal("hu-yan", (string?)taken["claimedBy"]["id"]);
    }

    [Fact]
    public async Task A_task_that_was_handed_over_is_that_persons_alone()
    {
        var (clerk, colleague, third) = (await server.As("li-na"), await server.As("hu-yan"), await server.As("wang-fang"));
        var caseId = await LowVoltageCase.Start(clerk);
        var taskId = await clerk.TaskAt(caseId, "accept");

        var handed = await clerk.Post($"/api/tasks/{taskId}/delegate", new { to = "hu-yan", reason = "下午外出", commandId = Guid.NewGuid() });
        var refused = await third.Post($"/api/tasks/{taskId}/claim", new { commandId = Guid.NewGuid() });
        var taken = await colleague.Post($"/api/tasks/{taskId}/claim", new { commandId = Guid.NewGuid() });

        Assert.Equal((200, 403, 200), (handed.Status, refused.Status, taken.Status));
        Assert.Equal("hu-yan", (string?)handed["person"]);
    }

    [Fact]
    public async Task A_leader_ends_a_case_and_its_task_is_gone()
    {
        var (clerk, leader) = (await server.As("li-na"), await server.As("xie-hong"));
        var caseId = await LowVoltageCase.Start(clerk);
        var taskId = await clerk.TaskAt(caseId, "accept");

        var cancelled = await leader.Post($"/api/cases/{caseId}/cancel", new { reason = "客户撤回申请", commandId = Guid.NewGuid() });
        var stale = await clerk.Post($"/api/tasks/{taskId}/complete", LowVoltageCase.Completion("accept", "accepted"));
        var again = await leader.Post($"/api/cases/{caseId}/cancel", new { reason = "客户撤回申请", commandId = Guid.NewGuid() });

        Assert.Equal("Cancelled", (string?)cancelled["status"]);
        Assert.Equal(("stale-task", "Cancelled"), (stale.Problem, (string?)stale["caseStatus"]));
        Assert.Equal("case-ended", again.Problem);
    }

    [Fact]
    public async Task A_stored_reply_is_not_given_to_somebody_else()
    {
        var (clerk, colleague) = (await server.As("li-na"), await server.As("hu-yan"));
        var application = LowVoltageCase.Application("同号不同人");

        var mine = await clerk.Post("/api/cases", application);
        var theirs = await colleague.Post("/api/cases", application);

        Assert.NotEqual((string?)mine["case"]["id"], (string?)theirs["case"]["id"]);
        Assert.False(theirs.Headers.Contains("X-Replayed"));
    }
}
