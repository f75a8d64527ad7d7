using PowerWorkflow.Processes.Clocks;
using PowerWorkflow.Processes.Documents;
using PowerWorkflow.Processes.Policies;
using Xunit;

namespace PowerWorkflow.Processes.Tests.Policies;

public sealed class PolicyTests
{
    private static readonly DateOnly Today = new(2026, 11, 21);
    private static readonly CaseClasses Classes = CaseClasses.Parse(Shipped.Read("policies/classes.json"));
    private static readonly PolicyBook Book = PolicyBook.Of(
        Directory.GetFiles(Path.Combine(Shipped.Folder, "policies", "sets"), "*.json").Select(f => PolicySet.Parse(File.ReadAllText(f), f)),
        PolicyAssignments.Parse(Shipped.Read("policies/assignments.json")));

    [Fact]
    public void Every_source_of_the_domain_is_loaded_as_typed_rows()
    {
        Assert.Equal(27, Book.Sets.Count());
        Assert.Equal(236, Book.Sets.Sum(s => s.Rows.Count));
        // Nothing was filled in: a row whose source gave no figure has none.
        Assert.Contains(PolicyFlag.NoLimit, Flags("PRODUCT-DEFAULT", "GRID_WORK/ALL"));
        Assert.Contains(PolicyFlag.UnknownClass, Flags("SR-2024", "*/*"));
        Assert.Contains(PolicyFlag.NoRegion, Flags("PROV-X", "COMPLAINT_REPLY/ALL"));
        Assert.Contains(PolicyFlag.ToBeConfirmed, Flags("PRODUCT-DEFAULT", "COMPLETION_CHECK/HV"));
        Assert.DoesNotContain(PolicyFlag.ToBeConfirmed, Flags("SGCC-2022", "SUPPLIER_TOTAL/HV-SINGLE"));
    }

    [Theory]
    [InlineData("PLAN_REPLY", "HV-SINGLE", 10, "PRODUCT-DEFAULT")]
    [InlineData("PLAN_REPLY", "HV-DUAL", 20, "PRODUCT-DEFAULT")]
    [InlineData("WHOLE_PROCESS", "LV-RES", 5, "PRODUCT-DEFAULT")]
    [InlineData("SUPPLIER_TOTAL", "HV-DUAL", 32, "PRODUCT-DEFAULT")]
    [InlineData("METER_CONNECT", "LV-RES", 3, "SR-2009")]
    [InlineData("ADMIN_APPROVAL", "LV-RES", 5, "NDRC-1479")]
    [InlineData("SURVEY", "HV-SINGLE", 3, "STEP-DEFAULT")]
    public void The_company_s_own_figure_applies_and_the_law_s_where_it_has_none(string item, string code, int limit, string set)
    {
        var effective = Book.InForce(["360102", "3601", "36"], Today).Resolve(item, Classes[code])!;

        Assert.Equal((limit, set), (effective.Row.Limit, effective.Set.Set));
    }

    [Fact]
    public void A_region_s_own_figure_comes_before_the_company_s()
    {
        var heilongjiang = Book.InForce(["2301", "23"], Today).Resolve("PLAN_REPLY", Classes["HV-SINGLE"])!;

        Assert.Equal((6, "SGCC-HLJ@1/PLAN_REPLY/HV-SINGLE"), (heilongjiang.Row.Limit, heilongjiang.Reference));
    }

    [Fact]
    public void A_regional_law_applies_to_the_rings_it_names_and_never_makes_a_stricter_promise_weaker()
    {
        var shanghai = Book.InForce(["31"], Today);

        Assert.Equal(60, shanghai.Resolve("FAULT_ARRIVE", CaseClass.Unknown.With("area", "INNER_RING"))!.Row.Limit);
        Assert.Equal(45, shanghai.Resolve("FAULT_ARRIVE", CaseClass.Unknown.With("area", "URBAN"))!.Row.Limit);
    }

    [Fact]
    public void A_company_figure_weaker_than_the_law_gives_way_to_it()
    {
        var effective = Book.InForce(["3413"], Today).Resolve("PLAN_REPLY", Classes["HV-SINGLE"])!;

        Assert.Equal((10, "BR-2024", true), (effective.Row.Limit, effective.Set.Set, effective.LawPrevails));
    }

    [Fact]
    public void The_most_specific_row_wins_and_dates_decide()
    {
        var sanling = Classes["LV-OTHER"].With("sanling", "YES");
        Assert.Equal(15, Book.InForce([], Today).Resolve("WHOLE_PROCESS", sanling.With("externalLine", "YES"))!.Row.Limit);
        var onlyLaw = Book.With(Book.Assignments with { Assignments = [new PolicyAssignment(PolicyLevel.National, null, ["NDRC-1479"])] });
        Assert.Equal([25, 20, 15], new[] { 2021, 2022, 2023 }.Select(y => onlyLaw.InForce([], new DateOnly(y, 6, 1)).Resolve("WHOLE_PROCESS", sanling)!.Row.Limit!.Value));
    }

    [Fact]
    public void A_pin_gives_the_same_limits_after_a_newer_version_is_loaded()
    {
        var before = Book.InForce(["36"], Today);
        var stricter = PolicySet.Parse(Shipped.Read("policies/sets/PRODUCT-DEFAULT.json")
            .Replace("\"version\": 1", "\"version\": 2", StringComparison.Ordinal)
            .Replace("\"limit\": 10,", "\"limit\": 8,", StringComparison.Ordinal));
        var later = Book.With(stricter);

        Assert.Equal(8, later.InForce(["36"], Today).Resolve("PLAN_REPLY", Classes["HV-SINGLE"])!.Row.Limit);
        Assert.Equal(10, later.Pinned(before.Pin).Resolve("PLAN_REPLY", Classes["HV-SINGLE"])!.Row.Limit);
        Assert.Contains("version 3", Assert.Throws<PolicyException>(() => later.With(stricter)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_resolved_limit_gives_the_terms_of_its_clock_with_an_internal_control_limit()
    {
        var effective = Book.InForce(["36"], Today).Resolve("ACCEPT", Classes["LV-RES"])!;
        Assert.Equal(new ClockTerms(ClockScope.SupplierStage, ClockKind.WD, 1, LimitUnit.Day, "CN@1", AfterHours: AfterHours.NextWorkingDayIsDay0,
            Policy: "PRODUCT-DEFAULT@1/ACCEPT/ALL"), effective.Terms(ClockScope.SupplierStage, "CN@1"));
        Assert.Equal(1, effective.InternalLimit);
        Assert.Equal(8, Book.InForce(["36"], Today).Resolve("PLAN_REPLY", Classes["HV-SINGLE"])!.InternalLimit);
    }

    [Fact]
    public void A_limit_without_a_figure_measures_and_has_no_due_date()
    {
        var rules = new ClockRules(Shipped.Calendars, PauseCodes.Parse(Shipped.Read("policies/pause-codes.json")));
        var terms = Book.InForce(["36"], Today).Resolve("GRID_WORK", Classes["LV-RES"])!.Terms(ClockScope.Internal, "CN@1");
        var at = DateTimeOffset.Parse("2026-11-02T09:00:00+08:00", null);
        var ledger = ClockLedger.Empty.Append(new ClockFact.Started("GRID_WORK", "GRID_ORDERED", terms, at, "li", [new Evidence(Evidence.Unclassified, "order")]), rules);

        var reading = ledger.Read("GRID_WORK", at.AddDays(30), rules);

        Assert.Equal((22m, null, false), (reading.Used, reading.Remaining, reading.Late));
        Assert.Null(reading.Due);
        Assert.Contains(ledger.Explain("GRID_WORK", at.AddDays(30), rules), l => l.Text.Zh == "已用 22 个工作日，无到期时间");
    }

    [Fact]
    public void A_set_with_a_missing_figure_or_one_weaker_than_the_law_is_not_published()
    {
        var laws = Book.InForce(["36"], Today);
        Assert.Equal(["no-limit"], PolicyPublishing.Check(Book.Newest("PRODUCT-DEFAULT")!, laws).Select(p => p.Rule));
        Assert.Empty(PolicyPublishing.Check(Book.Newest("STEP-DEFAULT")!, laws));
        Assert.Equal(["beyond-law", "beyond-law"], PolicyPublishing.Check(Book.Newest("AH-SZ")!, laws).Select(p => p.Rule));
        Assert.Contains(PolicyPublishing.Check(Book.Newest("PROV-X")!, laws), p => p.Rule == "no-region");
    }

    [Fact]
    public void A_bad_set_is_refused_with_every_field_and_rule()
    {
        const string Bad = """
            { "set": "T", "version": 1, "title": "t", "level": "City", "authority": "Company", "effectiveFrom": "2026-05-01", "effectiveTo": "2026-04-01",
              "rows": [
                { "id": "A", "item": "PLAN_REPLY", "when": [{ "voltage": ["XV"], "colour": ["RED"] }], "classText": "x", "limit": -1, "unit": "Day", "clock": "WD", "semantics": "Max" },
                { "id": "B", "item": "ACCEPT", "when": [{ "voltage": ["LV"] }], "classText": "x", "limit": 1, "unit": "Hour", "clock": "WD", "semantics": "Max", "effectiveTo": "2026-06-30" },
                { "id": "B", "item": "ACCEPT", "when": [{ "voltage": ["HV"] }], "classText": "x", "limit": 1, "unit": "Day", "clock": "WD", "semantics": "Most" },
                { "id": "C", "item": "ACCEPT", "when": [{ "voltage": ["LV", "HV"] }], "classText": "x", "limit": 2, "unit": "Day", "clock": "WD", "semantics": "Max", "effectiveFrom": "2026-06-30" } ] }
            """;

        var problems = Assert.Throws<DocumentRefusedException>(() => PolicySet.Parse(Bad)).Problems.Select(p => $"{p.Field} {p.Rule}").ToHashSet();

        Assert.Equal(new HashSet<string>
        {
            "level unknown-value", "effectiveTo dates-reversed", "rows[0].when[0].voltage[0] unknown-value", "rows[0].when[0].colour unknown-facet", "rows[0].limit not-a-whole-number",
            "rows[1].unit unit-of-kind", "rows[2].id duplicate", "rows[2].semantics unknown-value", "rows[3].effectiveFrom overlapping-dates",
        }, problems);
    }

    private static IEnumerable<PolicyFlag> Flags(string set, string row)
    {
        var found = Book.Newest(set)!;
        return found.FlagsOf(found.Rows.Single(r => r.Id == row));
    }
}
