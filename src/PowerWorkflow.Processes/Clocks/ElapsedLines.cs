using PowerWorkflow.Processes.Calendars;
using PowerWorkflow.Processes.Documents;

namespace PowerWorkflow.Processes.Clocks;

/// <summary>The reckoning of hours and minutes: each local day's running pieces and what they add up to.</summary>
internal static class ElapsedLines
{
    public static List<ReckoningLine> Of(WorkingCalendar calendar, DueQuestion question, DateTimeOffset end)
    {
        var start = question.Start;
        var lines = new List<ReckoningLine> { Line(calendar, start, $"{Clock(calendar, start)} 起算", $"{Clock(calendar, start)} starts") };
        var used = 0m;
        var from = start;
        foreach (var pause in PauseUnion.Of(question.Pauses, start).Where(p => p.From < end))
        {
            Run(calendar, question, from, pause.From, ref used, lines);
            var to = pause.To is { } until ? Stamp(calendar, until) : null;
            lines.Add(Line(calendar, pause.From,
                to is null ? $"{Clock(calendar, pause.From)} 起暂停" : $"{Clock(calendar, pause.From)} 暂停，至 {to} 恢复",
                to is null ? $"{Clock(calendar, pause.From)} paused" : $"{Clock(calendar, pause.From)} paused until {to}"));
            from = pause.To ?? end;
        }

        Run(calendar, question, from, end, ref used, lines);
        return lines;
    }

    private static void Run(
        WorkingCalendar calendar, DueQuestion question, DateTimeOffset from, DateTimeOffset to, ref decimal used, List<ReckoningLine> lines)
    {
        var pieces = question.Kind == ClockKind.WHALL ? calendar.Opening!.Pieces(from, to) : ByDay(calendar, from, to); // WHALL without hours is refused before
        foreach (var (opens, closes) in pieces)
        {
            if (lines.Count >= Reckoning.LongestInDays || closes <= opens)
            {
                return;
            }

            var amount = In(question.Kind, closes - opens);
            used += amount;
            var unit = question.Kind == ClockKind.H24 ? new LocalText("小时", "h") : new LocalText("分钟", "min");
            var piece = $"{Clock(calendar, opens)}–{EndOfPiece(calendar, opens, closes)}";
            var total = $"{used:0.##}/{question.Limit}";
            lines.Add(Line(calendar, opens, $"{piece} 计 {amount:0.##} {unit.Zh}，累计 {total}", $"{piece} counts {amount:0.##} {unit.En}, {total} so far") with { Count = used });
        }
    }

    internal static decimal In(ClockKind kind, TimeSpan time) =>
        kind == ClockKind.H24 ? time.Ticks / (decimal)TimeSpan.TicksPerHour : time.Ticks / (decimal)TimeSpan.TicksPerMinute;

    private static IEnumerable<(DateTimeOffset From, DateTimeOffset To)> ByDay(WorkingCalendar calendar, DateTimeOffset from, DateTimeOffset to)
    {
        while (from < to)
        {
            var midnight = calendar.StartOf(calendar.DateAt(from).AddDays(1));
            var end = midnight < to ? midnight : to;
            yield return (from, end);
            from = end;
        }
    }

    private static ReckoningLine Line(WorkingCalendar calendar, DateTimeOffset at, string zh, string en)
    {
        var date = calendar.DateAt(at);
        var name = Reckoning.DayName(date);
        return new ReckoningLine(date, new LocalText($"{name.Zh}  {zh}", $"{name.En}  {en}"), null);
    }

    private static string EndOfPiece(WorkingCalendar calendar, DateTimeOffset opens, DateTimeOffset closes) =>
        calendar.DateAt(closes) == calendar.DateAt(opens) ? Clock(calendar, closes) : "24:00";

    private static string Clock(WorkingCalendar calendar, DateTimeOffset at) => Format(calendar.LocalAt(at), "HH:mm");

    private static string Stamp(WorkingCalendar calendar, DateTimeOffset at) => Format(calendar.LocalAt(at), "yyyy-MM-dd HH:mm");

    private static string Format(DateTime local, string format) =>
        local.ToString(local.Second == 0 ? format : format + ":ss", System.Globalization.CultureInfo.InvariantCulture);
}
