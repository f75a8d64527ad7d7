using PowerWorkflow.Processes.CheckPlanning;
using Xunit;

namespace PowerWorkflow.Processes.Tests.CheckPlanning;

public sealed class MonthPlanTests
{
    private static readonly Blackouts Blackouts = Blackouts.Parse(Shipped.Read("policies/blackouts.json"));
    private static readonly MonthPlanRules Rules = MonthPlanRules.Parse(Shipped.Read("policies/month-plan.json"));
    private static readonly MonthPlanDraft Planner = new(Shipped.China, Blackouts, Rules.Capacity);

    [Fact]
    public void Tasks_of_one_site_whose_times_overlap_are_one_trip()
    {
        var plan = Planner.Draft(2026, 10, [Site("A"), Site("B")],
        [
            Task("A1", "A", "2026-09-20", "2026-10-20"), Task("A2", "A", "2026-10-12", "2026-11-11"), Task("A3", "A", "2026-10-26", "2026-11-30"),
            Task("B1", "B", "2026-10-01", "2026-10-31"), Task("B2", "B", "2026-11-10", "2026-11-20"),
        ]);

        Assert.Equal(["A1 A2", "B1"], plan.Visits.OrderBy(v => v.Site).Select(v => string.Join(' ', v.Tasks)));
        var merged = plan.Visits.Single(v => v.Site == "A");
        Assert.InRange(merged.Day, new DateOnly(2026, 10, 12), new DateOnly(2026, 10, 20));
        Assert.Equal(1 - 2m / 3, plan.Saved);
    }

    [Fact]
    public void Days_of_rest_are_free_of_visits_and_teams_are_filled_evenly()
    {
        var sites = Enumerable.Range(0, 40).Select(i => Site($"S{i:00}", team: i % 2 == 0 ? "T1" : "T2")).ToList();

        var plan = Planner.Draft(2026, 10, sites, [.. sites.Select(s => Task("P", s.Id, "2026-10-01", "2026-10-31"))]);

        Assert.Equal(40, plan.Visits.Count);
        Assert.All(plan.Visits, v => Assert.True(Shipped.China.IsWorkingDay(v.Day)));
        var loads = plan.Visits.GroupBy(v => (v.Team, v.Day)).Select(g => g.Count()).ToList();
        Assert.InRange(loads.Max() - loads.Min(), 0, 1);
    }

    [Fact]
    public void A_blackout_moves_outage_work_earlier_and_leaves_other_work_alone()
    {
        var august = Task("P", "A", "2026-07-21", "2026-08-20");
        Assert.Equal(new DateOnly(2026, 6, 30), Planner.LatestDay(august, Site("A")));
        Assert.Equal(new DateOnly(2026, 8, 20), Planner.LatestDay(august with { NeedsOutage = false }, Site("A")));

        var june = Planner.Draft(2026, 6, [Site("A")], [august]);

        Assert.Equal(new DateOnly(2026, 6, 30), Assert.Single(june.Visits).Day);
        // Northern heating, university entrance examination and the run of spring festival.
        Assert.Equal(new DateOnly(2026, 11, 13), Planner.LatestDay(Task("P", "N", "2027-02-01", "2027-03-01"), Site("N") with { North = true }));
        Assert.Equal(new DateOnly(2026, 6, 5), Planner.LatestDay(Task("P", "A", "2026-06-01", "2026-06-09"), Site("A")));
        Assert.Equal(new DateOnly(2026, 2, 14), Planner.LatestDay(Task("P", "A", "2026-02-01", "2026-02-20"), Site("A")));
    }

    [Fact]
    public void What_does_not_fit_is_listed_with_reason_and_last_possible_day()
    {
        var sites = Enumerable.Range(0, 5).Select(i => Site($"S{i}")).ToList();
        var tight = sites.Select((s, i) => Task("P", s.Id, "2026-10-12", "2026-10-12", risk: i)).ToList();

        var plan = Planner.Draft(2026, 10, sites, tight);

        Assert.Equal(["S4", "S3", "S2"], plan.Visits.OrderByDescending(v => v.Site).Select(v => v.Site));
        Assert.Equal([("S1", DropReason.OverCapacity), ("S0", DropReason.OverCapacity)], plan.Dropped.Select(d => (d.Site, d.Reason)));
        var peak = Site("Q") with { ProductionPeaks = [new DaySpan(new DateOnly(2026, 10, 1), new DateOnly(2026, 10, 31))] };
        var never = Planner.Draft(2026, 10, [peak], [Task("P", "Q", "2026-10-05", "2026-10-20") with { Due = new DateOnly(2026, 10, 20) }]);
        Assert.Equal(DropReason.NoDay, Assert.Single(never.Dropped).Reason);
    }

    [Fact]
    public void An_overdue_check_comes_first_in_the_month()
    {
        var plan = Planner.Draft(2026, 10, [Site("A"), Site("B")], [Task("P", "A", "2026-10-01", "2026-10-31"), Task("P", "B", "2026-08-01", "2026-09-10")]);

        var overdue = plan.Visits.Single(v => v.Site == "B");
        Assert.True(overdue.Overdue);
        Assert.Equal(new DateOnly(2026, 10, 8), overdue.Day);
    }

    [Fact]
    public void A_visit_can_be_moved_to_a_day_its_tasks_and_its_team_allow()
    {
        var site = Site("A");
        var plan = Planner.Draft(2026, 10, [site], [Task("P", "A", "2026-10-08", "2026-10-20")]);
        var sites = new Dictionary<string, CheckSite> { ["A"] = site };
        DropReason? Move(string day) => Planner.CannotMove(plan, plan.Visits[0], DateOnly.Parse(day, null), site, sites, needsOutage: true);

        Assert.Null(Move("2026-10-19"));
        Assert.Equal(DropReason.NoDay, Move("2026-10-21"));
        Assert.Equal(DropReason.NoDay, Move("2026-10-17"));
    }

    [Fact]
    public void Four_thousand_sites_are_planned_the_same_each_time()
    {
        const int seed = 4000;
        var random = new Random(seed);
        var sites = Enumerable.Range(0, 4000).Select(i => Site($"S{i:0000}", $"T{i % 12:00}", $"L{random.Next(90):00}")).ToList();
        var tasks = sites.SelectMany((s, i) => Enumerable.Range(0, 1 + random.Next(3)).Select(k =>
        {
            var due = new DateOnly(2026, 10, 1).AddDays(random.Next(365));
            return Task($"{s.Id}-{k}", s.Id, due.AddDays(-30).ToString("yyyy-MM-dd", null), due.ToString("yyyy-MM-dd", null), random.Next(5));
        })).ToList();

        var plan = Planner.Draft(2026, 10, sites, tasks);
        var again = Planner.Draft(2026, 10, [.. sites.AsEnumerable().Reverse()], [.. tasks.AsEnumerable().Reverse()]);

        Assert.Equal(plan.Visits.Select(v => (v.Id, v.Day)), again.Visits.Select(v => (v.Id, v.Day)));
        Assert.True(plan.Visits.Count > 300, $"{plan.Visits.Count} visits, {plan.Dropped.Count} dropped");
    }

    [Fact]
    public void Seasonal_checks_end_earlier_in_the_south()
    {
        var lightning = Blackouts.SeasonalChecks.Single(s => s.Code == "LIGHTNING_FLOOD");

        Assert.Equal((new DateOnly(2027, 4, 30), new DateOnly(2027, 3, 31)), (lightning.Deadline(2027, south: false), lightning.Deadline(2027, south: true)));
    }

    private static CheckSite Site(string id, string team = "T1", string route = "L1") => new(id, team, route, Importance.Normal, 10, new DateOnly(2020, 1, 1), MeteringSide.HighSide);

    private static CheckTask Task(string id, string site, string earliest, string due, int risk = 0) =>
        new(id, site, CheckKind.Periodic, DateOnly.Parse(earliest, null), DateOnly.Parse(due, null), NeedsOutage: true, Risk: risk);
}
