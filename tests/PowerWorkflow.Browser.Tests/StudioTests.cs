using System.Text.Json.Nodes;
using Microsoft.Playwright;
using PowerWorkflow.Testing;
using Xunit;

namespace PowerWorkflow.Browser.Tests;

/// <summary>Process owners at work in the real Elsa Studio package, in a real browser, against the real server.</summary>
public sealed class StudioTests(TestBrowser browser, StudioTests.Served served) : IClassFixture<TestBrowser>, IClassFixture<StudioTests.Served>
{
    private const string Owner = "fan-xin";
    private const string Password = "demo-power-2026";

    public sealed class Served : IAsyncLifetime
    {
        public ServerProcess Server { get; } = new();

        public Task InitializeAsync() => Server.StartAsync();

        public Task DisposeAsync()
        {
            Server.Dispose();
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task An_unknown_step_is_shown_by_name_and_an_edit_survives_the_end_of_the_session()
    {
        var robot = Activity("robot", "Acme.Robot", 520);
        robot["secret"] = "只有机器人知道";
        var page = await OwnerOpens("expiring", Activity("start", "Elsa.Start", 0), Activity("survey", "PowerWorkflow.UserTask", 260), robot);
        await Assertions.Expect(page.Locator(".x6-node", new() { HasText = "无法识别的步骤" })).ToHaveCountAsync(1);
        var title = await TitleOf(page, "survey");

        await page.Context.ClearCookiesAsync();
        await title.FillAsync("登录过期后修改");
        await page.Keyboard.PressAsync("Tab");
        await page.FillAsync("#pw-sign-in input[name=password]", Password);
        await page.ClickAsync("#pw-sign-in button[type=submit]");
        await Saved(page);

        var stored = await Exported(page, "expiring");
        Assert.Contains("登录过期后修改", stored, StringComparison.Ordinal);
        Assert.Contains("只有机器人知道", stored, StringComparison.Ordinal);
        Assert.Contains("Acme.Robot", stored, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_editors_the_second_is_told_and_decides()
    {
        var first = await OwnerOpens("contested", Activity("start", "Elsa.Start", 0), Activity("survey", "PowerWorkflow.UserTask", 260));
        var second = await SignedIn();
        await Open(second, "contested");
        var title = await TitleOf(first, "survey");

        await second.Locator("textarea").First.FillAsync("第二个编辑者");
        await second.Keyboard.PressAsync("Tab");
        await Saved(second);
        await title.FillAsync("第一个编辑者");
        await first.Keyboard.PressAsync("Tab");
        await Assertions.Expect(first.Locator("#pw-notices")).ToContainTextAsync("别人已经修改了这个流程", new() { Timeout = 20_000 });
        Assert.Contains("第二个编辑者", await Exported(first, "contested"), StringComparison.Ordinal);
        await first.Locator(".pw-error button", new() { HasText = "用我的版本继续" }).ClickAsync();

        await Until(async () => (await Exported(first, "contested")).Contains("第一个编辑者", StringComparison.Ordinal));
    }

    private async Task<IPage> OwnerOpens(string definitionId, params JsonObject[] activities)
    {
        var page = await SignedIn();
        var definition = new JsonObject
        {
            ["definitionId"] = definitionId, ["name"] = definitionId,
            ["root"] = new JsonObject { ["id"] = "flow", ["type"] = "Elsa.Flowchart", ["version"] = 1, ["name"] = "flow", ["activities"] = new JsonArray([.. activities]), ["connections"] = new JsonArray() },
        };
        var imported = await page.APIRequest.PostAsync($"{Address}/elsa/api/workflow-definitions/import", new() { DataString = definition.ToJsonString(), Headers = Headers });
        Assert.True(imported.Ok, await imported.TextAsync());
        await Open(page, definitionId);
        return page;
    }

    private async Task<IPage> SignedIn()
    {
        var page = await browser.NewPersonAsync();
        var reply = await page.APIRequest.PostAsync($"{Address}/api/session", new() { DataObject = new { userName = Owner, password = Password }, Headers = Headers });
        Assert.True(reply.Ok, await reply.TextAsync());
        return page;
    }

    private async Task Open(IPage page, string definitionId)
    {
        await page.GotoAsync($"{Address}/studio/definitions/{definitionId}");
        await page.Locator(".x6-node").First.WaitForAsync(new() { Timeout = 60_000 });
    }

    private async Task<string> Exported(IPage page, string definitionId) =>
        await (await page.APIRequest.GetAsync($"{Address}/elsa/api/workflow-definitions/{definitionId}/export?versionOptions=Latest")).TextAsync();

    private static async Task<ILocator> TitleOf(IPage page, string activity)
    {
        var box = (await page.Locator($".x6-node[data-cell-id={activity}]").BoundingBoxAsync())!;
        await page.Mouse.ClickAsync(box.X + box.Width / 2, box.Y + box.Height / 2);
        var title = page.Locator(".mud-input-control", new() { HasText = "任务标题" }).Locator("input").First;
        await title.WaitForAsync();
        return title;
    }

    private static Task Saved(IPage page) => Assertions.Expect(page.Locator("#pw-save-state")).ToContainTextAsync("已保存", new() { Timeout = 25_000 });

    private static async Task Until(Func<Task<bool>> condition)
    {
        for (var attempt = 0; attempt < 60; attempt++)
        {
            if (await condition()) return;
            await Task.Delay(250);
        }

        Assert.Fail("It did not come about within 15 seconds.");
    }

    private string Address => served.Server.Address.GetLeftPart(UriPartial.Authority);

    private Dictionary<string, string> Headers => new() { ["X-PowerWorkflow"] = "1", ["Origin"] = Address };

    private static JsonObject Activity(string id, string type, int x) => new()
    {
        ["id"] = id, ["name"] = id, ["type"] = type, ["version"] = 1,
        ["metadata"] = new JsonObject
        {
            ["displayText"] = id,
            ["designer"] = new JsonObject { ["position"] = new JsonObject { ["x"] = x, ["y"] = 0 }, ["size"] = new JsonObject { ["width"] = 200, ["height"] = 54 } },
        },
    };
}
