namespace PowerWorkflow.Processes.Clocks;

public enum ClockStatus
{
    Running,
    Paused,
    Stopped,
}

/// <summary>A stretch of a clock's life. <see cref="To"/> is null on the stretch that still lasts.</summary>
/// <param name="Codes">The pause codes that held the clock; empty while it ran, and on a supplier total between two stages.</param>
public sealed record ClockInterval(DateTimeOffset From, DateTimeOffset? To, bool Running, IReadOnlyList<string> Codes);

/// <summary>How a clock stands. Amounts are in the unit of its kind: days, hours (H24) or minutes.</summary>
/// <param name="Used">Counted so far; of a stopped clock, in all.</param>
/// <param name="Remaining">Limit less used, never below zero; null when the clock has no limit.</param>
/// <param name="Due">Null while a pause holds the clock, since the date moves until it ends, and for a clock without a limit.</param>
/// <param name="Late">The clock ran, or was stopped, past its due instant.</param>
/// <param name="Overdue">By how much, counted in the clock's own way; zero on the due day itself.</param>
/// <param name="Question">What the due date is worked out from; ladders ask it for parts of the limit.</param>
public sealed record ClockReading(
    string Clock,
    ClockTerms Terms,
    ClockStatus Status,
    DateTimeOffset StartedAt,
    DateTimeOffset? StoppedAt,
    IReadOnlyList<ClockInterval> Intervals,
    decimal Used,
    decimal? Remaining,
    DueAnswer? Due,
    bool Late,
    decimal Overdue,
    DueQuestion Question)
{
    /// <summary>A breach of a public promise: an average limit is not broken by one case.</summary>
    public bool BreaksPromise => Late && Terms.Semantics == LimitSemantics.Max;

    public bool Provisional => Due is { Provisional: true };
}
