using PowerWorkflow.Processes.Documents;

namespace PowerWorkflow.Processes.Clocks;

/// <summary>
/// A fact was refused; the ledger is unchanged. <see cref="Rule"/> is one of the slugs in <see cref="ClockRule"/>, the text says what to do.
/// </summary>
public sealed class ClockFactException(string rule, string zh, string en) : Exception(en)
{
    public string Rule { get; } = rule;

    public LocalText Text { get; } = new(zh, en);
}

/// <summary>Why a fact can be refused. Stable: programs and tests compare them.</summary>
public static class ClockRule
{
    public const string UnknownPauseCode = "unknown-pause-code";
    public const string NoEvidence = "no-evidence";
    public const string ResumeBeforePause = "resume-before-pause";
    public const string NotPaused = "not-paused";
    public const string AlreadyPaused = "already-paused";
    public const string PauseAfterLimit = "pause-after-limit";
    public const string NothingToPause = "nothing-to-pause";
    public const string NeedsApproval = "needs-approval";
    public const string ClockExists = "clock-exists";
    public const string UnknownClock = "unknown-clock";
    public const string ClockStopped = "clock-stopped";
    public const string StopBeforeStart = "stop-before-start";
    public const string UnknownFact = "unknown-fact";
    public const string NoReason = "no-reason";
    public const string SelfApproved = "self-approved";
    public const string MayNotStopWhole = "may-not-stop-whole";
}
