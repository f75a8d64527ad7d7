using PowerWorkflow.Processes.CheckPlanning;
using PowerWorkflow.Processes.Clocks;
using PowerWorkflow.Processes.Policies;
using PowerWorkflow.Processes.Reminders;
using PowerWorkflow.Processes.Simulation;
using Xunit;
using Xunit.Abstractions;

namespace PowerWorkflow.Processes.Tests.Simulation;

public sealed class CountyYearTests(ITestOutputHelper output)
{
    private static readonly CountyRules Rules = new(
        new ClockRules(Shipped.Calendars, PauseCodes.Parse(Shipped.Read("policies/pause-codes.json"))),
        PolicyBook.Of(Directory.GetFiles(Path.Combine(Shipped.Folder, "policies", "sets"), "*.json").Select(f => PolicySet.Parse(File.ReadAllText(f), f)), PolicyAssignments.Parse(Shipped.Read("policies/assignments.json"))),
        CaseClasses.Parse(Shipped.Read("policies/classes.json")),
        Ladders.Parse(Shipped.Read("ladders.json")),
        CheckCycles.Parse(Shipped.Read("policies/cycles.json")),
        RiskModifiers.Parse(Shipped.Read("policies/risk-modifiers.json")),
        Blackouts.Parse(Shipped.Read("policies/blackouts.json")),
        MonthPlanRules.Parse(Shipped.Read("policies/month-plan.json")));

    [Fact]
    public void A_county_s_year_runs_on_the_virtual_clock()
    {
        const int seed = 2026;
        var year = CountyYear.Run(Rules, new CountyVolumes(), "CN", 2026, seed);

        output.WriteLine($"seed {seed}: {year.Connections} connections, {year.Pauses} pauses, {year.Late} late; {year.Checks} checks, {year.ChecksOverdue} overdue, {year.ChecksDropped} dropped, {year.TripsSaved:P0} trips saved; {string.Join(", ", year.Sent.Select(s => $"{s.Key} {s.Value}"))}; {year.Checksum:x}");
        Assert.Equal(12_500, year.Connections);
        Assert.InRange(year.Late, 1, 6_000);
        Assert.True(year.TripsSaved >= 0.25m, $"{year.TripsSaved:P1} of the trips saved");
        // Nobody is told of an overdue case more often than a case was late.
        Assert.InRange(year.Sent["WHOLE/WD/overdue"], year.Late - 200, year.Late);
    }

    [Fact]
    public void The_same_seed_gives_the_same_year_and_another_seed_another()
    {
        var volumes = new CountyVolumes(300, 100, 150, 2);

        var first = CountyYear.Run(Rules, volumes, "CN", 2026, 1);

        Assert.Equal(first.Checksum, CountyYear.Run(Rules, volumes, "CN", 2026, 1).Checksum);
        Assert.NotEqual(first.Checksum, CountyYear.Run(Rules, volumes, "CN", 2026, 2).Checksum);
    }
}
