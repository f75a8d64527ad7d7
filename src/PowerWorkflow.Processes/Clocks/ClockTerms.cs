namespace PowerWorkflow.Processes.Clocks;

/// <summary>Whose time a clock measures.</summary>
public enum ClockScope
{
    /// <summary>One step of the supplier, such as the plan reply.</summary>
    SupplierStage,

    /// <summary>All the supplier's time: runs exactly while one of the supplier's stages runs, over all rounds.</summary>
    SupplierTotal,

    /// <summary>Submission to energised.</summary>
    Whole,

    /// <summary>An internal limit, such as associated grid works.</summary>
    Internal,

    /// <summary>A limit the customer has to keep, such as rectification.</summary>
    Customer,
}

/// <summary>What a limit counts. The last four are figures of the policy tables that no clock can measure.</summary>
public enum LimitUnit
{
    Day,
    Month,
    Year,
    Hour,
    Minute,
    Steps,
    Persons,
    PerDay,
    DayOfMonth,
}

/// <summary>What a breach of the limit means.</summary>
public enum LimitSemantics
{
    /// <summary>Every case must keep it.</summary>
    Max,

    /// <summary>A public promise about the average: one case over it is an internal breach only.</summary>
    Avg,

    /// <summary>A notice must lie at least this far ahead.</summary>
    MinLead,

    /// <summary>A number of things, such as steps; no clock.</summary>
    Count,

    /// <summary>At least this many, such as inspectors; no clock.</summary>
    Min,
}

/// <summary>What is day 0 when the start lies outside business hours or on a day of rest (counts of days only).</summary>
public enum AfterHours
{
    SubmissionIsDay0,
    NextWorkingDayIsDay0,
}

/// <summary>What a clock measures against. Fixed when the clock starts; policy and calendar are pinned by version.</summary>
/// <param name="Limit">
/// In <paramref name="Unit"/>. Months and years count from the start day to the same day (clamped to the month's end). Null when no figure
/// is known: the clock measures what is used and has no due date.
/// </param>
/// <param name="Calendar">Pin of the calendar, such as <c>CN-ZJ@2/CN@1</c>.</param>
/// <param name="Policy">Where the figure comes from, such as <c>SGCC-2022@1/SUPPLIER_TOTAL/HV-SINGLE</c>; null for a limit set by hand.</param>
/// <param name="PauseOverrides">A policy item's own say: this clock is stopped by the code (true) or not (false), against the table.</param>
public sealed record ClockTerms(
    ClockScope Scope,
    ClockKind Kind,
    int? Limit,
    LimitUnit Unit,
    string Calendar,
    bool RollForward = false,
    LimitSemantics Semantics = LimitSemantics.Max,
    AfterHours AfterHours = AfterHours.SubmissionIsDay0,
    string? Policy = null,
    IReadOnlyDictionary<string, bool>? PauseOverrides = null);
