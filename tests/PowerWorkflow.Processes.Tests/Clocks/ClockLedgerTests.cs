using PowerWorkflow.Processes.Calendars;
using PowerWorkflow.Processes.Clocks;
using Xunit;

namespace PowerWorkflow.Processes.Tests.Clocks;

public sealed class ClockLedgerTests
{
    private static readonly ClockRules Rules = new(Shipped.Calendars, PauseCodes.Parse(Shipped.Read("policies/pause-codes.json")));

    [Fact]
    public void A_stage_paused_and_resumed_is_due_as_the_domain_vector_says()
    {
        var ledger = Stage("PLAN_REPLY", "2026-11-02T09:00", 10)
            .Append(Pause("P01", "2026-11-05T10:00"), Rules)
            .Append(Resume("P01", "2026-11-12T15:00"), Rules);

        var reading = ledger.Read("PLAN_REPLY", At("2026-11-17T12:00"), Rules);

        Assert.Equal(new DateOnly(2026, 11, 24), reading.Due!.Value.Date);
        Assert.Equal((ClockStatus.Running, 5m, 5m), (reading.Status, reading.Used, reading.Remaining));
        Assert.Equal([true, false, true], reading.Intervals.Select(i => i.Running));
        Assert.Equal(["P01"], reading.Intervals[1].Codes);
    }

    [Fact]
    public void While_paused_the_clock_has_time_left_but_no_due_date()
    {
        var ledger = Stage("PLAN_REPLY", "2026-11-02T09:00", 10).Append(Pause("P01", "2026-11-05T10:00"), Rules);

        var reading = ledger.Read("PLAN_REPLY", At("2026-12-30T12:00"), Rules);

        Assert.Equal((ClockStatus.Paused, 2m, 8m, false), (reading.Status, reading.Used, reading.Remaining, reading.Late));
        Assert.Null(reading.Due);
        Assert.Equal(["P01"], ledger.OpenPauses(Rules));
        Assert.Equal(["P01"], Rules.Pauses.EndedBy("DOCS_RECEIVED", ledger.OpenPauses(Rules)));
    }

    [Fact]
    public void A_code_stops_the_clocks_of_its_table_row_and_no_others()
    {
        var ledger = Stage("PLAN_REPLY", "2026-11-02T09:00", 10)
            .Append(Start("WHOLE", ClockScope.Whole, "2026-11-02T09:00", 30), Rules)
            .Append(Start("DEFECT_FIX", ClockScope.Customer, "2026-11-02T09:00", 30), Rules)
            .Append(Pause("P07", "2026-11-05T10:00", "AUTHORITY_APPLICATION"), Rules)
            .Append(Pause("P09", "2026-11-06T10:00", "WARNING_ID"), Rules)
            .Append(Resume("P09", "2026-11-10T10:00"), Rules);

        Assert.Equal(ClockStatus.Paused, ledger.Read("PLAN_REPLY", At("2026-11-12T09:00"), Rules).Status);
        var whole = ledger.Read("WHOLE", At("2026-11-12T09:00"), Rules);
        Assert.Equal((ClockStatus.Running, 5m), (whole.Status, whole.Used));
        Assert.Equal(ClockStatus.Paused, ledger.Read("DEFECT_FIX", At("2026-11-07T09:00"), Rules).Status);
    }

    [Fact]
    public void A_policy_item_may_override_a_code_but_never_let_P07_stop_the_whole_process()
    {
        var terms = Terms(ClockScope.Whole, 30) with { PauseOverrides = new Dictionary<string, bool> { ["P05"] = true } };
        var ledger = ClockLedger.Empty.Append(new ClockFact.Started("WHOLE", "ACCEPTED", terms, At("2026-11-02T09:00"), "li", Receipt), Rules)
            .Append(Pause("P05", "2026-11-05T10:00"), Rules);

        Assert.Equal(ClockStatus.Paused, ledger.Read("WHOLE", At("2026-11-12T09:00"), Rules).Status);
        var forbidden = terms with { PauseOverrides = new Dictionary<string, bool> { ["P07"] = true } };
        Refused(ClockRule.MayNotStopWhole, () => ClockLedger.Empty.Append(new ClockFact.Started("WHOLE", "ACCEPTED", forbidden, At("2026-11-02T09:00"), "li", Receipt), Rules));
    }

    [Fact]
    public void The_supplier_total_runs_exactly_while_a_stage_runs()
    {
        var ledger = ClockLedger.Empty
            .Append(Start("SUPPLIER", ClockScope.SupplierTotal, "2026-11-02T09:00", 22), Rules)
            .Append(Start("PLAN_REPLY", ClockScope.SupplierStage, "2026-11-02T09:00", 10), Rules)
            .Append(Stop("PLAN_REPLY", "2026-11-05T10:00"), Rules)
            .Append(Pause("P02", "2026-11-05T10:00", "PLAN_DELIVERY"), Rules);
        Assert.Null(ledger.Read("SUPPLIER", At("2026-11-09T09:00"), Rules).Due);

        ledger = ledger.Append(Resume("P02", "2026-11-12T10:00"), Rules)
            .Append(Start("COMPLETION_CHECK#1", ClockScope.SupplierStage, "2026-11-12T10:00", 3), Rules)
            .Append(Start("METERING", ClockScope.SupplierStage, "2026-11-12T11:00", 5), Rules)
            .Append(Stop("COMPLETION_CHECK#1", "2026-11-16T10:00"), Rules);

        var total = ledger.Read("SUPPLIER", At("2026-11-17T09:00"), Rules);
        Assert.Equal([true, false, true], total.Intervals.Select(i => i.Running));
        // 3 and 4 November, then 13, 16 and 17: two stages at once count once.
        Assert.Equal(5m, total.Used);
        Assert.Equal(Rules.Calendars.Resolve("CN").AddWorkingDays(new DateOnly(2026, 11, 12), 20), total.Due!.Value.Date);
    }

    [Fact]
    public void Lateness_is_counted_in_working_days_and_an_average_limit_breaks_no_promise()
    {
        var terms = Terms(ClockScope.Whole, 5) with { Semantics = LimitSemantics.Avg };
        var ledger = ClockLedger.Empty.Append(new ClockFact.Started("WHOLE", "SUBMITTED", terms, At("2026-11-02T09:00"), "li", Receipt), Rules);

        var evening = ledger.Read("WHOLE", At("2026-11-09T18:00"), Rules);
        var later = ledger.Read("WHOLE", At("2026-11-12T09:00"), Rules);

        Assert.Equal((true, 0m), (evening.Late, evening.Overdue));
        Assert.Equal((true, 3m, false), (later.Late, later.Overdue, later.BreaksPromise));
    }

    [Fact]
    public void A_submission_after_hours_may_make_the_next_working_day_day_0()
    {
        var terms = Terms(ClockScope.SupplierStage, 1) with { AfterHours = AfterHours.NextWorkingDayIsDay0 };
        var ledger = ClockLedger.Empty.Append(new ClockFact.Started("ACCEPT", "SUBMITTED", terms, At("2026-11-20T20:00"), "web", Receipt), Rules);

        Assert.Equal(new DateOnly(2026, 11, 24), ledger.Read("ACCEPT", At("2026-11-20T20:00"), Rules).Due!.Value.Date);
    }

    [Fact]
    public void Limits_in_months_end_on_the_same_day_of_the_month()
    {
        var terms = Terms(ClockScope.Customer, 3) with { Kind = ClockKind.CD, Unit = LimitUnit.Month };
        var ledger = ClockLedger.Empty.Append(new ClockFact.Started("PLAN_VALIDITY", "PLAN_SIGNED", terms, At("2026-11-30T09:00"), "li", Receipt), Rules);

        Assert.Equal(new DateOnly(2027, 2, 28), ledger.Read("PLAN_VALIDITY", At("2026-12-01T09:00"), Rules).Due!.Value.Date);
    }

    [Fact]
    public void Facts_that_cannot_be_true_are_refused_by_rule()
    {
        var stage = Stage("PLAN_REPLY", "2026-11-02T09:00", 10);
        Refused(ClockRule.UnknownPauseCode, () => stage.Append(Pause("P99", "2026-11-05T10:00"), Rules));
        Refused(ClockRule.NoEvidence, () => stage.Append(new ClockFact.Paused("P01", At("2026-11-05T10:00"), "li", []), Rules));
        Refused(ClockRule.NoEvidence, () => stage.Append(Pause("P13", "2026-11-05T10:00", "ATTEMPT_RECORD"), Rules));
        Refused(ClockRule.PauseAfterLimit, () => stage.Append(Pause("P01", "2026-11-17T10:00"), Rules));
        Refused(ClockRule.NotPaused, () => stage.Append(Resume("P01", "2026-11-05T10:00"), Rules));
        Refused(ClockRule.ClockExists, () => stage.Append(Start("PLAN_REPLY", ClockScope.SupplierStage, "2026-11-03T09:00", 10), Rules));
        Refused(ClockRule.UnknownClock, () => stage.Append(Stop("OTHER", "2026-11-03T09:00"), Rules));
        Refused(ClockRule.StopBeforeStart, () => stage.Append(Stop("PLAN_REPLY", "2026-11-01T09:00"), Rules));
        Refused(ClockRule.NothingToPause, () => ClockLedger.Empty.Append(Pause("P01", "2026-11-05T10:00"), Rules));

        var paused = stage.Append(Pause("P01", "2026-11-05T10:00"), Rules);
        Refused(ClockRule.AlreadyPaused, () => paused.Append(Pause("P01", "2026-11-06T10:00"), Rules));
        Refused(ClockRule.ResumeBeforePause, () => paused.Append(Resume("P01", "2026-11-05T09:00"), Rules));
        Refused(ClockRule.ClockStopped, () => stage.Append(Stop("PLAN_REPLY", "2026-11-03T09:00"), Rules).Append(Stop("PLAN_REPLY", "2026-11-03T10:00"), Rules));
    }

    [Fact]
    public void The_third_pause_or_the_second_with_one_code_needs_a_manager_who_is_somebody_else()
    {
        var once = Stage("PLAN_REPLY", "2026-11-02T09:00", 10).Append(Pause("P01", "2026-11-03T10:00"), Rules).Append(Resume("P01", "2026-11-04T10:00"), Rules);
        Refused(ClockRule.NeedsApproval, () => once.Append(Pause("P01", "2026-11-05T10:00"), Rules));
        var twice = once.Append(Pause("P06", "2026-11-05T10:00"), Rules).Append(Resume("P06", "2026-11-06T10:00"), Rules);
        Refused(ClockRule.NeedsApproval, () => twice.Append(Pause("P08", "2026-11-09T10:00", "CALL_RECORDING"), Rules));
        Refused(ClockRule.SelfApproved, () => twice.Append(Pause("P08", "2026-11-09T10:00", "CALL_RECORDING") with { Approval = new PauseApproval("li", "R-MG") }, Rules));

        var agreed = twice.Append(Pause("P08", "2026-11-09T10:00", "CALL_RECORDING") with { Approval = new PauseApproval("wang", "R-MG") }, Rules);

        Assert.Equal(["P08"], agreed.OpenPauses(Rules));
    }

    [Fact]
    public void A_correction_is_added_counts_from_then_on_and_leaves_the_wrong_fact_in_place()
    {
        var ledger = Stage("PLAN_REPLY", "2026-11-02T09:00", 10).Append(Pause("P01", "2026-11-05T10:00"), Rules).Append(Resume("P01", "2026-11-12T10:00"), Rules);
        var correction = new ClockFact.Corrected(2, At("2026-11-11T10:00"), "upload was the day before", "wang", At("2026-11-13T10:00"), "li", Receipt);

        var corrected = ledger.Append(correction, Rules);

        Assert.Equal(new DateOnly(2026, 11, 23), corrected.Read("PLAN_REPLY", At("2026-11-13T12:00"), Rules).Due!.Value.Date);
        Assert.Equal(4, corrected.Facts.Count);
        Assert.Equal(At("2026-11-12T10:00"), corrected.Facts[2].At);
        Refused(ClockRule.SelfApproved, () => ledger.Append(correction with { ApprovedBy = "li" }, Rules));
        Refused(ClockRule.NoReason, () => ledger.Append(correction with { Reason = " " }, Rules));
        Refused(ClockRule.UnknownFact, () => ledger.Append(correction with { Of = 9 }, Rules));
        Refused(ClockRule.ResumeBeforePause, () => ledger.Append(correction with { NewAt = At("2026-11-04T10:00") }, Rules));
    }

    [Fact]
    public void A_voided_pause_never_happened()
    {
        var ledger = Stage("PLAN_REPLY", "2026-11-02T09:00", 10).Append(Pause("P01", "2026-11-05T10:00"), Rules)
            .Append(new ClockFact.Corrected(1, null, "wrong case", "wang", At("2026-11-06T10:00"), "li", Receipt), Rules);

        Assert.Equal(new DateOnly(2026, 11, 16), ledger.Read("PLAN_REPLY", At("2026-11-06T12:00"), Rules).Due!.Value.Date);
    }

    [Fact]
    public void Loading_the_missing_notice_recomputes_running_clocks_and_leaves_stopped_ones()
    {
        var notice = Shipped.Read("calendars/CN.json").Replace("\"version\": 1", "\"version\": 2", StringComparison.Ordinal)
            .Replace("\"paper\": null", "\"paper\": \"test notice\"", StringComparison.Ordinal)
            .Replace("\"2027-02-05\"", "\"2027-01-04\"", StringComparison.Ordinal);
        var rules = Rules with { Calendars = Rules.Calendars.With(CalendarDocument.Parse(notice)) };
        var ledger = ClockLedger.Empty.Append(Start("WHOLE", ClockScope.Whole, "2026-11-20T09:00", 32), rules)
            .Append(Start("ACCEPT", ClockScope.SupplierStage, "2026-11-20T09:00", 1), rules).Append(Stop("ACCEPT", "2026-11-20T10:00"), rules);

        var change = Assert.Single(ledger.Recalendar("CN@2", At("2026-12-01T09:00"), "system", rules));

        Assert.Equal((new DateOnly(2027, 1, 6), true), (change.Before!.Value.Date!.Value, change.Before.Value.Provisional));
        Assert.Equal((new DateOnly(2027, 1, 7), false), (change.After!.Value.Date!.Value, change.After.Value.Provisional));
        var recomputed = ledger.Append(change.Fact, rules);
        Assert.Equal(["CN@2", "CN@1"], recomputed.ReadAll(At("2026-12-01T09:00"), rules).Select(r => r.Terms.Calendar));
    }

    [Fact]
    public void A_ledger_survives_json()
    {
        var ledger = Stage("PLAN_REPLY", "2026-11-02T09:00", 10).Append(Pause("P01", "2026-11-05T10:00"), Rules)
            .Append(Resume("P01", "2026-11-12T10:00"), Rules)
            .Append(new ClockFact.Corrected(2, At("2026-11-11T10:00"), "r", "wang", At("2026-11-13T10:00"), "li", Receipt), Rules);

        var back = ClockLedger.Parse(ledger.ToJson());

        Assert.Equal(ledger.ToJson(), back.ToJson());
        Assert.Equal(ledger.Read("PLAN_REPLY", At("2026-11-13T12:00"), Rules).Due, back.Read("PLAN_REPLY", At("2026-11-13T12:00"), Rules).Due);
    }

    [Fact]
    public void The_explanation_names_limit_facts_evidence_and_days()
    {
        var ledger = Stage("PLAN_REPLY", "2026-11-02T09:00", 10).Append(Pause("P01", "2026-11-05T10:00"), Rules).Append(Resume("P01", "2026-11-12T10:00"), Rules);

        var lines = ledger.Explain("PLAN_REPLY", At("2026-11-13T12:00"), Rules).Select(l => l.Text).ToList();

        Assert.Equal("时钟 PLAN_REPLY：时限 10 个工作日；依据 TEST@1/PLAN_REPLY", lines[0].Zh);
        Assert.Equal("#1 2026-11-05 10:00:00 paused with P01, Waiting for the customer's missing documents (by li; evidence: NOTICE_RECEIPT doc-1)", lines[2].En);
        Assert.Equal("Due 2026-11-24 17:30; calendar CN@1, Asia/Shanghai", lines[^1].En);
    }

    private static IReadOnlyList<Evidence> Receipt => [new("NOTICE_RECEIPT", "doc-1")];

    private static ClockLedger Stage(string clock, string at, int limit) => ClockLedger.Empty.Append(Start(clock, ClockScope.SupplierStage, at, limit), Rules);

    private static ClockFact.Started Start(string clock, ClockScope scope, string at, int limit) =>
        new ClockFact.Started(clock, "ACCEPTED", Terms(scope, limit), At(at), "li", Receipt);

    private static ClockTerms Terms(ClockScope scope, int limit) => new(scope, ClockKind.WD, limit, LimitUnit.Day, "CN@1", Policy: "TEST@1/PLAN_REPLY");

    private static ClockFact.Stopped Stop(string clock, string at) => new ClockFact.Stopped(clock, "DELIVERED", At(at), "li", Receipt);

    private static ClockFact.Paused Pause(string code, string at, string evidence = "NOTICE_RECEIPT") => new(code, At(at), "li", [new Evidence(evidence, "doc-1")]);

    private static ClockFact.Resumed Resume(string code, string at) => new ClockFact.Resumed(code, At(at), "system", Receipt);

    private static DateTimeOffset At(string local) => DateTimeOffset.Parse(local + "+08:00", null);

    private static void Refused(string rule, Action act) => Assert.Equal(rule, Assert.Throws<ClockFactException>(act).Rule);
}
