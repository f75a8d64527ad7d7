using PowerWorkflow.Processes.Clocks;
using PowerWorkflow.Processes.Reminders;

namespace PowerWorkflow.Processes.Simulation;

/// <summary>A case with clocks that may still run.</summary>
public sealed record OpenCase(string Case, ClockLedger Ledger);

/// <summary>What would be different. Everything left null stays as it is.</summary>
/// <param name="Limits">A new figure, or null for none, by policy row without version: <c>PRODUCT-DEFAULT/PLAN_REPLY/HV-SINGLE</c>.</param>
/// <param name="Calendars">A newer pin by calendar code, such as <c>CN</c> to <c>CN@2</c>.</param>
/// <param name="Ladders">Other ladders.</param>
public sealed record WhatIfChange(
    IReadOnlyDictionary<string, int?>? Limits = null, IReadOnlyDictionary<string, string>? Calendars = null, Ladders? Ladders = null);

/// <param name="Key">The rung's key; see <see cref="RungTime"/>.</param>
public sealed record WouldSend(string Key, DateTimeOffset At, IReadOnlyList<Recipient> To);

/// <summary>One running clock before and after the change.</summary>
/// <param name="LateAfter">Late at the instant asked about, under the change.</param>
/// <param name="Sends">The messages from then to the horizon, under the change.</param>
public sealed record WhatIfLine(
    string Case, string Clock, DueAnswer? Before, DueAnswer? After, bool LateBefore, bool LateAfter, DateTimeOffset? WouldBeLateAt, IReadOnlyList<WouldSend> Sends);

/// <summary>
/// The open cases under another limit, calendar or ladder: which clocks would be late, when, and what would be sent. Nothing is written; the
/// answer is worked out case by case, so a caller may stream it.
/// </summary>
public static class WhatIf
{
    /// <param name="at">Now, for the purpose of the question.</param>
    /// <param name="horizon">How far ahead messages are listed.</param>
    public static IEnumerable<WhatIfLine> Run(IEnumerable<OpenCase> cases, WhatIfChange change, ClockRules rules, Ladders ladders, DateTimeOffset at, TimeSpan horizon) =>
        cases.SelectMany(c => Case(c, change, rules, change.Ladders ?? ladders, at, at + horizon));

    private static IEnumerable<WhatIfLine> Case(OpenCase open, WhatIfChange change, ClockRules rules, Ladders ladders, DateTimeOffset at, DateTimeOffset until)
    {
        var altered = new ClockLedger(open.Ledger.Facts.Select(f => f is ClockFact.Started s ? s with { Terms = Alter(s.Terms, change) } : f).ToList());
        var after = altered.ReadAll(at, rules).ToDictionary(r => r.Clock);
        foreach (var before in open.Ledger.ReadAll(at, rules).Where(r => r.Status != ClockStatus.Stopped))
        {
            var reading = after[before.Clock];
            yield return new WhatIfLine(open.Case, before.Clock, before.Due, reading.Due, before.Late, reading.Late, reading.Due?.At, Sends(reading, ladders, rules, at, until));
        }
    }

    private static ClockTerms Alter(ClockTerms terms, WhatIfChange change)
    {
        if (change.Calendars is { } pins && pins.TryGetValue(terms.Calendar.Split('@')[0], out var pin))
        {
            terms = terms with { Calendar = pin };
        }

        return change.Limits is { } limits && Unversioned(terms.Policy) is { } policy && limits.TryGetValue(policy, out var limit) ? terms with { Limit = limit } : terms;
    }

    /// <summary><c>SET@3/ITEM/CLASS</c> as <c>SET/ITEM/CLASS</c>.</summary>
    private static string? Unversioned(string? policy)
    {
        if (policy is null)
        {
            return null;
        }

        var (version, rest) = (policy.IndexOf('@', StringComparison.Ordinal), policy.IndexOf('/', StringComparison.Ordinal));
        return version < 0 || rest < version ? policy : policy[..version] + policy[rest..];
    }

    private static List<WouldSend> Sends(ClockReading reading, Ladders ladders, ClockRules rules, DateTimeOffset at, DateTimeOffset until)
    {
        var ladder = ladders.ByCode.Values.FirstOrDefault(l => l.Kinds.Contains(reading.Terms.Kind));
        return ladder is null ? [] : RungTimes.Of(ladder, reading, rules.Calendars.Resolve(reading.Terms.Calendar), ladders.Quiet)
            .Where(r => r.At >= at && r.At <= until).Select(r => new WouldSend(r.Key, r.At!.Value, r.Rung.To)).ToList(); // the filter above leaves none without a time
    }
}
