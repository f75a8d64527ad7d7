using PowerWorkflow.Processes.Calendars;

namespace PowerWorkflow.Processes.Clocks;

/// <summary>How much of a limit has been used, in the unit of the clock.</summary>
internal static class Usage
{
    /// <summary>Counted up to and including the day (days) or up to the instant (hours, minutes).</summary>
    public static decimal At(WorkingCalendar calendar, DueQuestion question, DateTimeOffset at) => question.Kind is ClockKind.WD or ClockKind.CD
        ? Days(calendar, question, calendar.DateAt(at))
        : Elapsed(calendar, question, at);

    /// <summary>How far past a due date, counted the same way; days begin to count after the due day.</summary>
    public static decimal Past(WorkingCalendar calendar, ClockKind kind, DueAnswer due, DateTimeOffset at) => kind switch
    {
        ClockKind.WD => calendar.CountWorkingDays(due.Date!.Value, calendar.DateAt(at)), // days always have a date
        ClockKind.CD => Math.Max(0, calendar.DateAt(at).DayNumber - due.Date!.Value.DayNumber),
        ClockKind.WHALL => ElapsedLines.In(kind, calendar.Opening!.Between(due.At, at)), // refused before without hours
        _ => ElapsedLines.In(kind, at - due.At),
    };

    private static int Days(WorkingCalendar calendar, DueQuestion question, DateOnly at)
    {
        var day0 = calendar.DateAt(question.Start);
        var used = 0;
        foreach (var pause in DayCount.Spans(calendar, question.Pauses))
        {
            if (pause.To <= day0)
            {
                continue;
            }

            if (pause.From > at)
            {
                break;
            }

            used += DayCount.Used(calendar, question.Kind, day0, pause.From);
            if (pause.To is not { } resumed || resumed >= at)
            {
                return used;
            }

            day0 = resumed;
        }

        return used + DayCount.Used(calendar, question.Kind, day0, at.AddDays(1));
    }

    private static decimal Elapsed(WorkingCalendar calendar, DueQuestion question, DateTimeOffset at)
    {
        var hours = question.Kind == ClockKind.WHALL ? calendar.Opening : null;
        TimeSpan Between(DateTimeOffset from, DateTimeOffset to) => to <= from ? TimeSpan.Zero : hours is null ? to - from : hours.Between(from, to);
        var used = TimeSpan.Zero;
        var from = question.Start;
        foreach (var pause in PauseUnion.Of(question.Pauses, question.Start))
        {
            if (pause.From >= at)
            {
                break;
            }

            used += Between(from, pause.From);
            if (pause.To is not { } resumed || resumed >= at)
            {
                return ElapsedLines.In(question.Kind, used);
            }

            from = resumed;
        }

        return ElapsedLines.In(question.Kind, used + Between(from, at));
    }
}
