using Microsoft.Playwright;
using PowerWorkflow.Testing;
using Xunit;

namespace PowerWorkflow.Browser.Tests;

/// <summary>A headless Chromium for the tests of one class.</summary>
public sealed class TestBrowser : IAsyncLifetime
{
    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>Opens a page of a new person: no cookies or storage shared with any other.</summary>
    /// <param name="locale">The browser's language, e.g. <c>zh-CN</c>.</param>
    public async Task<IPage> NewPersonAsync(string locale = "zh-CN")
    {
        var context = await browser!.NewContextAsync(new()
        {
            Locale = locale, TimezoneId = "Asia/Shanghai", ViewportSize = new() { Width = 1440, Height = 900 },
            Geolocation = new() { Latitude = 28.68f, Longitude = 115.86f, Accuracy = 8 }, Permissions = ["geolocation"],
        });
        context.SetDefaultTimeout(60_000);
        return await context.NewPageAsync();
    }

    public async Task InitializeAsync()
    {
        var chromium = Chromium.Find();
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium.Executable, Args = chromium.Arguments, Env = chromium.Environment });
    }

    public async Task DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
    }
}
