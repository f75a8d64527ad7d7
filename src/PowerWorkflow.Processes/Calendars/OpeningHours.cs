namespace PowerWorkflow.Processes.Calendars;

/// <summary>
/// All opening hours of a calendar on one line of instants, so that opened time is a subtraction and its inverse a binary search.
/// Real elapsed time is counted: an interval over a change of the clocks is an hour shorter or longer.
/// </summary>
public sealed class OpeningHours
{
    private readonly long[] from;
    private readonly long[] to;
    private readonly long[] before;

    private OpeningHours(List<(long From, long To)> intervals)
    {
        from = [.. intervals.Select(i => i.From)];
        to = [.. intervals.Select(i => i.To)];
        before = new long[from.Length + 1];
        for (var i = 0; i < from.Length; i++)
        {
            before[i + 1] = before[i] + to[i] - from[i];
        }
    }

    internal static OpeningHours Of(WorkingCalendar calendar, BusinessHours hours)
    {
        var intervals = new List<(long, long)>();
        for (var date = WorkingCalendar.FirstDay; date < WorkingCalendar.LastDay; date = date.AddDays(1))
        {
            foreach (var open in calendar.HoursOn(date))
            {
                var (opens, closes) = (calendar.At(date, open.From).UtcTicks, calendar.At(date, open.To).UtcTicks);
                if (closes > opens)
                {
                    intervals.Add((opens, closes));
                }
            }
        }

        return intervals.Count > 0
            ? new OpeningHours(intervals)
            : throw new CalendarException($"The business hours of calendar {calendar.Pin} ({hours.Source ?? "no source"}) never open.");
    }

    /// <summary>Time open between two instants; zero when <paramref name="until"/> is not later.</summary>
    public TimeSpan Between(DateTimeOffset since, DateTimeOffset until) =>
        until <= since ? TimeSpan.Zero : TimeSpan.FromTicks(Before(until.UtcTicks) - Before(since.UtcTicks));

    /// <summary>The earliest instant at which <paramref name="open"/> has been open after <paramref name="start"/>; zero gives the start.</summary>
    public DateTimeOffset After(DateTimeOffset start, TimeSpan open)
    {
        if (open <= TimeSpan.Zero)
        {
            return start;
        }

        var target = Before(start.UtcTicks) + open.Ticks;
        // The first interval whose end has reached the target: an exact fit ends at closing time, not at the next opening.
        var i = Array.BinarySearch(before, 1, before.Length - 1, target);
        i = i < 0 ? ~i : i;
        return i < before.Length
            ? new DateTimeOffset(from[i - 1] + target - before[i - 1], TimeSpan.Zero)
            : throw new CalendarException($"{open.TotalMinutes:0} opening minutes after {start:u} is past the end of the calendar tables.");
    }

    /// <summary>The open pieces between two instants, in order.</summary>
    public IEnumerable<(DateTimeOffset From, DateTimeOffset To)> Pieces(DateTimeOffset since, DateTimeOffset until)
    {
        var i = Array.BinarySearch(to, since.UtcTicks);
        for (i = i < 0 ? ~i : i + 1; i < from.Length && from[i] < until.UtcTicks; i++)
        {
            yield return (new DateTimeOffset(Math.Max(from[i], since.UtcTicks), TimeSpan.Zero), new DateTimeOffset(Math.Min(to[i], until.UtcTicks), TimeSpan.Zero));
        }
    }

    private long Before(long ticks)
    {
        var i = Array.BinarySearch(from, ticks);
        i = i < 0 ? ~i - 1 : i;
        return i < 0 ? 0 : before[i] + Math.Min(ticks, to[i]) - from[i];
    }
}
