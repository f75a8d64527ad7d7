using PowerWorkflow.Testing;
using Xunit;
using Xunit.Abstractions;

namespace PowerWorkflow.Browser.Tests;

/// <summary>The main job in a browser: from the front desk to energised supply, by the people whose steps these are.</summary>
public sealed class HighVoltageWalkTests(TestBrowser browser, ITestOutputHelper output) : IClassFixture<TestBrowser>
{
    [Fact]
    public async Task A_high_voltage_application_is_energised_after_one_failed_inspection_and_its_reinspection()
    {
        using var server = new ServerProcess();
        _ = await server.StartAsync();
        var scenario = Scenario.Read("new-connection-hv-single", "failed-inspection", TimeProvider.System.GetLocalNow());
        var people = new Dictionary<string, DeskPerson>();

        var frontDesk = await PersonAsync(scenario.StartedBy);
        var caseId = await frontDesk.StartAsync(scenario, "start");
        var number = (string)(await frontDesk.GetAsync($"/api/cases/{caseId}"))["number"]!;
        foreach (var (step, index) in scenario.Steps.Select((step, index) => (step, index)))
        {
            foreach (var name in (string[])[step.By, .. step.Also])
            {
                output.WriteLine($"{index + 1} {step.Step} by {name}: {step.Outcome}{(step.Refused is null ? "" : " is refused")}");
                var person = await PersonAsync(name);
                await person.CompleteAsync(number, step, Picture(step));
                if (step.Refused is not null)
                {
                    break;
                }
            }

            if (step is { Step: "inspect", Outcome: "fail" })
            {
                await frontDesk.OpenCaseAsync(caseId);
                await Screenshots.TakeAsync(frontDesk.Page, "case");
            }
        }

        await frontDesk.OpenCaseAsync(caseId);
        var energised = await frontDesk.GetAsync($"/api/cases/{caseId}");
        Assert.Equal("Finished", (string?)energised["status"]);
        Assert.Equal("pass", (string?)energised["data"]!["INSP#2"]!["overall"]);
        Assert.True(people.Count >= 7, $"{people.Count} people logged in.");

        async Task<DeskPerson> PersonAsync(string name)
        {
            if (!people.TryGetValue(name, out var person))
            {
                person = people[name] = new DeskPerson(await browser.NewPersonAsync(), server.Address, name);
                await person.SignInAsync();
            }

            return person;
        }
    }

    private static string? Picture(ScenarioStep step) => step switch
    {
        { Step: "survey" } => "survey",
        { Step: "inspect", Refused: not null } => "inspection",
        _ => null,
    };
}
