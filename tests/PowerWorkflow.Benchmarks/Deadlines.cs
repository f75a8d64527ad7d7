using System.Diagnostics;
using PowerWorkflow.Processes.Calendars;
using PowerWorkflow.Processes.CheckPlanning;
using PowerWorkflow.Processes.Clocks;
using PowerWorkflow.Processes.Policies;
using PowerWorkflow.Processes.Reminders;
using PowerWorkflow.Processes.Simulation;

namespace PowerWorkflow.Benchmarks;

/// <summary>Time limits alone, on one core: no database, no journal.</summary>
internal static class Deadlines
{
    private static readonly DateTimeOffset Now = new(2026, 11, 12, 10, 0, 0, TimeSpan.Zero);

    public static void Measure(bool quick)
    {
        Report.Head("Time limits: pure reckoning with the shipped calendar and policies", "", "time", "goal");
        var shared = Path.Combine(AppContext.BaseDirectory, "workflows", "shared");
        string Read(string name) => File.ReadAllText(Path.Combine(shared, name));
        var calendars = CalendarSet.Of([CalendarDocument.Parse(Read("calendars/CN.json"))]);
        var clocks = new ClockRules(calendars, PauseCodes.Parse(Read("policies/pause-codes.json")));
        var ladders = Ladders.Parse(Read("ladders.json"));
        var county = new CountyRules(clocks,
            PolicyBook.Of(Directory.GetFiles(Path.Combine(shared, "policies", "sets"), "*.json").Select(f => PolicySet.Parse(File.ReadAllText(f), f)), PolicyAssignments.Parse(Read("policies/assignments.json"))),
            CaseClasses.Parse(Read("policies/classes.json")), ladders, CheckCycles.Parse(Read("policies/cycles.json")), RiskModifiers.Parse(Read("policies/risk-modifiers.json")),
            Blackouts.Parse(Read("policies/blackouts.json")), MonthPlanRules.Parse(Read("policies/month-plan.json")));
        var scale = quick ? 10 : 1;
        Row($"{1_000_000 / scale:N0} due dates of all five kinds (10 years of 100,000), a quarter paused", "20 s", () => Dues(calendars.Resolve("CN"), 1_000_000 / scale));
        Row($"what-if over {100_000 / scale:N0} open cases with their ladders", "5 s", () => WhatIfs(clocks, ladders, 100_000 / scale));
        Row("a county's year: 12,500 connections and 4,500 check sites", "60 s", () => CountyYear.Run(county, new CountyVolumes(), "CN", 2026, 1));
    }

    private static void Row(string what, string goal, Action act)
    {
        Report.Progress(what);
        var watch = Stopwatch.StartNew();
        act();
        Report.Row(what, $"{watch.Elapsed.TotalSeconds:0.00} s", goal);
    }

    private static void Dues(WorkingCalendar calendar, int count)
    {
        var random = new Random(10);
        for (var i = 0; i < count; i++)
        {
            var start = DateTimeOffset.UnixEpoch.AddMinutes(random.NextInt64(26_297_280L, 31_557_600L));
            _ = Due.Compute(calendar, new DueQuestion((ClockKind)(i % 5), 1 + random.Next(30), start, Pauses: i % 4 == 0 ? [new PauseSpan(start.AddDays(1), start.AddDays(4))] : null));
        }
    }

    private static void WhatIfs(ClockRules rules, Ladders ladders, int count)
    {
        IReadOnlyList<Evidence> receipt = [new(Evidence.Unclassified, "bench")];
        var random = new Random(5);
        var terms = new ClockTerms(ClockScope.SupplierStage, ClockKind.WD, 10, LimitUnit.Day, "CN@1", Policy: "PRODUCT-DEFAULT@1/PLAN_REPLY/HV-SINGLE");
        var cases = Enumerable.Range(0, count).Select(i =>
        {
            var at = Now.AddMinutes(-random.Next(20 * 1440) - 4 * 1440);
            var ledger = new ClockLedger([new ClockFact.Started("PLAN_REPLY", "ACCEPTED", terms, at, "li", receipt)]);
            return new OpenCase($"{i}", i % 3 > 0 ? ledger : new ClockLedger([.. ledger.Facts, new ClockFact.Paused("P01", at.AddDays(1), "li", receipt), new ClockFact.Resumed("P01", at.AddDays(3), "li", receipt)]));
        });
        var change = new WhatIfChange(Limits: new Dictionary<string, int?> { ["PRODUCT-DEFAULT/PLAN_REPLY/HV-SINGLE"] = 8 });
        _ = WhatIf.Run(cases, change, rules, ladders, Now, TimeSpan.FromDays(7)).Count(l => l.LateAfter);
    }
}
