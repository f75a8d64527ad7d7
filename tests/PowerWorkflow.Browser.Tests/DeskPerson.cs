using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using PowerWorkflow.Testing;

namespace PowerWorkflow.Browser.Tests;

/// <summary>Somebody at the desk, in a browser of their own: what they see and click, in their words.</summary>
internal sealed class DeskPerson(IPage page, Uri desk, string name)
{
    /// <summary>The page they look at.</summary>
    public IPage Page => page;

    public async Task SignInAsync()
    {
        await page.GotoAsync(desk.AbsoluteUri);
        await page.Locator("input[autocomplete=username]").FillAsync(name);
        await page.Locator("input[autocomplete=current-password]").FillAsync(ApiPerson.DemoPassword);
        await page.Locator("button[type=submit]").ClickAsync();
        await page.Locator(".filters").WaitForAsync();
    }

    /// <summary>
    /// Starts a case. Most of the application is found as it was left in this browser, as after an interrupted visit; customer and capacity are typed.
    /// </summary>
    /// <returns>The case's id.</returns>
    public async Task<string> StartAsync(Scenario scenario, string? screenshot = null)
    {
        var (customer, capacity) = (scenario.Customer, (double)scenario.Data["LOAD"]!["applyCap"]!);
        var left = scenario.Data.DeepClone().AsObject();
        left["CUST"]!.AsObject().Remove("custName");
        left["LOAD"]!.AsObject().Remove("applyCap");
        var kept = new JsonObject { ["unit"] = scenario.Unit, ["name"] = "", ["number"] = "", ["data"] = left };
        await page.EvaluateAsync("([key, value]) => localStorage.setItem(key, value)", new[] { $"pw-start:{name}:{scenario.Process}", kept.ToJsonString() });

        await page.GotoAsync(new Uri(desk, "/start").AbsoluteUri);
        await page.Locator($"a[href='/start/{scenario.Process}']").ClickAsync();
        await page.Locator("#f_CUST_custName").FillAsync(customer);
        await page.Locator("#f_LOAD_applyCap").FillAsync(capacity.ToString(CultureInfo.InvariantCulture));
        await Screenshots.TakeAsync(page, screenshot);
        await page.Locator(".outcomes-bar .ant-btn-primary").ClickAsync();
        await DoneOrWhyNotAsync();
        var href = await page.Locator(".completed a[href^='/cases/']").GetAttributeAsync("href");
        return href!.Split('/')[^1];
    }

    /// <summary>Finds the step in the task list, checks the prepared answers, gives the proof it asks for, and decides.</summary>
    public async Task CompleteAsync(string caseNumber, ScenarioStep step, string? screenshot = null)
    {
        var task = await FindAsync(caseNumber, step.Step);
        await PrepareAsync(task, step.Data);
        await page.GotoAsync(new Uri(desk, $"/tasks?tab=role&search={Uri.EscapeDataString(caseNumber)}").AbsoluteUri);
        var row = page.Locator($"a.row-title[href='/tasks/{(string)task["id"]!}']");
        // A task that names its person, or that this person took before, stands under "mine".
        await row.Or(page.Locator(".empty, .state")).First.WaitForAsync();
        if (!await row.IsVisibleAsync())
        {
            await page.GotoAsync(new Uri(desk, $"/tasks?tab=mine&search={Uri.EscapeDataString(caseNumber)}").AbsoluteUri);
        }

        await row.ClickAsync();
        await page.Locator(".outcomes-bar").WaitForAsync();
        await GiveProofAsync([.. task["evidence"]!.AsArray().Select(kind => (string)kind!)]);
        var decision = page.Locator($"[data-outcome='{step.Outcome}']");
        if (step.Refused == "outcome-not-permitted")
        {
            await page.Locator($"[data-outcome='{step.Outcome}'][disabled]").WaitForAsync();
            await Screenshots.TakeAsync(page, screenshot);
            return;
        }

        await Screenshots.TakeAsync(page, screenshot);
        await decision.ClickAsync();
        var confirm = page.Locator(".ant-modal .ant-btn-primary");
        await confirm.Or(page.Locator(".note-bad, #evidence .field-error")).First.WaitForAsync();
        if (await confirm.IsVisibleAsync())
        {
            await confirm.ClickAsync();
        }

        await DoneOrWhyNotAsync();
    }

    /// <summary>Opens the page of a case.</summary>
    public async Task OpenCaseAsync(string caseId)
    {
        await page.GotoAsync(new Uri(desk, $"/cases/{caseId}").AbsoluteUri);
        await page.Locator(".facts-title").WaitForAsync();
    }

    /// <summary>Asks the server as the page does, with this person's session.</summary>
    public async Task<JsonNode> GetAsync(string path)
    {
        var reply = await page.APIRequest.GetAsync(new Uri(desk, path).AbsoluteUri);
        var text = await reply.TextAsync();
        return reply.Ok ? JsonNode.Parse(text)! : throw new InvalidOperationException($"{path} as {name} was answered {reply.Status}: {text}");
    }

    private async Task<JsonNode> FindAsync(string caseNumber, string step)
    {
        var tasks = (await GetAsync($"/api/tasks?scope=all&search={Uri.EscapeDataString(caseNumber)}"))["items"]!.AsArray();
        return tasks.FirstOrDefault(task => (string?)task!["step"] == step)
            ?? throw new InvalidOperationException($"{name} does not see '{step}' of {caseNumber}; open to them: {string.Join(", ", tasks.Select(t => t!["step"]))}.");
    }

    /// <summary>Most answers were entered earlier, on another device: the server keeps them as this person's draft.</summary>
    private async Task PrepareAsync(JsonNode task, JsonObject data)
    {
        var reply = await page.APIRequest.PutAsync(new Uri(desk, $"/api/tasks/{(string)task["id"]!}/draft").AbsoluteUri, new()
        {
            DataString = new JsonObject { ["values"] = data.DeepClone() }.ToJsonString(),
            Headers = new Dictionary<string, string> { ["X-PowerWorkflow"] = "1", ["Origin"] = desk.GetLeftPart(UriPartial.Authority), ["Content-Type"] = "application/json" },
        });
        if (!reply.Ok)
        {
            throw new InvalidOperationException($"The draft of '{(string?)task["step"]}' as {name} was answered {reply.Status}: {await reply.TextAsync()}");
        }
    }

    private async Task GiveProofAsync(IReadOnlyCollection<string> kinds)
    {
        var evidence = page.Locator("#evidence");
        if (kinds.Contains("position"))
        {
            await evidence.Locator(".geo button").ClickAsync();
            await evidence.Locator(".geo .mono", new() { HasText = "115.86" }).WaitForAsync();
        }

        if (kinds.Contains("photo"))
        {
            await page.Locator("#evidence-photo").SetInputFilesAsync(Photo("site.png"));
            await evidence.Locator("button[aria-label*='site.png']").First.WaitForAsync();
        }

        if (kinds.Contains("document"))
        {
            await page.Locator("#attachments").SetInputFilesAsync(Photo("document.png"));
            await evidence.Locator("button[aria-label*='document.png']").First.WaitForAsync();
        }

        if (kinds.Contains("signature"))
        {
            var pad = evidence.Locator(".signature canvas");
            await pad.ScrollIntoViewIfNeededAsync();
            var box = await pad.BoundingBoxAsync() ?? throw new InvalidOperationException("The signature pad is not on the page.");
            await page.Mouse.MoveAsync(box.X + 20, box.Y + 30);
            await page.Mouse.DownAsync();
            await page.Mouse.MoveAsync(box.X + 120, box.Y + 50, new() { Steps = 8 });
            await page.Mouse.UpAsync();
            await evidence.Locator(".signature-bar .ant-btn-primary").ClickAsync();
            await evidence.Locator(".signature-done").WaitForAsync();
        }
    }

    private async Task DoneOrWhyNotAsync()
    {
        await page.Locator(".completed").Or(page.Locator(".note-bad")).First.WaitForAsync();
        if (!await page.Locator(".completed").IsVisibleAsync())
        {
            throw new InvalidOperationException($"{name} was told: {string.Join(" / ", await page.Locator(".note-bad").AllInnerTextsAsync())}");
        }
    }

    private static FilePayload Photo(string fileName) => new() { Name = fileName, MimeType = "image/png", Buffer = Evidence.Photo.ToArray() };
}
