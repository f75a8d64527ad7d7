using PowerWorkflow.Processes.Calendars;
using PowerWorkflow.Processes.Documents;
using Xunit;

namespace PowerWorkflow.Processes.Tests.Calendars;

public sealed class CalendarTests
{
    [Fact]
    public void Both_years_with_a_notice_have_248_working_days()
    {
        Assert.Equal(248, Shipped.China.CountWorkingDays(new DateOnly(2024, 12, 31), new DateOnly(2025, 12, 31)));
        Assert.Equal(248, Shipped.China.CountWorkingDays(new DateOnly(2025, 12, 31), new DateOnly(2026, 12, 31)));
    }

    [Theory]
    [InlineData("2026-02-14", DayKind.MakeUp, "春节", true)]
    [InlineData("2026-02-16", DayKind.Holiday, "春节", true)]
    [InlineData("2026-11-21", DayKind.Weekend, null, true)]
    [InlineData("2026-11-23", DayKind.Working, null, true)]
    [InlineData("2027-02-05", DayKind.Holiday, "春节", false)]
    [InlineData("2028-10-02", DayKind.Holiday, "国庆节", false)]
    [InlineData("2028-10-04", DayKind.Working, null, false)]
    public void A_day_says_what_it_is_and_whether_its_year_is_settled(string date, DayKind kind, string? name, bool hasNotice)
    {
        Assert.Equal(new DayFacts(kind, name, hasNotice), Shipped.China.Day(DateOnly.Parse(date, null)));
    }

    [Fact]
    public void A_region_adds_its_own_days_and_hours_and_inherits_the_rest()
    {
        var set = Shipped.Calendars.With(CalendarDocument.Parse("""
            { "code": "CN-GX", "version": 1, "parent": "CN", "name": { "zh-CN": "广西", "en": "Guangxi" },
              "businessHours": { "source": "test", "confidence": "D", "workingDay": [{ "from": "09:00", "to": "17:00" }], "offDay": [{ "from": "10:00", "to": "12:00" }] },
              "years": [{ "year": 2026, "days": [{ "date": "2026-04-20", "name": "三月三", "isOffDay": true }] }] }
            """));

        var guangxi = set.Resolve("CN-GX");

        Assert.False(guangxi.IsWorkingDay(new DateOnly(2026, 4, 20)));
        Assert.False(guangxi.IsWorkingDay(new DateOnly(2026, 10, 1)));
        Assert.True(Shipped.China.IsWorkingDay(new DateOnly(2026, 4, 20)));
        Assert.Equal("CN-GX@1/CN@1", guangxi.Pin);
        Assert.Equal(TimeSpan.FromHours(2), guangxi.Opening!.Between(guangxi.StartOf(new DateOnly(2026, 4, 20)), guangxi.StartOf(new DateOnly(2026, 4, 21))));
    }

    [Fact]
    public void A_pin_gives_the_old_calendar_after_a_newer_version_is_loaded()
    {
        var before = Shipped.Calendars.Resolve("CN").Pin;
        var notice2027 = Shipped.Read("calendars/CN.json")
            .Replace("\"version\": 1", "\"version\": 2", StringComparison.Ordinal)
            .Replace("\"paper\": null", "\"paper\": \"test notice\"", StringComparison.Ordinal);
        var later = Shipped.Calendars.With(CalendarDocument.Parse(notice2027));

        Assert.True(later.Resolve("CN").Day(new DateOnly(2027, 3, 1)).HasNotice);
        Assert.False(later.Resolve(before).Day(new DateOnly(2027, 3, 1)).HasNotice);
    }

    [Fact]
    public void A_version_is_never_replaced()
    {
        var e = Assert.Throws<CalendarException>(() => Shipped.Calendars.With(Shipped.Calendars.Documents.First(d => d.Code == "CN")));

        Assert.Contains("load version 2", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_calendar_names_those_that_are_loaded()
    {
        Assert.Contains("CN", Assert.Throws<CalendarException>(() => Shipped.Calendars.Resolve("XX")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_problem_of_a_bad_notice_is_reported_with_field_and_rule()
    {
        var bad = """
            { "code": "cn", "version": 0, "name": { "zh-CN": "坏" }, "zone": "Asia/Nowhere", "weekend": ["Saturday", "Caturday"],
              "fixedHolidays": [{ "day": "13-01", "name": "x" }, { "day": "10-01", "name": "国庆节" }],
              "businessHours": { "workingDay": [{ "from": "17:00", "to": "9:00" }, { "from": "17:00", "to": "08:00" }] },
              "years": [
                { "year": 2026, "paper": "p", "workingDays": 1, "days": [
                  { "date": "2025-10-01", "isOffDay": true }, { "date": "2026-10-05", "isOffDay": true }, { "date": "2026-10-07", "isOffDay": true },
                  { "date": "2026-10-07", "isOffDay": true }, { "date": "2026-10-12", "isOffDay": false }, { "date": "soon", "isOffDay": 1 } ] },
                { "year": 2028, "days": [] }, { "year": 2028, "days": [] } ] }
            """;

        var problems = Assert.Throws<DocumentRefusedException>(() => CalendarDocument.Parse(bad)).Problems
            .Select(p => $"{p.Field} {p.Rule}").ToHashSet();

        Assert.Superset(new HashSet<string>
        {
            "code bad-code", "version not-a-whole-number", "name.en missing", "zone unknown-zone", "weekend[1] unknown-value", "fixedHolidays[0].day not-a-day",
            "businessHours.workingDay[0].to not-a-time", "businessHours.workingDay[1] bad-hours", "years year-gap", "years[2].year duplicate",
            "years[0].days[0].date day-outside-year", "years[0].days[3].date duplicate", "years[0].days[4] make-up-on-weekday", "years[0].days[5].date not-a-date",
            "years[0].days[5].isOffDay not-a-flag", "years[0].days statutory-missing", "years[0].days gap", "years[0].workingDays control-sum",
        }, problems);
    }

    [Fact]
    public void Text_that_is_not_json_is_one_problem_with_its_position()
    {
        var problem = Assert.Single(Assert.Throws<DocumentRefusedException>(() => CalendarDocument.Parse("{ \"code\": ")).Problems);

        Assert.Equal("not-json", problem.Rule);
    }

    [Fact]
    public void Opening_time_over_a_change_of_the_clocks_is_real_time()
    {
        var set = Shipped.Calendars.With(CalendarDocument.Parse("""
            { "code": "DST", "version": 1, "parent": "CN", "zone": "Europe/Berlin", "name": { "zh-CN": "夏令时", "en": "Summer time" },
              "businessHours": { "workingDay": [{ "from": "00:00", "to": "24:00" }], "offDay": [{ "from": "00:00", "to": "24:00" }] } }
            """));
        var berlin = set.Resolve("DST");

        Assert.Equal(TimeSpan.FromHours(23), berlin.Opening!.Between(berlin.StartOf(new DateOnly(2026, 3, 29)), berlin.StartOf(new DateOnly(2026, 3, 30))));
        Assert.Equal(TimeSpan.FromHours(25), berlin.Opening.Between(berlin.StartOf(new DateOnly(2026, 10, 25)), berlin.StartOf(new DateOnly(2026, 10, 26))));
    }
}
