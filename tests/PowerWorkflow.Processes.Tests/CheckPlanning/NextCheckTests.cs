using PowerWorkflow.Processes.CheckPlanning;
using PowerWorkflow.Processes.Documents;
using Xunit;

namespace PowerWorkflow.Processes.Tests.CheckPlanning;

public sealed class NextCheckTests
{
    private static readonly CheckCycles Cycles = CheckCycles.Parse(Shipped.Read("policies/cycles.json"));
    private static readonly RiskModifiers Risks = RiskModifiers.Parse(Shipped.Read("policies/risk-modifiers.json"));
    private static readonly PreventiveTests Tests = PreventiveTests.Parse(Shipped.Read("policies/preventive-tests.json"));

    [Fact]
    public void The_shortest_matching_cycle_counts()
    {
        Assert.Equal(("2026-06-30", 12m, "D8"), Due(Site()));
        Assert.Equal(("2027-06-30", 24m, "D9"), Due(Site() with { Metering = MeteringSide.LowSide }));
        Assert.Equal(("2025-12-30", 6m, "D3"), Due(Site() with { Importance = Importance.Second }));
        Assert.Equal(("2025-09-30", 3m, "D1"), Due(Site() with { Importance = Importance.Special, Kv = 35 }));
        Assert.Equal(("2028-06-30", 36m, "D11"), Due(Site() with { Kv = 0.4m, Metering = null, LoadKw = 20 }));
        Assert.Null(NextCheck.Of(Site() with { Kv = 0.22m, Residential = true, Metering = null }, Cycles, Risks));
        Assert.Null(NextCheck.Of(Site() with { Suspended = true }, Cycles, Risks));
    }

    [Fact]
    public void A_new_high_voltage_site_is_first_checked_within_a_month_and_then_in_its_cycle()
    {
        var fresh = Site() with { LastFullCheck = null, EnergisedAt = new DateOnly(2026, 1, 31) };

        Assert.Equal(("2026-02-28", 1m, "D14"), Due(fresh));
        Assert.Equal(("2027-02-20", 12m, "D8"), Due(fresh with { LastFullCheck = new DateOnly(2026, 2, 20) }));
    }

    [Fact]
    public void Risk_changes_the_cycle_within_its_bounds()
    {
        Assert.Equal(("2025-12-30", 6m, "D8 RM1"), Due(With(RiskTrigger.OpenCriticalDefectOrOverdueTest)));
        Assert.Equal(("2026-12-30", 18m, "D8 RM2"), Due(With(RiskTrigger.TwoCleanChecksAndMonitored)));
        Assert.Equal(("2026-03-30", 9m, "D8 RM4"), Due(With(RiskTrigger.OldOrObsoleteTransformer)));
        // Never longer for an important site; a part of a month counts 30 days to the month.
        Assert.Equal(("2025-12-30", 6m, "D3"), Due(With(RiskTrigger.TwoCleanChecksAndMonitored) with { Importance = Importance.Second }));
        Assert.Equal(("2025-09-07", 2.25m, "D1 RM4"), Due(With(RiskTrigger.OldOrObsoleteTransformer) with { Importance = Importance.Special }));
        Assert.Equal(36m, NextCheck.Of(With(RiskTrigger.TwoCleanChecksAndMonitored) with { Metering = MeteringSide.LowSide }, Cycles, Risks)!.Months);
    }

    [Fact]
    public void After_an_accident_one_cycle_is_halved()
    {
        var accident = Site() with { LastFullCheck = new DateOnly(2026, 3, 10), PreviousFullCheck = new DateOnly(2025, 6, 1), Triggers = new Dictionary<RiskTrigger, DateOnly> { [RiskTrigger.CustomerCausedAccident] = new(2026, 3, 1) } };

        Assert.Equal(6m, NextCheck.Of(accident, Cycles, Risks)!.Months);
        Assert.Equal(12m, NextCheck.Of(accident with { PreviousFullCheck = new DateOnly(2026, 3, 10), LastFullCheck = new DateOnly(2026, 9, 10) }, Cycles, Risks)!.Months);
    }

    [Fact]
    public void Becoming_more_important_never_moves_a_check_later_and_the_early_window_is_a_quarter_of_the_cycle()
    {
        Assert.Equal(new DateOnly(2026, 5, 1), NextCheck.Of(Site(), Cycles, Risks, new DateOnly(2026, 5, 1))!.Due);
        Assert.Equal(new DateOnly(2026, 5, 31), NextCheck.Of(Site(), Cycles, Risks)!.Earliest);
        var quarterly = NextCheck.Of(Site() with { Importance = Importance.First }, Cycles, Risks)!;
        Assert.Equal(22, quarterly.Due.DayNumber - quarterly.Earliest.DayNumber);
    }

    [Fact]
    public void Accidents_changes_of_use_and_floods_ask_for_checks_of_their_own()
    {
        var site = Site() with
        {
            South = true,
            Triggers = new Dictionary<RiskTrigger, DateOnly>
            {
                [RiskTrigger.CustomerCausedAccident] = new(2026, 9, 24), [RiskTrigger.UseChanged] = new(2026, 9, 1), [RiskTrigger.UndergroundInFloodZone] = new(2020, 1, 1),
            },
        };

        var extras = NextCheck.Extras(site, Risks, Shipped.China, new DateOnly(2026, 9, 25)).ToDictionary(e => e.Modifier, e => e.Due);

        Assert.Equal(new DateOnly(2026, 9, 30), extras["RM3"]);
        Assert.Equal(new DateOnly(2026, 10, 1), extras["RM6"]);
        Assert.Equal(new DateOnly(2027, 3, 31), extras["RM5"]);
        Assert.Single(NextCheck.Extras(site with { LastFullCheck = new DateOnly(2026, 9, 25) }, Risks, Shipped.China, new DateOnly(2026, 9, 26)));
    }

    [Fact]
    public void Preventive_tests_have_intervals_of_their_own()
    {
        DateOnly? Next(string code, string last, string commissioned, bool important = false) =>
            Tests.Tests[code].NextDue(DateOnly.Parse(last, null), DateOnly.Parse(commissioned, null), important);

        Assert.Equal(27, Tests.Tests.Count);
        Assert.Equal(new DateOnly(2027, 8, 28), Next("GLOVES_BOOTS", "2027-02-28", "2027-02-28"));
        Assert.Equal(new DateOnly(2029, 1, 5), Next("XLPE_CABLE", "2026-01-05", "2020-01-05"));
        Assert.Equal(new DateOnly(2027, 1, 5), Next("XLPE_CABLE", "2026-01-05", "2020-01-05", important: true));
        Assert.Equal(new DateOnly(2028, 1, 5), Next("BATTERY_DISCHARGE", "2026-01-05", "2024-01-05"));
        Assert.Equal(new DateOnly(2027, 1, 5), Next("BATTERY_DISCHARGE", "2026-01-05", "2020-01-05"));
        Assert.Null(Next("GENERATOR_NO_LOAD", "2026-01-05", "2020-01-05"));
    }

    [Fact]
    public void Bad_tables_are_refused_with_field_and_rule()
    {
        var problems = Assert.Throws<DocumentRefusedException>(() => CheckCycles.Parse("""
            { "version": 1, "inForce": "X", "rules": [
              { "set": "S", "rule": "1", "when": [{ "kv": 10 }], "conditionText": "x", "months": 0, "minInspectors": 2, "source": "s", "confidence": "C" },
              { "set": "S", "rule": "2", "when": [], "conditionText": "x", "minInspectors": 0, "source": "s", "confidence": "C" } ] }
            """)).Problems.Select(p => $"{p.Field} {p.Rule}").ToHashSet();

        Assert.Equal(new HashSet<string>
        {
            "inForce unknown-set", "rules[0].when[0].kv unknown-condition", "rules[0].months not-a-whole-number", "rules[1].when missing", "rules[1].minInspectors not-a-whole-number",
        }, problems);
    }

    private static CheckSite Site() => new("S1", "T1", "L1-001", Importance.Normal, 10, new DateOnly(2020, 1, 1), MeteringSide.HighSide, 630, LastFullCheck: new DateOnly(2025, 6, 30));

    private static CheckSite With(RiskTrigger trigger) => Site() with { Triggers = new Dictionary<RiskTrigger, DateOnly> { [trigger] = new(2025, 1, 1) } };

    private static (string Due, decimal Months, string Rules) Due(CheckSite site)
    {
        var next = NextCheck.Of(site, Cycles, Risks)!;
        return (next.Due.ToString("yyyy-MM-dd", null), next.Months, string.Join(' ', next.Rules));
    }
}
