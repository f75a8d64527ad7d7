using PowerWorkflow.Processes.Clocks;
using PowerWorkflow.Processes.Documents;
using Xunit;

namespace PowerWorkflow.Processes.Tests.Clocks;

public sealed class PauseCapTests
{
    private static readonly PauseCodes Codes = PauseCodes.Parse(Shipped.Read("policies/pause-codes.json"));
    private static readonly DateTimeOffset From = DateTimeOffset.Parse("2026-11-02T10:00:00+08:00", null);

    [Fact]
    public void Missing_documents_lapse_the_case_after_ten_working_days_and_archive_it_after_thirty()
    {
        Assert.Equal([("CaseLapses", "2026-11-16"), ("CaseArchived", "2026-12-14")], Times("P01"));
    }

    [Fact]
    public void Rectification_is_reminded_at_shares_of_its_own_limit()
    {
        Assert.Equal([("Remind", "2026-11-17"), ("Remind", "2026-11-26")], Times("P05"));
    }

    [Fact]
    public void Construction_is_reminded_every_thirty_days_until_the_plan_lapses()
    {
        var times = Times("P04");

        Assert.Equal(("Remind", "2026-12-02"), times[0]);
        Assert.Contains(("PlanLapses", "2027-11-02"), times);
        Assert.Equal(13, times.Count);
    }

    [Fact]
    public void A_cap_whose_policy_has_no_figure_asks_for_nothing()
    {
        Assert.Empty(PauseCaps.Of(Codes.Codes["P02"], From, Shipped.China, _ => null));
    }

    [Fact]
    public void Bad_pause_codes_are_refused_with_field_and_rule()
    {
        var problems = Assert.Throws<DocumentRefusedException>(() => PauseCodes.Parse("""
            { "version": 1, "approval": { "role": "R-MG", "fromPause": 3, "fromSameCode": 2 }, "neverStopsWhole": ["P07"], "codes": [
              { "code": "P07", "name": { "zh-CN": "x", "en": "x" }, "stops": ["Whole"], "evidence": [], "caps": [{ "then": "X" }], "confidence": "B" },
              { "code": "P07", "name": { "zh-CN": "x" }, "stops": ["Boss"], "evidence": [{ "kinds": ["A"], "least": 0 }], "confidence": "B" } ] }
            """)).Problems.Select(p => $"{p.Field} {p.Rule}").ToHashSet();

        Assert.Equal(new HashSet<string>
        {
            "codes[0].stops never-stops-whole", "codes[0].evidence no-evidence", "codes[0].caps[0] limit-or-item", "codes[1].code duplicate", "codes[1].name.en missing",
            "codes[1].stops[0] unknown-value", "codes[1].stops stops-nothing", "codes[1].evidence[0].least not-a-whole-number",
        }, problems);
    }

    private static List<(string, string)> Times(string code) => PauseCaps.Of(Codes.Codes[code], From, Shipped.China, item => item switch
    {
        "DEFECT_FIX" => new CapLimit(30, ClockKind.CD, LimitUnit.Day),
        "PLAN_VALIDITY" => new CapLimit(1, ClockKind.CD, LimitUnit.Year),
        _ => null,
    }).Select(t => (t.Then, Shipped.China.LocalAt(t.At).ToString("yyyy-MM-dd", null))).ToList();
}
