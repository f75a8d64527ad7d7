using System.Collections;
using System.Globalization;

namespace PowerWorkflow.Engine.Timing;

/// <summary>
/// A cron expression: five fields (minute hour day month weekday), six (with seconds in front) or seven (with a year behind). Lists, ranges, steps, names
/// (JAN, MON), <c>?</c>, and for days <c>L</c>, <c>L-3</c>, <c>LW</c>, <c>15W</c>, <c>5L</c> (last Friday), <c>MON#2</c>. Sunday is 0 or 7. Day and weekday must both fit.
/// </summary>
public sealed class CronSchedule
{
    private static readonly string[] months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
    private static readonly string[] weekdays = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];
    private readonly BitArray seconds, minutes, hours, monthsOfYear;
    private readonly List<Func<DateOnly, bool>> days, daysOfWeek;
    private readonly Func<int, bool> years;

    private CronSchedule(string[] fields, string text)
    {
        seconds = Numbers(fields[0], 0, 59, [], "second", text);
        minutes = Numbers(fields[1], 0, 59, [], "minute", text);
        hours = Numbers(fields[2], 0, 23, [], "hour", text);
        days = [.. fields[3].Split(',').Select(part => DayOfMonth(part, text))];
        monthsOfYear = Numbers(fields[4], 1, 12, months, "month", text);
        daysOfWeek = [.. fields[5].Split(',').Select(part => DayOfWeek(part, text))];
        if (fields[6] is "*" or "?") years = _ => true;
        else
        {
            var chosen = Numbers(fields[6], 1970, 2199, [], "year", text);
            years = year => year < chosen.Length && chosen[year];
        }
    }

    /// <summary>Reads an expression.</summary>
    /// <exception cref="FormatException">It cannot be read; the message names the field.</exception>
    public static CronSchedule Parse(string text)
    {
        var fields = text.ToUpperInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return fields.Length switch
        {
            5 => new(["0", .. fields, "*"], text),
            6 => new([.. fields, "*"], text),
            7 => new(fields, text),
            _ => throw new FormatException($"'{text}' has {fields.Length} fields; a cron expression has 5 (minute hour day month weekday), 6 (second in front) or 7 (year behind)."),
        };
    }

    /// <summary>The first occurrence strictly after an instant, UTC; null when there is none within a hundred years.</summary>
    /// <remarks>A local time that a clock change skips happens when the change is over; one that happens twice counts the first time.</remarks>
    public DateTimeOffset? Next(DateTimeOffset after, TimeZoneInfo timeZone)
    {
        var local = TimeZoneInfo.ConvertTime(after, timeZone).DateTime;
        var from = local.AddTicks(TimeSpan.TicksPerSecond - local.Ticks % TimeSpan.TicksPerSecond);
        var date = DateOnly.FromDateTime(from);
        var last = date.AddYears(Math.Min(100, 9998 - date.Year));
        for (var earliest = TimeOnly.FromDateTime(from); date < last;)
        {
            if (!years(date.Year)) { date = new DateOnly(date.Year + 1, 1, 1); earliest = TimeOnly.MinValue; continue; }
            if (!monthsOfYear[date.Month]) { date = new DateOnly(date.Year, date.Month, 1).AddMonths(1); earliest = TimeOnly.MinValue; continue; }
            if (days.Exists(d => d(date)) && daysOfWeek.Exists(d => d(date)))
            {
                for (var time = TimeFrom(earliest); time is { } found; time = found == TimeOnly.MaxValue ? null : TimeFrom(found.Add(TimeSpan.FromSeconds(1), out var wrapped), wrapped))
                {
                    var instant = ToInstant(date.ToDateTime(found), timeZone);
                    // The second pass through an ambiguous hour was behind us already.
                    if (instant > after) return instant;
                }
            }
            date = date.AddDays(1);
            earliest = TimeOnly.MinValue;
        }
        return null;
    }

    private TimeOnly? TimeFrom(TimeOnly earliest, int wrappedDays = 0)
    {
        if (wrappedDays > 0) return null;
        for (var hour = earliest.Hour; hour < 24; hour++)
        {
            if (!hours[hour]) continue;
            for (var minute = hour == earliest.Hour ? earliest.Minute : 0; minute < 60; minute++)
            {
                if (!minutes[minute]) continue;
                for (var second = hour == earliest.Hour && minute == earliest.Minute ? earliest.Second : 0; second < 60; second++)
                    if (seconds[second]) return new TimeOnly(hour, minute, second);
            }
        }
        return null;
    }

    private static DateTimeOffset ToInstant(DateTime local, TimeZoneInfo timeZone)
    {
        if (timeZone.IsInvalidTime(local))
        {
            var after = local;
            while (timeZone.IsInvalidTime(after)) after = after.AddMinutes(1);
            local = new DateTime(after.Year, after.Month, after.Day, after.Hour, after.Minute, 0);
        }
        var offset = timeZone.IsAmbiguousTime(local) ? timeZone.GetAmbiguousTimeOffsets(local).Max() : timeZone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }

    private static BitArray Numbers(string field, int least, int most, string[] names, string what, string text)
    {
        var chosen = new BitArray(most + 1);
        foreach (var part in field.Split(','))
        {
            var (first, last, step) = Range(part, least, most, names, what, text);
            for (var i = first; ; i += step)
            {
                // 22-2 runs over midnight, NOV-FEB over the new year.
                if (first <= last ? i > last : i - (most - least + 1) > last) break;
                chosen[i > most ? i - (most - least + 1) : i] = true;
            }
        }
        return chosen;
    }

    private static (int First, int Last, int Step) Range(string part, int least, int most, string[] names, string what, string text)
    {
        var slash = part.Split('/');
        var step = slash.Length == 1 ? 1 : slash.Length == 2 && int.TryParse(slash[1], NumberStyles.None, CultureInfo.InvariantCulture, out var by) && by > 0 ? by : throw Bad(part, what, text);
        if (slash[0] is "*" or "?") return (least, most, step);
        var ends = slash[0].Split('-');
        if (ends.Length > 2) throw Bad(part, what, text);
        var first = Number(ends[0]);
        return (first, ends.Length == 2 ? Number(ends[1]) : slash.Length == 2 ? most : first, step);

        int Number(string value)
        {
            var name = Array.IndexOf(names, value);
            if (name >= 0) return name + least;
            return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number : throw Bad(part, what, text);
        }
    }

    private static Func<DateOnly, bool> DayOfMonth(string part, string text)
    {
        if (part == "L") return date => date.Day == LastDay(date);
        if (part == "LW") return date => date == NearestWorkday(date, LastDay(date));
        if (part.StartsWith("L-", StringComparison.Ordinal) && int.TryParse(part.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var before) && before < 31)
            return date => date.Day == LastDay(date) - before;
        if (part.EndsWith('W') && int.TryParse(part.AsSpan(0, part.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var near) && near is >= 1 and <= 31)
            return date => near <= LastDay(date) && date == NearestWorkday(date, near);
        var chosen = Numbers(part, 1, 31, [], "day", text);
        return date => chosen[date.Day];
    }

    private static Func<DateOnly, bool> DayOfWeek(string part, string text)
    {
        if (part.Split('#') is [var weekday, var nth] && int.TryParse(nth, NumberStyles.None, CultureInfo.InvariantCulture, out var which) && which is >= 1 and <= 5)
        {
            var day = Weekday(weekday, part, text);
            return date => date.DayOfWeek == day && (date.Day - 1) / 7 + 1 == which;
        }
        if (part.Length > 1 && part.EndsWith('L'))
        {
            var day = Weekday(part[..^1], part, text);
            return date => date.DayOfWeek == day && date.Day + 7 > LastDay(date);
        }
        var (first, last, step) = Range(part, 0, 7, weekdays, "weekday", text);
        if (part.StartsWith('*') || part == "?") last = 6;
        var chosen = new bool[7];
        for (var i = first; i <= (last < first ? last + 7 : last); i += step) chosen[i % 7] = true;
        return date => chosen[(int)date.DayOfWeek];
    }

    private static DayOfWeek Weekday(string value, string part, string text)
    {
        var name = Array.IndexOf(weekdays, value);
        if (name < 0 && (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out name) || name > 7)) throw Bad(part, "weekday", text);
        return (DayOfWeek)(name % 7);
    }

    private static int LastDay(DateOnly date) => DateTime.DaysInMonth(date.Year, date.Month);

    /// <summary>Monday to Friday nearest to a day, within its month.</summary>
    private static DateOnly NearestWorkday(DateOnly month, int day)
    {
        var date = new DateOnly(month.Year, month.Month, day);
        return date.DayOfWeek switch
        {
            System.DayOfWeek.Saturday => day == 1 ? date.AddDays(2) : date.AddDays(-1),
            System.DayOfWeek.Sunday => day == LastDay(date) ? date.AddDays(-2) : date.AddDays(1),
            _ => date,
        };
    }

    private static FormatException Bad(string part, string what, string text) => new($"'{part}' is no {what} in the cron expression '{text}'.");
}
