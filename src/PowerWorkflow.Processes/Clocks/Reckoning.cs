using System.Globalization;
using PowerWorkflow.Processes.Calendars;
using PowerWorkflow.Processes.Documents;

namespace PowerWorkflow.Processes.Clocks;

/// <param name="Count">What has been used when this line ends, in the unit of the clock; null on a line that counts nothing.</param>
public readonly record struct ReckoningLine(DateOnly Date, LocalText Text, decimal? Count);

/// <summary>
/// The reckoning of a due date in words, one line a day, so that a manager can check it with a paper calendar. It walks the days and
/// agrees with <see cref="Due"/> by test, not by sharing code with it.
/// </summary>
public static class Reckoning
{
    /// <summary>A reckoning longer than this is cut: nobody checks five years by hand.</summary>
    public const int LongestInDays = 1_900;

    private static readonly CultureInfo Chinese = CultureInfo.GetCultureInfo("zh-CN");

    /// <param name="until">Where to stop when there is no due date yet, such as now; null reckons up to the due date only.</param>
    public static IReadOnlyList<ReckoningLine> Of(WorkingCalendar calendar, DueQuestion question, DateTimeOffset? until = null)
    {
        var due = Due.Compute(calendar, question);
        var lines = question.Kind is ClockKind.WD or ClockKind.CD
            ? DayLines(calendar, question, due?.Date, until)
            : ElapsedLines.Of(calendar, question, due?.At ?? until ?? question.Start);
        if (due is { } answer)
        {
            lines.Add(DueLine(calendar, question, answer));
        }
        else
        {
            lines.Add(new ReckoningLine(calendar.DateAt(until ?? question.Start), new LocalText("暂停中，恢复后才有到期时间", "Paused: there is no due date until the pause ends."), null));
        }

        return lines;
    }

    /// <summary>“2026-11-02 周一” / “2026-11-02 Mon”.</summary>
    internal static LocalText DayName(DateOnly date) => new(
        $"{date:yyyy-MM-dd} {Chinese.DateTimeFormat.GetAbbreviatedDayName(date.DayOfWeek)}",
        date.ToString("yyyy-MM-dd ddd", CultureInfo.InvariantCulture));

    private static List<ReckoningLine> DayLines(WorkingCalendar calendar, DueQuestion question, DateOnly? due, DateTimeOffset? until)
    {
        var start = calendar.DateAt(question.Start);
        var pauses = DayCount.Spans(calendar, question.Pauses);
        var last = due ?? (until is { } u ? calendar.DateAt(u) : start);
        var lines = new List<ReckoningLine> { Line(start, "起始日，不计", "start day, not counted", null) };
        var count = 0;
        for (var date = start.AddDays(1); date <= last && lines.Count < LongestInDays; date = date.AddDays(1))
        {
            var pause = pauses.FirstOrDefault(p => p.From <= date && (p.To is null || p.To >= date));
            if (pause != default)
            {
                lines.Add(date == pause.From ? Line(date, "暂停开始，不计", "pause begins, not counted", null)
                    : date == pause.To ? Line(date, "恢复，新的起始日，不计", "resumed, new day 0, not counted", null)
                    : Line(date, "暂停中，不计", "paused, not counted", null));
                continue;
            }

            lines.Add(CountedOrNot(calendar, question, date, ref count));
        }

        return lines;
    }

    private static ReckoningLine CountedOrNot(WorkingCalendar calendar, DueQuestion question, DateOnly date, ref int count)
    {
        if (question.Kind == ClockKind.CD)
        {
            return count < question.Limit
                ? Line(date, $"第 {++count} 天，共 {question.Limit} 天", $"day {count} of {question.Limit}", count)
                : Line(date, $"末日遇{Words(calendar.Day(date)).Zh}，顺延", $"the last day was a day of rest, rolled forward to this {Words(calendar.Day(date)).En}", null);
        }

        var day = calendar.Day(date);
        var words = Words(day);
        var unknown = day.HasNotice ? new LocalText("", "") : new LocalText("（该年放假通知未加载，暂定）", " (provisional: no holiday notice of that year is loaded)");
        return day.IsWorking
            ? Line(date, $"{words.Zh}，第 {++count} 天，共 {question.Limit} 天{unknown.Zh}", $"{words.En}, day {count} of {question.Limit}{unknown.En}", count)
            : Line(date, $"{words.Zh}，不计{unknown.Zh}", $"{words.En}, not counted{unknown.En}", null);
    }

    private static LocalText Words(DayFacts day) => day.Kind switch
    {
        DayKind.Working => new LocalText("工作日", "working day"),
        DayKind.MakeUp => new LocalText("调休上班日", "make-up working day"),
        DayKind.Weekend => new LocalText("周休日", "weekend"),
        DayKind.Holiday => new LocalText($"节假日{(day.Name is null ? "" : $"（{day.Name}）")}", $"holiday{(day.Name is null ? "" : $" ({day.Name})")}"),
        _ => throw new System.Diagnostics.UnreachableException($"No words for day kind {day.Kind}."),
    };

    private static ReckoningLine DueLine(WorkingCalendar calendar, DueQuestion question, DueAnswer due)
    {
        var local = calendar.LocalAt(due.At);
        // The end of a day reads 24:00 of that day, not 00:00 of the next.
        var at = due.Date is { } day && DateOnly.FromDateTime(local) != day ? $"{day:yyyy-MM-dd} 24:00" : local.ToString(local.Second == 0 ? "yyyy-MM-dd HH:mm" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        var mark = due.Provisional ? new LocalText("（暂定）", " (provisional)") : new LocalText("", "");
        return new ReckoningLine(due.Date ?? DateOnly.FromDateTime(local), new LocalText(
            $"到期 {at}{mark.Zh}；日历 {calendar.Pin}，{calendar.Zone.Id}", $"Due {at}{mark.En}; calendar {calendar.Pin}, {calendar.Zone.Id}"), question.Limit);
    }

    private static ReckoningLine Line(DateOnly date, string zh, string en, decimal? count)
    {
        var name = DayName(date);
        return new ReckoningLine(date, new LocalText($"{name.Zh}  {zh}", $"{name.En}  {en}"), count);
    }
}
