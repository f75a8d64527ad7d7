namespace PowerWorkflow.Processes.CheckPlanning;

/// <summary>Why somebody has to go to a site. One visit serves several.</summary>
public enum CheckKind
{
    Periodic,
    MeterFieldTest,
    TestExpiry,
    DefectRecheck,
    TemporarySupplyExpiry,
    Extra,
    Courtesy,
}

/// <summary>Something to do at a site between two days.</summary>
/// <param name="Risk">Higher comes first; the caller's own scale.</param>
/// <param name="NeedsOutage">Kept out of blackout periods.</param>
public sealed record CheckTask(string Id, string Site, CheckKind Kind, DateOnly Earliest, DateOnly Due, bool NeedsOutage, int MinInspectors = 2, int Risk = 0);

/// <summary>One trip to a site on one day, for every task whose time allows it.</summary>
/// <param name="Latest">The last day all tasks allow, blackout periods taken off; overdue tasks do not count.</param>
public sealed record Visit(string Id, string Site, string Team, DateOnly Day, DateOnly Earliest, DateOnly Latest, bool Overdue, IReadOnlyList<string> Tasks, int MinInspectors);

public enum DropReason
{
    /// <summary>Every allowed day of the team is full.</summary>
    OverCapacity,

    /// <summary>No working day of the month lies in the allowed time outside blackout periods and the customer's own peaks.</summary>
    NoDay,
}

/// <summary>What could not be planned. It needs a named person's consent and a new day not later than <see cref="Latest"/>.</summary>
public sealed record DroppedVisit(string Site, string Team, DropReason Reason, DateOnly Earliest, DateOnly Latest, IReadOnlyList<string> Tasks);

/// <summary>A draft for a month. The same input gives the same plan, in the same order.</summary>
/// <param name="SingleVisits">How many trips it would take without merging.</param>
public sealed record MonthPlan(int Year, int Month, IReadOnlyList<Visit> Visits, IReadOnlyList<DroppedVisit> Dropped, int SingleVisits)
{
    /// <summary>Share of trips saved by merging, from 0 to 1.</summary>
    public decimal Saved => SingleVisits == 0 ? 0 : 1 - (decimal)(Visits.Count + Dropped.Count) / SingleVisits;
}

/// <summary>How much a team can do (product defaults, D).</summary>
/// <param name="UsableShare">Part of the month's working days that may be planned.</param>
public sealed record TeamCapacity(int HighVoltageSitesPerDay, int LowVoltageSitesPerDay, decimal UsableShare)
{
    /// <summary>Part of a team's day that a visit takes.</summary>
    public decimal DayShare(bool highVoltage) => 1m / (highVoltage ? HighVoltageSitesPerDay : LowVoltageSitesPerDay);
}
