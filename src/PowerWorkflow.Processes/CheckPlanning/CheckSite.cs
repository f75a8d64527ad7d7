namespace PowerWorkflow.Processes.CheckPlanning;

/// <summary>Importance as the government's list gives it, most important first.</summary>
public enum Importance
{
    Special,
    First,
    Second,
    Temporary,
    Normal,
}

/// <summary>Where a high-voltage customer is metered: on the high side (高供高计) or the low side (高供低计).</summary>
public enum MeteringSide
{
    HighSide,
    LowSide,
}

/// <summary>What changes how often a site is checked (risk modifiers of the domain document).</summary>
public enum RiskTrigger
{
    OpenCriticalDefectOrOverdueTest,
    TwoCleanChecksAndMonitored,
    CustomerCausedAccident,
    OldOrObsoleteTransformer,
    UndergroundInFloodZone,
    UseChanged,
}

/// <summary>A customer site as the register knows it on the day of planning.</summary>
/// <param name="Kv">Supply voltage; 1 kV and more is high voltage.</param>
/// <param name="Team">Code of the team that checks it.</param>
/// <param name="Route">Sorts sites that lie near each other together, such as line and pole.</param>
/// <param name="LastFullCheck">Last completed check with the full template; partial and special checks do not count.</param>
/// <param name="PreviousFullCheck">The full check before that one: a modifier for one cycle ends once both came after its trigger.</param>
/// <param name="Triggers">Risk triggers that hold, each with the day it arose.</param>
/// <param name="ProductionPeaks">Days on which the customer asked not to be visited.</param>
public sealed record CheckSite(
    string Id, string Team, string Route, Importance Importance, decimal Kv, DateOnly EnergisedAt,
    MeteringSide? Metering = null, decimal? CapacityKva = null, decimal? LoadKw = null, bool Residential = false, bool Hazardous = false, bool Crowded = false,
    bool DualOrOwnSource = false, bool TemporarySupply = false, bool Suspended = false, bool North = false, bool South = false,
    DateOnly? LastFullCheck = null, DateOnly? PreviousFullCheck = null, IReadOnlyDictionary<RiskTrigger, DateOnly>? Triggers = null, IReadOnlyList<DaySpan>? ProductionPeaks = null)
{
    public bool HighVoltage => Kv >= 1;

    public bool Important => Importance != Importance.Normal;
}

/// <summary>Days from and to, both included.</summary>
public readonly record struct DaySpan(DateOnly From, DateOnly To)
{
    public bool Contains(DateOnly date) => From <= date && date <= To;
}
