using Xunit;

namespace PowerWorkflow.Server.Tests.Api;

/// <summary>The walk of a resident's case through its process; the same on both databases.</summary>
public static class LowVoltageWalk
{
    /// <summary>Everybody claims, reads the form and completes, as the shipped scenario says.</summary>
    public static async Task Walk(ApiServer server)
    {
        var clerk = await server.As("li-na");
        var caseId = await LowVoltageCase.Start(clerk, "走通客户");
        var waiting = new List<string>();

        foreach (var step in LowVoltageCase.Scenario()["steps"]!.AsArray().Select(s => s!).Where(s => s["step"] is not null))
        {
            var person = await server.As((string)step["by"]!);
            var taskId = await person.TaskAt(caseId, (string)step["step"]!);
            var claimed = await person.Post($"/api/tasks/{taskId}/claim", new { commandId = Guid.NewGuid() });
            var form = await person.Get($"/api/tasks/{taskId}");
            var done = await LowVoltageCase.Complete(person, caseId, (string)step["step"]!, (string)step["outcome"]!);

            Assert.Equal(200, claimed.Status);
            Assert.Equal((string)step["by"]!, (string?)claimed["claimedBy"]["id"]);
            Assert.NotNull(form["form"]["schema"]);
            Assert.True(done.Status == 200, done.Body?.ToJsonString());
            waiting.Add(string.Join('+', done["case"]["waitingAt"]!.AsArray().Select(w => (string)w!["step"]!)));
        }

        Assert.Equal(["appoint", "survey", "contract", "install", "archive+revisit", "revisit", ""], waiting);
        var page = await clerk.Get($"/api/cases/{caseId}");
        Assert.Equal("Finished", (string?)page["status"]);
        Assert.Equal("pass", (string?)page["data"]["INSP"]!["overall"]);
        Assert.Equal("done", (string?)page["drawing"]["states"]!["install"]!["status"]);
        Assert.Equal(7, page["history"].AsArray().Count);
        Assert.Equal("合格并送电", (string?)page["history"].AsArray().Single(h => (string?)h!["step"] == "install")!["outcomeLabel"]);
        Assert.Single(page["attachments"].AsArray());
        Assert.Empty(page["incidents"].AsArray());
        Assert.All(page["clocks"].AsArray(), clock => Assert.Equal("Stopped", (string?)clock!["state"]));
    }
}

public sealed class PostgresWalkTests(PostgresApiServer server) : IClassFixture<PostgresApiServer>
{
    [Fact]
    public Task A_resident_gets_from_the_application_to_energised_supply_on_PostgreSQL() => LowVoltageWalk.Walk(server);

    [Fact]
    public async Task Lists_are_filtered_paged_and_searched_on_PostgreSQL()
    {
        var clerk = await server.As("hu-yan");
        for (var i = 0; i < 3; i++)
        {
            await LowVoltageCase.Start(clerk, "翻页客户");
        }

        var first = await clerk.Get("/api/tasks?scope=role&search=翻页客户&take=2&due=week&unit=3601");
        var second = await clerk.Get($"/api/tasks?scope=role&search=翻页客户&take=2&due=week&unit=3601&cursor={first["next"]}");
        var cases = await clerk.Get("/api/cases?search=翻页客户&mine=true&status=running&process=new-connection-lv-resident&take=2");
        var rest = await clerk.Get($"/api/cases?search=翻页客户&mine=true&take=2&cursor={cases["next"]}");

        Assert.Equal((2, 1), (first["items"].AsArray().Count, second["items"].AsArray().Count));
        Assert.Equal((2, 1), (cases["items"].AsArray().Count, rest["items"].AsArray().Count));
    }
}
