using PowerWorkflow.Processes.Calendars;

namespace PowerWorkflow.Processes.Clocks;

/// <summary>A limit that a policy item gives to a pause, such as how long a plan stays valid.</summary>
public sealed record CapLimit(int Limit, ClockKind Kind, LimitUnit Unit);

/// <param name="Key"><c>PAUSE/code/start/cap</c>: the same for ever, so that what it asks for is done once.</param>
/// <param name="Then">What is to happen; never a decision of the case itself.</param>
public sealed record CapTime(string Key, string Then, DateTimeOffset At);

/// <summary>When a pause that lasts asks for something: a reminder, a review, an escalation.</summary>
public static class PauseCaps
{
    /// <summary>How many times a repeating reminder is planned ahead; the next ones follow when these have been.</summary>
    private const int Repeats = 12;

    /// <param name="from">When the pause began.</param>
    /// <param name="policy">The limit of a policy item for this case; null when it has no figure, and the cap then asks for nothing.</param>
    public static IReadOnlyList<CapTime> Of(PauseCode code, DateTimeOffset from, WorkingCalendar calendar, Func<string, CapLimit?> policy)
    {
        var times = new List<CapTime>();
        for (var i = 0; i < code.Caps.Count; i++)
        {
            var cap = code.Caps[i];
            var limit = cap.PolicyItem is { } item ? policy(item) : new CapLimit(cap.Limit!.Value, cap.Clock ?? ClockKind.CD, LimitUnit.Day); // without an item there is a limit
            if (limit is null)
            {
                continue;
            }

            var key = $"PAUSE/{code.Code}/{from.UtcDateTime:yyyyMMdd'T'HHmmss}/{i}";
            if (cap.Shares.Count > 0)
            {
                times.AddRange(cap.Shares.Select(s => new CapTime($"{key}/{s:0.##}", cap.Then, At(calendar, limit, from, s))));
            }
            else
            {
                times.AddRange(Enumerable.Range(1, cap.Every ? Repeats : 1).Select(n => new CapTime(cap.Every ? $"{key}/{n}" : key, cap.Then, At(calendar, limit, from, n))));
            }
        }

        return times.OrderBy(t => t.At).ToList();
    }

    private static DateTimeOffset At(WorkingCalendar calendar, CapLimit limit, DateTimeOffset from, decimal times)
    {
        var start = calendar.DateAt(from);
        var days = (limit.Unit switch
        {
            LimitUnit.Month => start.AddMonths(limit.Limit).DayNumber - start.DayNumber,
            LimitUnit.Year => start.AddYears(limit.Limit).DayNumber - start.DayNumber,
            _ => limit.Limit,
        }) * times;
        // No pause of its own holds a pause back, so there always is a due date.
        return Due.Compute(calendar, new DueQuestion(limit.Kind, (int)Math.Ceiling(days), from))!.Value.At;
    }
}
