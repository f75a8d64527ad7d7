using NodaTime;
using PowerWorkflow.Processes.Clocks;

namespace PowerWorkflow.Processes.Tests.Clocks;

/// <summary>
/// The reckoning done the slow way, from the list of days alone: a table of every minute from 2025 to 2027 and loops that count. Shares
/// nothing with the product but the question.
/// </summary>
internal sealed class MinuteWalker
{
    private static readonly DateTime Origin = new(2024, 12, 1, 0, 0, 0, DateTimeKind.Utc);
    private readonly int[] localDay;
    private readonly bool[] open;
    private readonly HashSet<int> working;

    public MinuteWalker(string zone, int opens, int closes, Dictionary<DateOnly, bool> listed)
    {
        var minutes = (int)(new DateTime(2028, 1, 1, 0, 0, 0, DateTimeKind.Utc) - Origin).TotalMinutes;
        (localDay, open, working) = (new int[minutes], new bool[minutes], []);
        for (var day = new DateOnly(2024, 11, 1); day.Year < 2029; day = day.AddDays(1))
        {
            if (listed.TryGetValue(day, out var off) ? !off : day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
            {
                working.Add(day.DayNumber);
            }
        }

        var tz = DateTimeZoneProviders.Tzdb[zone];
        for (var i = 0; i < minutes; i++)
        {
            var local = Instant.FromDateTimeUtc(Origin.AddMinutes(i)).InZone(tz);
            var date = local.Date.ToDateOnly();
            localDay[i] = date.DayNumber;
            var minute = local.Hour * 60 + local.Minute;
            open[i] = minute >= opens && minute < closes && working.Contains(date.DayNumber);
        }
    }

    public static int Minute(DateTimeOffset at) => (int)((at.UtcTicks - Origin.Ticks) / TimeSpan.TicksPerMinute);

    public DateTimeOffset Moment(DueQuestion question)
    {
        var pauses = question.Pauses!.Select(p => (From: Minute(p.From), To: Minute(p.To!.Value))).ToArray();
        var left = question.Kind == ClockKind.H24 ? question.Limit * 60 : question.Limit;
        var i = Minute(question.Start);
        for (; left > 0; i++)
        {
            var paused = false;
            foreach (var (from, to) in pauses)
            {
                paused |= from <= i && i < to;
            }

            if (!paused && (question.Kind != ClockKind.WHALL || open[i]))
            {
                left--;
            }
        }

        return new DateTimeOffset(Origin.AddMinutes(i), TimeSpan.Zero);
    }

    public DateOnly Date(DueQuestion question)
    {
        var pauses = question.Pauses!.Select(p => (From: localDay[Minute(p.From)], To: localDay[Minute(p.To!.Value)])).Where(p => p.From < p.To).ToArray();
        bool Paused(int d) => Array.Exists(pauses, p => p.From <= d && d <= p.To);
        bool Held(int d) => Array.Exists(pauses, p => p.From <= d && d < p.To);
        var day = localDay[Minute(question.Start)];
        for (var left = question.Limit; left > 0;)
        {
            day++;
            if (!Paused(day) && (question.Kind == ClockKind.CD || working.Contains(day)))
            {
                left--;
            }
        }

        while (question.Kind == ClockKind.CD && question.RollForward && (Held(day) || !working.Contains(day)))
        {
            day++;
        }

        return DateOnly.FromDayNumber(day);
    }
}
