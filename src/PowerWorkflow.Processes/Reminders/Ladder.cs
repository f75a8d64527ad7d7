using PowerWorkflow.Processes.Clocks;
using PowerWorkflow.Processes.Documents;

namespace PowerWorkflow.Processes.Reminders;

public enum RungUnit
{
    WorkingDays,
    CalendarDays,
    Hours,
    Minutes,
}

public enum RecipientKind
{
    /// <summary>Whoever has the task; nobody while it is only offered.</summary>
    Assignee,

    /// <summary>The assignee's deputy (B角).</summary>
    Deputy,

    /// <summary>A role, resolved up the tree from the case's unit.</summary>
    Role,

    /// <summary>A department, resolved up the tree.</summary>
    Department,
}

/// <summary>Channels of the product; a webhook is configured as a connection.</summary>
public enum ReminderChannel
{
    InApp,
    Email,
    Webhook,
}

/// <param name="Level">Kind of unit to go up to (所, 县, 市 …); null takes the nearest that has one.</param>
/// <param name="Digest">Goes into the day's collected message instead of one of its own.</param>
/// <param name="Copy">For information, without a duty to act.</param>
public sealed record Recipient(RecipientKind Kind, string? Code = null, string? Level = null, bool Digest = false, bool Copy = false);

/// <summary>Where on the clock a rung lies.</summary>
public abstract record RungPlace
{
    private RungPlace()
    {
    }

    /// <summary>When this part of the limit is used up, above 0 and at most 1.</summary>
    public sealed record Share(decimal Part) : RungPlace;

    /// <summary>At a local time on the due day.</summary>
    public sealed record DueDay(TimeOnly Time) : RungPlace;

    /// <summary>Before the limit ends. Days are counted in the clock's own way and fire at opening of business.</summary>
    public sealed record Before(int Amount, RungUnit Unit) : RungPlace;

    /// <summary>After the limit has ended; 0 is the moment it ends.</summary>
    public sealed record After(int Amount, RungUnit Unit) : RungPlace;
}

/// <summary>One message of a ladder.</summary>
/// <param name="Key">Stable within the ladder: a rung that was sent is known by it for ever.</param>
/// <param name="Urgent">Sent in quiet hours too.</param>
/// <param name="Marks">What else happens, such as <c>AUDIT</c>; never a decision about the case.</param>
public sealed record Rung(
    string Key, RungPlace Place, bool Urgent, IReadOnlyList<Recipient> To, IReadOnlyList<ReminderChannel> Channels, IReadOnlyList<string> Marks);

/// <summary>Reminders and escalations for one kind of clock, lowest rung first.</summary>
public sealed record Ladder(string Code, LocalText Name, IReadOnlySet<ClockKind> Kinds, string? Confidence, IReadOnlyList<Rung> Rungs)
{
    /// <summary>
    /// Who is told at a rung. While the assignee is away the ladder starts one rung higher, and the deputy is told in the assignee's place.
    /// </summary>
    public IReadOnlyList<Recipient> Recipients(int rung, bool assigneeAway)
    {
        if (!assigneeAway)
        {
            return Rungs[rung].To;
        }

        var higher = Rungs[Math.Min(rung + 1, Rungs.Count - 1)].To;
        return Rungs[rung].To.Concat(higher).Select(r => r.Kind == RecipientKind.Assignee ? r with { Kind = RecipientKind.Deputy } : r).Distinct().ToList();
    }
}

/// <summary>No messages that can wait between <see cref="From"/> and <see cref="To"/>, local time; the span may pass midnight.</summary>
public sealed record QuietHours(TimeOnly From, TimeOnly To)
{
    public bool Contains(TimeOnly time) => From <= To ? time >= From && time < To : time >= From || time < To;
}

/// <summary>A version of all ladders.</summary>
public sealed record Ladders(int Version, QuietHours? Quiet, IReadOnlyDictionary<string, Ladder> ByCode)
{
    /// <exception cref="DocumentRefusedException">Lists every field that breaks a rule.</exception>
    public static Ladders Parse(string json, string document = "ladders")
    {
        var problems = new List<Problem>();
        var read = JsonField.Open(json, problems) is { } root ? LadderReading.Read(root) : null;
        return read is null || problems.Count > 0 ? throw new DocumentRefusedException(document, problems) : read;
    }
}
