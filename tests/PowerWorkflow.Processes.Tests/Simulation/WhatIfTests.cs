using PowerWorkflow.Processes.Clocks;
using PowerWorkflow.Processes.Reminders;
using PowerWorkflow.Processes.Simulation;
using Xunit;

namespace PowerWorkflow.Processes.Tests.Simulation;

public sealed class WhatIfTests
{
    private static readonly ClockRules Rules = new(Shipped.Calendars, PauseCodes.Parse(Shipped.Read("policies/pause-codes.json")));
    private static readonly Ladders Ladders = Ladders.Parse(Shipped.Read("ladders.json"));
    private static readonly DateTimeOffset Now = DateTimeOffset.Parse("2026-11-12T18:00:00+08:00", null);

    [Fact]
    public void A_shorter_limit_shows_who_would_be_late_and_what_would_be_sent()
    {
        var cases = new[] { Open("A", "2026-11-02T09:00"), Open("B", "2026-11-10T09:00") };
        var change = new WhatIfChange(Limits: new Dictionary<string, int?> { ["PRODUCT-DEFAULT/PLAN_REPLY/HV-SINGLE"] = 8 });

        var lines = WhatIf.Run(cases, change, Rules, Ladders, Now, TimeSpan.FromDays(7)).ToList();

        Assert.Equal([("A", false, true), ("B", false, false)], lines.Select(l => (l.Case, l.LateBefore, l.LateAfter)));
        Assert.Equal(new DateOnly(2026, 11, 12), lines[0].After!.Value.Date);
        Assert.Equal(["PLAN_REPLY/WD/overdue-3"], lines[0].Sends.Select(s => s.Key));
        Assert.Equal(["PLAN_REPLY/WD/50", "PLAN_REPLY/WD/80"], lines[1].Sends.Select(s => s.Key));
    }

    [Fact]
    public void Without_a_change_everything_stays_as_it_is()
    {
        Assert.All(WhatIf.Run([Open("A", "2026-11-02T09:00")], new WhatIfChange(), Rules, Ladders, Now, TimeSpan.FromDays(1)), l => Assert.Equal(l.Before, l.After));
    }

    private static OpenCase Open(string name, string start, bool paused = false)
    {
        IReadOnlyList<Evidence> receipt = [new(Evidence.Unclassified, "doc-1")];
        var at = DateTimeOffset.Parse(start + ":00+08:00", null);
        var terms = new ClockTerms(ClockScope.SupplierStage, ClockKind.WD, 10, LimitUnit.Day, "CN@1", Policy: "PRODUCT-DEFAULT@1/PLAN_REPLY/HV-SINGLE");
        var ledger = ClockLedger.Empty.Append(new ClockFact.Started("PLAN_REPLY", "ACCEPTED", terms, at, "li", receipt), Rules);
        return new OpenCase(name, !paused ? ledger : ledger.Append(new ClockFact.Paused("P01", at.AddDays(1), "li", receipt), Rules).Append(new ClockFact.Resumed("P01", at.AddDays(3), "li", receipt), Rules));
    }
}
