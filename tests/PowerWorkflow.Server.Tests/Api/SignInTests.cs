using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PowerWorkflow.Server.Security;
using PowerWorkflow.Server.Storage;
using Xunit;

namespace PowerWorkflow.Server.Tests.Api;

/// <summary>These move the clock and disable accounts, so they have servers of their own.</summary>
public sealed class SignInTests : IClassFixture<ApiServer>
{
    private readonly ApiServer server;

    public SignInTests(ApiServer server) => this.server = server;

    [Fact]
    public async Task A_session_says_who_one_is_and_what_one_may_start()
    {
        var me = await (await server.As("li-na")).Get("/api/session");

        Assert.Equal(("li-na", "李娜", "zh-CN"), ((string?)me["personId"], (string?)me["name"], (string?)me["language"]));
        Assert.Equal(("R-CSR", "城关供电所"), ((string?)me["roles"][0]!["role"], (string?)me["roles"][0]!["unitName"]));
        Assert.Contains(LowVoltageCase.Process, me["permissions"]["startProcesses"]!.AsArray().Select(p => (string)p!));
        Assert.False((bool)me["permissions"]["auditor"]!);
    }

    [Fact]
    public async Task Signing_out_ends_the_session()
    {
        var person = await server.As("li-na");

        var signedOut = await person.Send(HttpMethod.Delete, "/api/session", null);
        var after = await person.Get("/api/tasks");

        Assert.Equal((204, 401, "not-signed-in"), (signedOut.Status, after.Status, after.Problem));
    }

    [Fact]
    public async Task A_session_ends_after_ten_hours_without_a_request_and_lives_on_with_them()
    {
        var (idle, busy) = (await server.As("hu-yan"), await server.As("wang-fang"));

        for (var hour = 0; hour < 12; hour++)
        {
            server.Clock.Advance(TimeSpan.FromHours(1));
            Assert.Equal(200, (await busy.Get("/api/session")).Status);
        }

        Assert.Equal("not-signed-in", (await idle.Get("/api/session")).Problem);
    }

    [Fact]
    public async Task A_disabled_account_is_out_at_its_next_request()
    {
        var person = await server.As("zhao-min");
        Assert.Equal(200, (await person.Get("/api/tasks")).Status);

        await Change("zhao-min", account => account.Disabled = true);
        var after = await person.Get("/api/tasks");
        var signIn = await server.Nobody().Post("/api/session", new { userName = "zhao-min", password = OrganisationStart.DemoPassword });

        Assert.Equal(("not-signed-in", "sign-in-failed"), (after.Problem, signIn.Problem));
    }

    [Fact]
    public async Task A_new_security_stamp_ends_every_session_of_the_account()
    {
        var (phone, desk) = (await server.As("qian-yu"), await server.As("qian-yu"));

        await Change("qian-yu", account => account.SecurityStamp = Guid.NewGuid().ToString("N"));

        Assert.Equal((401, 401), ((await phone.Get("/api/session")).Status, (await desk.Get("/api/session")).Status));
    }

    [Theory]
    [InlineData("luo-wei", "a name that exists")]
    [InlineData("nobody-at-all", "a name that does not")]
    public async Task Five_wrong_passwords_block_a_name_for_a_quarter_of_an_hour(string userName, string which)
    {
        var visitor = server.Nobody();
        for (var i = 0; i < SignIn.FailuresPerUser; i++)
        {
            Assert.Equal("sign-in-failed", (await visitor.Post("/api/session", new { userName, password = "wrong" })).Problem);
        }

        var blocked = await visitor.Post("/api/session", new { userName, password = OrganisationStart.DemoPassword });
        server.Clock.Advance(TimeSpan.FromMinutes(16));
        var later = await visitor.Post("/api/session", new { userName, password = OrganisationStart.DemoPassword });

        Assert.True((blocked.Status, blocked.Problem) == (429, "too-many-attempts"), which);
        Assert.Contains("15", blocked.Detail, StringComparison.Ordinal);
        Assert.Equal(userName == "luo-wei" ? 200 : 401, later.Status);
    }

    [Theory]
    [InlineData("zh-CN", null, "尚未登录")]
    [InlineData("en", null, "Not signed in")]
    [InlineData("fr, en;q=0.5", null, "Not signed in")]
    [InlineData("fr", null, "尚未登录")]
    [InlineData("en", "pw-lang=zh-CN", "尚未登录")]
    [InlineData("zh-CN", "pw-lang=en", "Not signed in")]
    public async Task Refusals_are_said_in_the_language_of_the_cookie_or_of_the_browser(string accepted, string? cookie, string title)
    {
        var visitor = server.Nobody();
        visitor.Language = accepted;

        var reply = await visitor.Send(HttpMethod.Get, "/api/session", null, cookie: cookie);

        Assert.Equal(title, (string?)reply["title"]);
    }

    [Theory]
    [InlineData("http://localhost", true, 401)]
    [InlineData("http://evil.example", true, 403)]
    [InlineData("http://localhost:81", true, 403)]
    [InlineData("https://localhost", true, 403)]
    [InlineData("null", true, 403)]
    [InlineData(null, true, 403)]
    [InlineData("http://localhost", false, 403)]
    public async Task A_change_is_only_taken_from_our_own_pages(string? origin, bool header, int status)
    {
        var reply = await server.Nobody().Send(HttpMethod.Post, "/api/cases", null, origin, header);

        Assert.Equal((status, status == 403 ? "origin-refused" : "not-signed-in"), (reply.Status, reply.Problem));
    }

    [Fact]
    public async Task Every_page_keeps_to_itself()
    {
        var reply = await server.Nobody().Get("/api/health");

        var policy = reply.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'self'; script-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-eval", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", reply.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Fact]
    public async Task Without_a_session_nothing_but_health_and_signing_in_answers()
    {
        using var document = System.Text.Json.JsonDocument.Parse((await server.Nobody().Get("/openapi/v1.json")).Bytes);
        var open = new List<string>();

        foreach (var path in document.RootElement.GetProperty("paths").EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject().Where(o => o.Name is "get" or "post" or "put" or "delete"))
            {
                var url = path.Name.Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal);
                var reply = await server.Nobody().Send(new HttpMethod(operation.Name.ToUpperInvariant()), url, null);
                if (reply.Status != 401)
                {
                    open.Add($"{operation.Name} {path.Name}");
                }
            }
        }

        Assert.Equal(["delete /api/session", "get /api/health", "post /api/session"], open.Order(StringComparer.Ordinal));
    }

    private async Task Change(string accountId, Action<Account> change)
    {
        await using var scope = server.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WorkflowDb>();
        change(await db.Set<Account>().SingleAsync(a => a.Id == accountId));
        await db.SaveChangesAsync();
        scope.ServiceProvider.GetRequiredService<AccountWatch>().Forget(accountId);
    }
}
