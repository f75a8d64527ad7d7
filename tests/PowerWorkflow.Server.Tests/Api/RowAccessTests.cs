using System.Text.Json.Nodes;
using Xunit;

namespace PowerWorkflow.Server.Tests.Api;

[Collection("api")]
public sealed class RowAccessTests(ApiServer server)
{
    // Who they are: li-na front desk of station 01; hu-yan front desk of the whole county; luo-wei manager of customers of station 01; you-wei reviews for the
    // county's department of construction; su-rui audits the city; fan-xin owns processes.

    [Theory]
    [InlineData("li-na", true, "works in the unit")]
    [InlineData("hu-yan", true, "works in the county above")]
    [InlineData("su-rui", true, "audits the city above")]
    [InlineData("fan-xin", true, "owns the processes of the city above")]
    [InlineData("you-wei", false, "a department that was not asked")]
    public async Task Case_lists_details_and_journals_agree_on_who_sees_a_case(string personId, bool sees, string because)
    {
        var caseId = await LowVoltageCase.Start(await server.As("li-na"), "可见性客户");
        var person = await server.As(personId);

        var listed = (await person.Get("/api/cases?search=可见性客户&take=200"))["items"].AsArray().Any(c => (string?)c!["id"] == caseId);
        var page = await person.Get($"/api/cases/{caseId}");
        var journal = await person.Get($"/api/cases/{caseId}/journal");
        var incidents = await person.Get($"/api/cases/{caseId}/incidents");

        Assert.True(sees == listed, because);
        Assert.All([page, journal, incidents], reply => Assert.Equal(sees ? 200 : 404, reply.Status));
    }

    [Fact]
    public async Task A_case_of_another_station_is_not_there_for_people_of_this_one()
    {
        var application = LowVoltageCase.Application("河东客户");
        application["unit"] = "360102-02";
        var caseId = (string?)(await (await server.As("hu-yan")).Post("/api/cases", application))["case"]["id"];
        var neighbour = await server.As("li-na");

        var page = await neighbour.Get($"/api/cases/{caseId}");
        var missing = await neighbour.Get("/api/cases/00000000000000000000");
        var listed = await neighbour.Get("/api/cases?search=河东客户");

        // The same words for both: the answer does not tell that the case exists.
        Assert.Equal((404, 404), (page.Status, missing.Status));
        Assert.Equal(page.Detail.Replace(caseId!, "X", StringComparison.Ordinal), missing.Detail.Replace("00000000000000000000", "X", StringComparison.Ordinal));
        Assert.Empty(listed["items"].AsArray());
    }

    [Fact]
    public async Task Lists_offer_exactly_the_tasks_that_commands_accept()
    {
        var clerk = await server.As("li-na");
        var caseId = await LowVoltageCase.Start(clerk);

        foreach (var personId in (string[])["li-na", "hu-yan", "wu-gang", "xie-hong", "su-rui", "fan-xin", "you-wei", "zhao-min"])
        {
            var person = await server.As(personId);
            var offered = (await person.Get("/api/tasks?scope=role&take=200"))["items"].AsArray().FirstOrDefault(t => (string?)t!["caseId"] == caseId);
            var claimed = await person.Post($"/api/tasks/{await clerk.TaskAt(caseId, "accept")}/claim", new { commandId = Guid.NewGuid() });

            Assert.True((offered is not null) == (claimed.Status == 200), $"{personId}: offered {offered is not null}, answered {claimed.Status}");
            if (claimed.Status == 200)
            {
                Assert.True((bool)offered!["canClaim"]!);
                await person.Post($"/api/tasks/{claimed["id"]}/release", new { commandId = Guid.NewGuid() });
            }
        }
    }

    [Fact]
    public async Task Auditors_read_and_do_nothing_else()
    {
        var clerk = await server.As("li-na");
        var auditor = await server.As("su-rui");
        var caseId = await LowVoltageCase.Start(clerk);
        var taskId = await clerk.TaskAt(caseId, "accept");
        var before = server.Fingerprint();

        var seen = await auditor.Get($"/api/tasks/{taskId}");
        var completed = await auditor.Post($"/api/tasks/{taskId}/complete", LowVoltageCase.Completion("accept", "accepted"));
        var cancelled = await auditor.Post($"/api/cases/{caseId}/cancel", new { reason = "试一试", commandId = Guid.NewGuid() });

        Assert.Equal((200, 403, 403), (seen.Status, completed.Status, cancelled.Status));
        Assert.False((bool)seen["canComplete"]);
        Assert.NotEmpty((string)seen["whyNot"]!);
        Assert.Equal(before, server.Fingerprint());
    }

    [Fact]
    public async Task Two_must_sign_and_one_cannot_sign_for_both()
    {
        var clerk = await server.As("li-na");
        var caseId = await LowVoltageCase.Start(clerk, "双人装表");
        await LowVoltageCase.Complete(clerk, caseId, "accept", "accepted");
        await LowVoltageCase.Complete(await server.As("xie-hong"), caseId, "appoint", "agreed");
        var surveyor = await server.As("wu-gang");
        var survey = LowVoltageCase.Completion("survey", "ready");
        survey["data"]!["SURVEY"]!["poleWork"] = true;
        survey["evidence"] = new JsonObject { ["position"] = new JsonObject { ["lat"] = 28.5, ["lng"] = 115.9, ["accuracy"] = 8 } };
        await surveyor.Post($"/api/tasks/{await surveyor.TaskAt(caseId, "survey")}/complete", survey);
        await LowVoltageCase.Complete(clerk, caseId, "contract", "signed");
        var (first, second) = (await server.As("yan-dong"), await server.As("jin-tao"));

        var signed = await LowVoltageCase.Complete(first, caseId, "install", "pass");
        var twice = await LowVoltageCase.Complete(first, caseId, "install", "pass");
        var claimed = await first.Post($"/api/tasks/{await first.TaskAt(caseId, "install")}/claim", new { commandId = Guid.NewGuid() });
        var done = await LowVoltageCase.Complete(second, caseId, "install", "pass");

        Assert.Equal(["yan-dong"], signed["task"]["signedBy"]!.AsArray().Select(s => (string)s!["id"]!));
        Assert.Equal(("four-eyes", "four-eyes"), (twice.Problem, claimed.Problem));
        Assert.Null(done.Body!["task"]);
        Assert.Equal(["archive", "revisit"], done["case"]["waitingAt"]!.AsArray().Select(w => (string)w!["step"]!).Order());
    }

    [Fact]
    public async Task Pages_of_a_list_follow_each_other_without_gap_or_repetition_while_cases_come_in()
    {
        var clerk = await server.As("hu-yan");
        var wanted = new HashSet<string>();
        for (var i = 0; i < 7; i++)
        {
            wanted.Add(await LowVoltageCase.Start(clerk, "翻页客户"));
        }

        var (seen, tasks) = (new List<string>(), new List<string>());
        string? next = null;
        do
        {
            var page = await clerk.Get($"/api/cases?search=翻页客户&take=3{(next is null ? "" : $"&cursor={next}")}");
            seen.AddRange(page["items"].AsArray().Select(c => (string)c!["id"]!));
            next = (string?)page.Body!["next"];
            if (seen.Count == 3)
            {
                await LowVoltageCase.Start(clerk, "翻页客户");
            }
        }
        while (next is not null);
        do
        {
            var page = await clerk.Get($"/api/tasks?scope=role&search=翻页客户&take=3{(next is null ? "" : $"&cursor={next}")}");
            tasks.AddRange(page["items"].AsArray().Select(t => (string)t!["id"]!));
            next = (string?)page.Body!["next"];
        }
        while (next is not null);

        Assert.Equal(wanted.OrderDescending(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal).Reverse());
        Assert.Equal((8, 8), (tasks.Count, tasks.Distinct().Count()));
    }

    [Fact]
    public async Task Task_lists_come_in_due_order_and_count_what_is_mine()
    {
        var clerk = await server.As("wang-fang");
        var caseId = await LowVoltageCase.Start(clerk, "计数客户");
        var before = (await clerk.Get("/api/tasks"))["counts"];
        await clerk.Post($"/api/tasks/{await clerk.TaskAt(caseId, "accept")}/claim", new { commandId = Guid.NewGuid() });

        var mine = await clerk.Get("/api/tasks?scope=mine&search=计数客户");
        var free = await clerk.Get("/api/tasks?scope=role&take=200");

        Assert.Equal(caseId, (string?)mine["items"].AsArray().Single()!["caseId"]);
        Assert.Equal((int)before["mine"]! + 1, (int)mine["counts"]["mine"]!);
        Assert.Equal((int)before["role"]! - 1, (int)mine["counts"]["role"]!);
        var due = free["items"].AsArray().Select(t => (string?)t!["dueAt"] ?? "9999").ToList();
        Assert.Equal(due.Order(StringComparer.Ordinal), due);
    }

    [Fact]
    public async Task A_green_channel_case_comes_first_in_every_list()
    {
        var clerk = await server.As("hu-yan");
        await LowVoltageCase.Start(clerk, "排队客户");
        var green = LowVoltageCase.Application("排队客户");
        green["data"]!["CASE"]!["priority"] = 1;

        var started = await clerk.Post("/api/cases", green);
        var tasks = await clerk.Get("/api/tasks?scope=role&search=排队客户");

        Assert.Equal(1, (int)started["case"]["priority"]!);
        Assert.Equal([1, 0], tasks["items"].AsArray().Select(t => (int)t!["priority"]!));
    }
}
