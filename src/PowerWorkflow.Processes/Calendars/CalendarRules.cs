using PowerWorkflow.Processes.Documents;

namespace PowerWorkflow.Processes.Calendars;

/// <summary>
/// What a calendar must satisfy beyond its shape. The State Council's notices are retyped by hand each November, so most rules look for
/// the slips of typing: a day of another year, a day twice, a hole in a run of holidays, a holiday forgotten.
/// </summary>
internal static class CalendarRules
{
    /// <summary>A hole of more unlisted weekdays than this is the ordinary gap between two holidays (2026: three days before 1 October).</summary>
    private const int LongestHole = 2;

    public static void Check(CalendarDocument document, JsonField root)
    {
        var fields = root["years"].Items();
        var seen = new HashSet<int>();
        for (var i = 0; i < document.Years.Count; i++)
        {
            var year = document.Years[i];
            if (!seen.Add(year.Year))
            {
                fields[i]["year"].Wrong("duplicate", $"{year.Year} 年重复", $"{year.Year} is listed twice");
            }

            CheckDays(year, document, fields[i]);
        }

        for (var year = seen.DefaultIfEmpty().Min(); year < seen.DefaultIfEmpty().Max(); year++)
        {
            if (!seen.Contains(year))
            {
                root["years"].Wrong("year-gap", $"缺少 {year} 年", $"{year} is missing between years that are listed");
            }
        }
    }

    private static void CheckDays(CalendarYear year, CalendarDocument document, JsonField field)
    {
        var days = field["days"].Items();
        var listed = new Dictionary<DateOnly, ListedDay>();
        for (var i = 0; i < year.Days.Count; i++)
        {
            var day = year.Days[i];
            if (day.Date == default)
            {
                continue;
            }

            if (day.Date.Year != year.Year)
            {
                days[i]["date"].Wrong("day-outside-year", $"{day.Date:yyyy-MM-dd} 不在 {year.Year} 年内", $"{day.Date:yyyy-MM-dd} is not in {year.Year}");
            }
            else if (!listed.TryAdd(day.Date, day))
            {
                days[i]["date"].Wrong("duplicate", $"{day.Date:yyyy-MM-dd} 重复", $"{day.Date:yyyy-MM-dd} is listed twice");
            }
            else if (!day.IsOffDay && document.Weekend is { } weekend && !weekend.Contains(day.Date.DayOfWeek))
            {
                days[i].Wrong("make-up-on-weekday", $"{day.Date:yyyy-MM-dd} 本来就是工作日", $"{day.Date:yyyy-MM-dd} is a working day anyway; check the date");
            }
        }

        if (year.Paper is null || document.Parent is not null)
        {
            return;
        }

        CheckNotice(year, document, listed, field);
    }

    private static void CheckNotice(CalendarYear year, CalendarDocument document, Dictionary<DateOnly, ListedDay> listed, JsonField field)
    {
        var weekend = document.Weekend ?? new HashSet<DayOfWeek>();
        foreach (var holiday in document.FixedHolidays)
        {
            var date = new DateOnly(year.Year, holiday.Month, holiday.Day);
            if (listed.GetValueOrDefault(date) is not { IsOffDay: true })
            {
                field["days"].Wrong("statutory-missing", $"缺少法定节假日 {holiday.Name} {date:yyyy-MM-dd}", $"the statutory holiday {date:yyyy-MM-dd} ({holiday.Name}) is not off");
            }
        }

        var off = listed.Values.Where(d => d.IsOffDay).Select(d => d.Date).Order().ToList();
        foreach (var (before, after) in off.Zip(off.Skip(1)))
        {
            var hole = after.DayNumber - before.DayNumber - 1;
            var unlisted = Enumerable.Range(1, Math.Max(0, hole)).Select(before.AddDays)
                .Count(d => !listed.ContainsKey(d) && !weekend.Contains(d.DayOfWeek));
            if (hole is > 0 and <= LongestHole && unlisted > 0)
            {
                field["days"].Wrong("gap", $"{before:yyyy-MM-dd} 与 {after:yyyy-MM-dd} 之间有漏列的日期", $"there is a hole between {before:yyyy-MM-dd} and {after:yyyy-MM-dd}");
            }
        }

        var working = DaysOf(year.Year)
            .Where(d => listed.TryGetValue(d, out var day) ? !day.IsOffDay : !weekend.Contains(d.DayOfWeek)).ToList();
        if (year.WorkingDays is { } sum && sum != working.Count)
        {
            field["workingDays"].Wrong("control-sum", $"所列日期得出 {working.Count} 个工作日，而不是 {sum} 个", $"the days listed give {working.Count} working days, not {sum}");
        }

        var months = Enumerable.Range(1, 12).Select(m => working.Count(d => d.Month == m)).ToList();
        if (year.WorkingDaysByMonth is { } expected && !expected.SequenceEqual(months))
        {
            field["workingDaysByMonth"].Wrong("control-sum", $"所列日期得出每月 {string.Join(' ', months)}", $"the days listed give {string.Join(' ', months)}");
        }
    }

    private static IEnumerable<DateOnly> DaysOf(int year)
    {
        var first = new DateOnly(year, 1, 1);
        return Enumerable.Range(0, DateTime.IsLeapYear(year) ? 366 : 365).Select(first.AddDays);
    }
}
