using Xunit;

namespace PowerWorkflow.Browser.Tests;

public sealed class BrowserTests(TestBrowser browser) : IClassFixture<TestBrowser>
{
    [Fact]
    public async Task The_browser_runs_scripts_and_draws()
    {
        var page = await browser.NewPersonAsync();
        await page.SetContentAsync("<button onclick=\"this.textContent = '已受理 ' + navigator.language\">受理</button>");

        await page.ClickAsync("button");

        Assert.Equal("已受理 zh-CN", await page.TextContentAsync("button"));
        Assert.True((await page.ScreenshotAsync()).Length > 1000);
    }
}
