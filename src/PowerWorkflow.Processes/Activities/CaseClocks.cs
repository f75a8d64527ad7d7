using System.Text.Json.Nodes;
using PowerWorkflow.Engine;
using PowerWorkflow.Engine.Activities;
using PowerWorkflow.Processes.Clocks;

namespace PowerWorkflow.Processes.Activities;

/// <summary>
/// The clocks of the case in a burst: the ledger kept with the case, written back with rows for lists and timers for reminders after every fact.
/// </summary>
internal sealed class CaseClocks(CaseContext context, CaseWorld world)
{
    private const string Memory = "clocks";

    private IReadOnlyList<ClockReading>? readings;

    public static CaseClocks Of(CaseContext context) => new(context, CaseWorld.Of(context));

    public ClockLedger Ledger { get; private set; } = context.CaseMemory(Memory) is { } kept ? ClockLedger.Parse(kept.ToJsonString()) : ClockLedger.Empty;

    public CaseWorld World { get; } = world;

    /// <summary>Every clock as it stands now; worked out once until the next fact.</summary>
    public IReadOnlyList<ClockReading> Readings => readings ??= Ledger.Facts.Count == 0 ? [] : Ledger.ReadAll(context.Now, World.Clocks);

    /// <summary>The name a new round of a clock gets: the code itself, then <c>code#2</c>, <c>code#3</c> …</summary>
    public string NextRound(string code)
    {
        var rounds = Readings.Count(reading => IsRoundOf(reading.Clock, code));
        return rounds == 0 ? code : $"{code}#{rounds + 1}";
    }

    /// <summary>The newest round of a clock that has not stopped, or null.</summary>
    public ClockReading? Live(string code) => Readings.LastOrDefault(reading => IsRoundOf(reading.Clock, code) && reading.Status != ClockStatus.Stopped);

    /// <summary>The limit of an item for this case as terms of a clock; without a limit when no policy has one.</summary>
    public ClockTerms Terms(ClockScope scope, string? item) => item is not null && World.Policies.Resolve(item, CaseClassing.Of(context, World)) is { } limit
        ? limit.Terms(scope, World.Calendar)
        : new ClockTerms(scope, ClockKind.WD, null, LimitUnit.Day, World.Calendar);

    /// <summary>Adds a fact and everything that follows from it.</summary>
    /// <exception cref="ClockFactException">The fact cannot be true; nothing was changed.</exception>
    public void Append(ClockFact fact, string kind, JsonObject detail)
    {
        var before = Readings.ToDictionary(reading => reading.Clock);
        Ledger = Ledger.Append(fact, World.Clocks);
        readings = null;
        context.SetCaseMemory(Memory, JsonNode.Parse(Ledger.ToJson()));
        detail["at"] = fact.At;
        if (fact.Evidence.Count > 0) detail["evidence"] = string.Join("; ", fact.Evidence.Select(evidence => evidence.Reference));
        context.Record(kind, detail);

        // A fact touches few clocks of a case; reckoning the rungs of the others anew would cost more than all the rest of the burst.
        var touched = Readings.Where(reading => !before.TryGetValue(reading.Clock, out var old) || Differs(old, reading)).ToList();
        foreach (var reading in touched) context.Emit(new Effect.Project("clock", reading.Clock, ClockRow.Of(reading)));
        new CaseReminders(context, World).Plan(touched);
        LimitedTasks.Reschedule(context, touched);
    }

    private static bool Differs(ClockReading old, ClockReading now) =>
        old.Status != now.Status || old.Due != now.Due || old.StartedAt != now.StartedAt || old.StoppedAt != now.StoppedAt || old.Intervals.Count != now.Intervals.Count;

    /// <summary>
    /// Adds a fact; a fact that does not apply as things stand (a pause of a clock that has stopped, a stop of one that never ran) is recorded and the case goes
    /// on, since measuring must not hold up the work. What only a wrong definition can cause is a fault.
    /// </summary>
    public void AppendWhereItApplies(ClockFact fact, string kind, JsonObject detail)
    {
        try
        {
            Append(fact, kind, detail);
        }
        catch (ClockFactException refused) when (refused.Rule is not (ClockRule.UnknownPauseCode or ClockRule.NoEvidence or ClockRule.NeedsApproval or ClockRule.SelfApproved))
        {
            context.Record("ClockFactRefused", new JsonObject { ["fact"] = kind, ["rule"] = refused.Rule, ["reason"] = refused.Message });
        }
        catch (ClockFactException refused) when (refused.Rule != ClockRule.NeedsApproval)
        {
            throw new ActivityFaultException(refused.Rule, refused.Message);
        }
    }

    private static bool IsRoundOf(string clock, string code) => clock == code || (clock.StartsWith(code, StringComparison.Ordinal) && clock[code.Length] == '#');
}

/// <summary>A clock as a row for lists and the case page.</summary>
internal static class ClockRow
{
    public static JsonObject Of(ClockReading reading) => new()
    {
        ["item"] = ItemOf(reading),
        ["state"] = reading.Status.ToString(),
        ["scope"] = reading.Terms.Scope.ToString(),
        ["kind"] = reading.Terms.Kind.ToString(),
        ["limit"] = reading.Terms.Limit,
        ["unit"] = reading.Terms.Unit.ToString(),
        ["policy"] = reading.Terms.Policy,
        ["startedAt"] = reading.StartedAt,
        ["stoppedAt"] = reading.StoppedAt,
        ["dueAt"] = reading.Due?.At,
        ["dueDate"] = reading.Due?.Date?.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
        ["provisional"] = reading.Provisional,
        ["pausedBy"] = reading.Status == ClockStatus.Paused && reading.Intervals is [.., var held] ? string.Join(' ', held.Codes) : null,
        ["used"] = reading.Used,
        ["remaining"] = reading.Terms.Limit is null ? null : reading.Remaining,
        ["late"] = reading.Late,
        ["overdue"] = reading.Overdue,
        ["intervals"] = new JsonArray([.. reading.Intervals.Select(interval => (JsonNode)new JsonObject
        {
            ["from"] = interval.From,
            ["to"] = interval.To,
            ["running"] = interval.Running,
            ["codes"] = new JsonArray([.. interval.Codes.Select(code => (JsonNode)code)]),
        })]),
    };

    /// <summary>PLAN_REPLY of a clock STAGE:PLAN_REPLY#2.</summary>
    private static string ItemOf(ClockReading reading)
    {
        var name = reading.Clock.Split('#')[0];
        return name[(name.IndexOf(':', StringComparison.Ordinal) + 1)..];
    }
}
