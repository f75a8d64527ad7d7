using System.Text.Json;
using System.Text.Json.Serialization;

namespace PowerWorkflow.Processes.Clocks;

/// <summary>
/// The clocks of one case: the list of what happened to them, from which every reading is worked out. Facts are added, never changed;
/// <see cref="Append"/> gives a new ledger and refuses a fact that cannot be true. Serialises to JSON as it stands.
/// </summary>
/// <example>
/// <code>
/// ledger = ledger.Append(new ClockFact.Started("PLAN_REPLY", "ACCEPTED", terms, at, "zhang", [receipt]), rules);
/// ledger = ledger.Append(new ClockFact.Paused("P01", at, "zhang", [noticeReceipt]), rules);
/// ledger = ledger.Append(new ClockFact.Resumed("P01", at, "system", [upload]), rules);
/// var due = ledger.Read("PLAN_REPLY", now, rules).Due;
/// </code>
/// </example>
public sealed record ClockLedger(IReadOnlyList<ClockFact> Facts)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    public static ClockLedger Empty { get; } = new([]);

    public static ClockLedger Parse(string json) =>
        JsonSerializer.Deserialize<ClockLedger>(json, Json) ?? throw new JsonException("A clock ledger cannot be null.");

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <exception cref="ClockFactException">The fact was refused, with rule and remedy; this ledger still stands.</exception>
    public ClockLedger Append(ClockFact fact, ClockRules rules)
    {
        var next = new ClockLedger([.. Facts, fact]);
        ClockFold.Of(next.Facts, rules);
        return next;
    }

    /// <summary>How a clock stands at an instant, or as it stopped when it stopped before.</summary>
    /// <exception cref="ClockFactException">There is no such clock.</exception>
    public ClockReading Read(string clock, DateTimeOffset at, ClockRules rules) => ClockFold.Of(Facts, rules).Read(clock, at);

    /// <summary>Every clock of the case in the order they started.</summary>
    public IReadOnlyList<ClockReading> ReadAll(DateTimeOffset at, ClockRules rules)
    {
        var fold = ClockFold.Of(Facts, rules);
        return fold.Clocks.Keys.Select(c => fold.Read(c, at)).ToList();
    }

    /// <summary>Codes of the pauses that have not ended.</summary>
    public IReadOnlyList<string> OpenPauses(ClockRules rules) =>
        ClockFold.Of(Facts, rules).Pauses.Where(p => p.To is null).Select(p => p.Code).ToList();

    /// <summary>The reckoning of one clock in words, for a person with a paper calendar.</summary>
    public IReadOnlyList<ReckoningLine> Explain(string clock, DateTimeOffset at, ClockRules rules) => ClockExplanation.Of(this, clock, at, rules);

    /// <summary>
    /// What changes when a newer calendar is loaded: every running clock reckoned with both. Stopped clocks keep the calendar they stopped
    /// under, so an earlier date never makes a finished step late. The facts to append are one per calendar pin in use.
    /// </summary>
    public IReadOnlyList<CalendarChange> Recalendar(string newPin, DateTimeOffset at, string by, ClockRules rules)
    {
        var code = newPin.Split('@')[0];
        var changes = new List<CalendarChange>();
        foreach (var before in ReadAll(at, rules).Where(r => r.Status != ClockStatus.Stopped && r.Terms.Calendar != newPin && r.Terms.Calendar.Split('@')[0] == code))
        {
            var fact = new ClockFact.Recalendared(before.Terms.Calendar, newPin, at, by);
            var after = new ClockLedger([.. Facts, fact]).Read(before.Clock, at, rules);
            changes.Add(new CalendarChange(before.Clock, before.Due, after.Due, fact));
        }

        return changes;
    }
}

/// <summary>A due date before and after a calendar was replaced; both are kept in the journal.</summary>
public sealed record CalendarChange(string Clock, DueAnswer? Before, DueAnswer? After, ClockFact.Recalendared Fact);
