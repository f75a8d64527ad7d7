using System.Text.Json.Serialization;

namespace PowerWorkflow.Processes.Clocks;

/// <param name="Kind">Kind code such as <c>NOTICE_RECEIPT</c>; pause codes say which they need.</param>
/// <param name="Reference">Attachment id, document number or warning id.</param>
public sealed record Evidence(string Kind, string Reference)
{
    /// <summary>
    /// Evidence that a process definition names in its own words ("site photo and community statement"). It stands for all the pieces a
    /// pause code needs; kinds and numbers are only checked when pieces are given one by one.
    /// </summary>
    public const string Unclassified = "UNCLASSIFIED";
}

/// <param name="Person">Who approved.</param>
/// <param name="Role">In which role, such as <c>R-MG</c>.</param>
public sealed record PauseApproval(string Person, string Role);

/// <summary>
/// Something that happened to the clocks of a case. Facts are only ever added. <see cref="At"/> is when it happened in the world, which may
/// be before it was recorded; <see cref="By"/> is who recorded it.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "fact")]
[JsonDerivedType(typeof(Started), "started")]
[JsonDerivedType(typeof(Paused), "paused")]
[JsonDerivedType(typeof(Resumed), "resumed")]
[JsonDerivedType(typeof(Stopped), "stopped")]
[JsonDerivedType(typeof(Corrected), "corrected")]
[JsonDerivedType(typeof(Recalendared), "recalendared")]
public abstract record ClockFact
{
    private ClockFact(DateTimeOffset at, string by, IReadOnlyList<Evidence> evidence)
    {
        At = at;
        By = by;
        Evidence = evidence;
    }

    public DateTimeOffset At { get; init; }

    public string By { get; init; }

    public IReadOnlyList<Evidence> Evidence { get; init; }

    /// <summary>A clock begins. Its name is unique in the case; a second round is a second clock (<c>COMPLETION_CHECK#2</c>).</summary>
    /// <param name="Trigger">Code of the customer-side fact that starts it, such as <c>ACCEPTED</c>.</param>
    public sealed record Started(string Clock, string Trigger, ClockTerms Terms, DateTimeOffset At, string By, IReadOnlyList<Evidence> Evidence)
        : ClockFact(At, By, Evidence);

    /// <summary>The case is paused for a coded reason. The code, not the caller, decides which clocks stop.</summary>
    public sealed record Paused(string Code, DateTimeOffset At, string By, IReadOnlyList<Evidence> Evidence, PauseApproval? Approval = null)
        : ClockFact(At, By, Evidence);

    /// <summary>The reason with this code is over.</summary>
    public sealed record Resumed(string Code, DateTimeOffset At, string By, IReadOnlyList<Evidence> Evidence) : ClockFact(At, By, Evidence);

    /// <summary>What the limit asked for has reached the customer.</summary>
    /// <param name="Trigger">Code of the delivery, such as <c>PLAN_DELIVERED</c>.</param>
    public sealed record Stopped(string Clock, string Trigger, DateTimeOffset At, string By, IReadOnlyList<Evidence> Evidence)
        : ClockFact(At, By, Evidence);

    /// <summary>An earlier fact was recorded wrongly. It stays in the ledger and from now on counts with another time, or not at all.</summary>
    /// <param name="Of">Place of the fact in the ledger, from 0.</param>
    /// <param name="NewAt">When it really happened; null when it never did.</param>
    public sealed record Corrected(int Of, DateTimeOffset? NewAt, string Reason, string ApprovedBy, DateTimeOffset At, string By, IReadOnlyList<Evidence> Evidence)
        : ClockFact(At, By, Evidence);

    /// <summary>A newer calendar was loaded: clocks that still run are reckoned with it from their start. Those that stopped keep theirs.</summary>
    public sealed record Recalendared(string FromCalendar, string ToCalendar, DateTimeOffset At, string By) : ClockFact(At, By, []);
}
