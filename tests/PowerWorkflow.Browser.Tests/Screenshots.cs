using Microsoft.Playwright;
using PowerWorkflow.Testing;

namespace PowerWorkflow.Browser.Tests;

/// <summary>Pictures for README, taken from the walks when <c>SCREENSHOTS=1</c> is set; needs Chinese fonts on the machine.</summary>
internal static class Screenshots
{
    private static readonly bool Wanted = Environment.GetEnvironmentVariable("SCREENSHOTS") == "1";

    /// <summary>Writes <c>docs/images/{name}.png</c>.</summary>
    /// <param name="page">What is shown.</param>
    /// <param name="name">File name without ending; null for none.</param>
    public static async Task TakeAsync(IPage page, string? name)
    {
        if (Wanted && name is not null)
        {
            await page.ScreenshotAsync(new() { Path = Repository.File("docs", "images", name + ".png"), Animations = ScreenshotAnimations.Disabled });
        }
    }
}
