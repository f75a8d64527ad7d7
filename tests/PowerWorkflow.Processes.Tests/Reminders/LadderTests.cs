using PowerWorkflow.Processes.Clocks;
using PowerWorkflow.Processes.Documents;
using PowerWorkflow.Processes.Reminders;
using Xunit;

namespace PowerWorkflow.Processes.Tests.Reminders;

public sealed class LadderTests
{
    private static readonly ClockRules Rules = new(Shipped.Calendars, PauseCodes.Parse(Shipped.Read("policies/pause-codes.json")));
    private static readonly Ladders All = Ladders.Parse(Shipped.Read("ladders.json"));
    private static readonly IReadOnlyList<Evidence> Receipt = [new(Evidence.Unclassified, "doc-1")];

    [Fact]
    public void The_ladder_of_ten_working_days_lies_in_business_time()
    {
        Assert.Equal(
        [
            ("PLAN_REPLY/WD/50", "2026-11-09 17:30"),
            ("PLAN_REPLY/WD/80", "2026-11-12 17:30"),
            ("PLAN_REPLY/WD/due-day", "2026-11-16 09:00"),
            ("PLAN_REPLY/WD/overdue", "2026-11-16 17:30"),
            ("PLAN_REPLY/WD/overdue-3", "2026-11-19 08:30"),
        ], Times("WD", Clock(ClockKind.WD, 10, LimitUnit.Day, "2026-11-02T09:00")));
    }

    [Fact]
    public void Half_of_five_days_is_the_middle_of_the_third_day()
    {
        Assert.Equal("2026-11-05 13:00", Times("WD", Clock(ClockKind.WD, 5, LimitUnit.Day, "2026-11-02T09:00"))[0].At);
    }

    [Fact]
    public void A_pause_holds_back_the_rungs_not_reached_and_moves_them_when_it_ends()
    {
        var ledger = Clock(ClockKind.WD, 10, LimitUnit.Day, "2026-11-02T09:00").Append(new ClockFact.Paused("P01", Local("2026-11-10T10:00"), "li", Receipt), Rules);
        Assert.Equal(["2026-11-09 17:30", null, null, null, null], Times("WD", ledger, "2026-11-11T09:00").Select(t => t.At));

        var resumed = ledger.Append(new ClockFact.Resumed("P01", Local("2026-11-16T10:00"), "li", Receipt), Rules);

        Assert.Equal(["2026-11-09 17:30", "2026-11-19 17:30", "2026-11-23 09:00", "2026-11-23 17:30", "2026-11-26 08:30"], Times("WD", resumed, "2026-11-17T09:00").Select(t => t.At));
        Assert.Equal(Times("WD", ledger).Select(t => t.Key), Times("WD", resumed).Select(t => t.Key));
    }

    [Fact]
    public void Minutes_are_urgent_and_sent_at_night()
    {
        Assert.Equal(["2026-11-02 23:23", "2026-11-02 23:36", "2026-11-02 23:45", "2026-11-03 00:00", "2026-11-03 00:15"],
            Times("MIN24", Clock(ClockKind.MIN24, 45, LimitUnit.Minute, "2026-11-02T23:00"), "2026-11-02T23:01").Select(t => t.At));
    }

    [Fact]
    public void Quiet_hours_move_what_can_wait_but_never_past_the_limit()
    {
        // Half is at 01:00 and waits until 08:00.
        Assert.Equal("2026-11-03 08:00", Times("H24", Clock(ClockKind.H24, 24, LimitUnit.Hour, "2026-11-02T13:00"))[0].At);
        // 80 % falls into the night: 08:00 does when the limit ends at 10:00, the evening before when it ends at 07:30.
        Assert.Equal("2026-11-03 08:00", Times("H24", Clock(ClockKind.H24, 24, LimitUnit.Hour, "2026-11-02T10:00"))[1].At);
        Assert.Equal("2026-11-02 21:00", Times("H24", Clock(ClockKind.H24, 24, LimitUnit.Hour, "2026-11-02T07:30"), "2026-11-02T07:31")[1].At);
    }

    [Fact]
    public void While_the_assignee_is_away_the_ladder_starts_one_rung_higher_with_the_deputy()
    {
        var ladder = All.ByCode["WD"];

        Assert.Equal([new Recipient(RecipientKind.Assignee)], ladder.Recipients(0, assigneeAway: false));
        Assert.Equal([new Recipient(RecipientKind.Deputy), new Recipient(RecipientKind.Role, "R-FL")], ladder.Recipients(0, assigneeAway: true));
    }

    [Fact]
    public void Rungs_before_the_limit_count_in_the_clock_s_own_way()
    {
        var before = Ladders.Parse("""
            { "version": 1, "ladders": [{ "code": "B", "name": { "zh-CN": "前", "en": "before" }, "kinds": ["WD", "CD"], "rungs": [
              { "key": "3", "at": { "before": 3, "unit": "WorkingDays" }, "to": [{ "kind": "Assignee" }] },
              { "key": "1h", "at": { "before": 1, "unit": "Hours" }, "to": [{ "kind": "Assignee" }] } ] }] }
            """).ByCode["B"];
        IEnumerable<string> At(int limit) => RungTimes.Of(before, Read(Clock(ClockKind.WD, limit, LimitUnit.Day, "2026-11-02T09:00"), "2026-11-02T09:01"), Shipped.China, null)
            .Select(t => Shipped.China.LocalAt(t.At!.Value).ToString("yyyy-MM-dd HH:mm", null));

        Assert.Equal(["2026-11-11 08:30", "2026-11-16 16:30"], At(10));
        Assert.Equal(["2026-11-04 16:30"], At(2));
    }

    [Fact]
    public void A_ladder_after_the_stop_or_of_another_kind_is_refused()
    {
        var stopped = Clock(ClockKind.WD, 5, LimitUnit.Day, "2026-11-02T09:00").Append(new ClockFact.Stopped("PLAN_REPLY", "DELIVERED", Local("2026-11-03T09:00"), "li", Receipt), Rules);

        Assert.Equal("ladder-after-stop", Assert.Throws<LadderException>(() => Times("WD", stopped, "2026-11-04T09:00")).Rule);
        Assert.Equal("ladder-of-other-kind", Assert.Throws<LadderException>(() => Times("H24", Clock(ClockKind.WD, 5, LimitUnit.Day, "2026-11-02T09:00"))).Rule);
    }

    [Fact]
    public void A_bad_ladder_is_refused_with_every_field_and_rule()
    {
        var problems = Assert.Throws<DocumentRefusedException>(() => Ladders.Parse("""
            { "version": 1, "quietHours": { "from": "21h", "to": "08:00" }, "ladders": [{ "code": "X", "name": { "zh-CN": "x", "en": "x" }, "kinds": ["WD", "XX"], "rungs": [
              { "key": "a", "at": { "share": 0.8 }, "to": [{ "kind": "Assignee" }] },
              { "key": "a", "at": { "share": 0.5 }, "to": [{ "kind": "Role" }] },
              { "key": "c", "at": { "share": 2 }, "to": [], "channels": ["Pigeon"] },
              { "key": "d", "at": { "share": 1, "after": 1 }, "to": [{ "kind": "Boss" }] },
              { "key": "e", "at": { "after": 1, "unit": "Years" }, "to": [{ "kind": "Assignee" }] } ] }] }
            """)).Problems.Select(p => $"{p.Field} {p.Rule}").ToHashSet();

        Assert.Equal(new HashSet<string>
        {
            "quietHours.from not-a-time", "ladders[0].kinds[1] unknown-value", "ladders[0].rungs[1].key duplicate", "ladders[0].rungs[1].at out-of-order",
            "ladders[0].rungs[1].to[0].code missing", "ladders[0].rungs[2].at.share not-a-share", "ladders[0].rungs[2].to nobody", "ladders[0].rungs[2].channels[0] unknown-value",
            "ladders[0].rungs[3].at one-place", "ladders[0].rungs[3].to[0].kind unknown-value", "ladders[0].rungs[4].at.unit unknown-value",
        }, problems);
    }

    private static ClockLedger Clock(ClockKind kind, int limit, LimitUnit unit, string at) => ClockLedger.Empty.Append(
        new ClockFact.Started("PLAN_REPLY", "ACCEPTED", new ClockTerms(ClockScope.SupplierStage, kind, limit, unit, "CN@1"), Local(at), "li", Receipt), Rules);

    private static ClockReading Read(ClockLedger ledger, string at) => ledger.Read("PLAN_REPLY", Local(at), Rules);

    private static List<(string Key, string? At)> Times(string ladder, ClockLedger ledger, string at = "2026-11-02T14:00") =>
        RungTimes.Of(All.ByCode[ladder], Read(ledger, at), Shipped.China, All.Quiet)
            .Select(t => (t.Key, t.At is { } time ? Shipped.China.LocalAt(time).ToString("yyyy-MM-dd HH:mm", null) : null)).ToList();

    private static DateTimeOffset Local(string at) => DateTimeOffset.Parse(at + ":00+08:00", null);
}
