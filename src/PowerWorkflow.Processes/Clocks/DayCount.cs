using PowerWorkflow.Processes.Calendars;

namespace PowerWorkflow.Processes.Clocks;

/// <summary>A pause as days: neither its first day nor its last is counted, the last is the new day 0. Open when <see cref="To"/> is null.</summary>
internal readonly record struct DaySpan(DateOnly From, DateOnly? To);

/// <summary>Counting whole days past pauses, for <see cref="ClockKind.WD"/> and <see cref="ClockKind.CD"/>.</summary>
internal static class DayCount
{
    /// <summary>Local days of the pauses, united. One that begins and ends on one day is left out: it does not move a count of days.</summary>
    public static List<DaySpan> Spans(WorkingCalendar calendar, IReadOnlyList<PauseSpan>? pauses)
    {
        var union = new List<DaySpan>();
        if (pauses is not { Count: > 0 })
        {
            return union;
        }

        var days = pauses
            .Select(p => new DaySpan(calendar.DateAt(p.From), p.To is { } to ? calendar.DateAt(to) : null))
            .Where(p => p.To is null || p.To > p.From).OrderBy(p => p.From);
        foreach (var pause in days)
        {
            if (union.Count > 0 && (union[^1].To is not { } end || pause.From <= end))
            {
                var later = union[^1].To is { } a && pause.To is { } b ? (a > b ? a : b) : (DateOnly?)null;
                union[^1] = union[^1] with { To = later };
            }
            else
            {
                union.Add(pause);
            }
        }

        return union;
    }

    /// <summary>The last day of the limit, or null when an open pause begins before it is reached.</summary>
    public static DateOnly? Land(WorkingCalendar calendar, DueQuestion question, DateOnly start, List<DaySpan> pauses)
    {
        var day0 = start;
        var remaining = question.Limit;
        foreach (var pause in pauses)
        {
            if (pause.To <= day0)
            {
                continue;
            }

            if (pause.From > Last(calendar, question, day0, remaining))
            {
                break;
            }

            if (pause.To is not { } resumed)
            {
                return null;
            }

            remaining = Math.Max(0, remaining - Used(calendar, question.Kind, day0, pause.From));
            day0 = resumed;
        }

        return Last(calendar, question, day0, remaining);
    }

    /// <summary>Days counted after day 0 and before the day a pause begins.</summary>
    public static int Used(WorkingCalendar calendar, ClockKind kind, DateOnly day0, DateOnly pauseDay) => kind == ClockKind.WD
        ? calendar.CountWorkingDays(day0, pauseDay.AddDays(-1))
        : Math.Max(0, pauseDay.DayNumber - day0.DayNumber - 1);

    /// <summary>The day before the run of days of rest that a rolled date jumped over: what the roll looked at.</summary>
    public static DateOnly BeforeRoll(WorkingCalendar calendar, DateOnly date)
    {
        var day = date.AddDays(-1);
        while (!calendar.IsWorkingDay(day))
        {
            day = day.AddDays(-1);
        }

        return day;
    }

    private static DateOnly Last(WorkingCalendar calendar, DueQuestion question, DateOnly day0, int remaining)
    {
        if (question.Kind == ClockKind.WD)
        {
            return remaining == 0 ? calendar.RollForward(day0) : calendar.AddWorkingDays(day0, remaining);
        }

        if (remaining > DateOnly.MaxValue.DayNumber - day0.DayNumber)
        {
            throw new DueException("limit-too-long", $"时限过长：{remaining} 天", $"A limit of {remaining} days is past the end of the calendar.");
        }

        var date = day0.AddDays(remaining);
        return question.RollForward ? calendar.RollForward(date) : date;
    }
}
