using System.Globalization;
using PowerWorkflow.Processes.Calendars;
using PowerWorkflow.Processes.Documents;

namespace PowerWorkflow.Processes.Clocks;

/// <summary>
/// Questions and answers as text, for the command line and for files: dates as <c>2026-11-02</c>, instants as <c>2026-11-02T08:30</c> in the
/// calendar's zone or with their own offset. Every wrong value is noted with its field; nothing is guessed.
/// </summary>
public static class DueText
{
    /// <summary>The one rule whose problem is a remark: the line was answered all the same.</summary>
    public const string UnknownField = "unknown-field";

    private static readonly string[] Local = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF"];
    private static readonly string[] BatchFields = ["kind", "limit", "start", "rollForward", "pauses"];
    private static readonly string[] Offset = [.. Local.Select(f => f + "zzz"), .. Local.Select(f => f + "'Z'")];

    /// <summary>A date is the start of that day in the calendar's zone.</summary>
    public static DateTimeOffset? Point(string text, WorkingCalendar calendar)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return calendar.StartOf(date);
        }

        if (DateTime.TryParseExact(text, Local, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            var minute = calendar.At(DateOnly.FromDateTime(local), local.Hour * 60 + local.Minute);
            return minute.AddTicks(local.TimeOfDay.Ticks % TimeSpan.TicksPerMinute);
        }

        return DateTimeOffset.TryParseExact(text, Offset, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? instant.ToUniversalTime()
            : null;
    }

    /// <summary>The options of the command line as a question; null when a problem was noted, each under the option's name.</summary>
    public static DueQuestion? Question(
        string kind, string limit, string start, bool rollForward, IReadOnlyList<string> pauses, WorkingCalendar calendar, List<Problem> problems)
    {
        var known = problems.Count;
        if (!int.TryParse(limit, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var amount))
        {
            problems.Add(new Problem("--limit", "not-a-whole-number", new LocalText($"“{limit}”不是整数", $"'{limit}' is not a whole number")));
        }

        var spans = new List<PauseSpan>();
        foreach (var pause in pauses)
        {
            var ends = pause.Split("..");
            if (ends.Length != 2)
            {
                problems.Add(new Problem("--pause", "not-a-span", new LocalText(
                    $"“{pause}”应为 开始..结束，例如 2026-11-05..2026-11-12", $"'{pause}' is not FROM..TO, such as 2026-11-05..2026-11-12")));
                continue;
            }

            Span("--pause", ends[0], ends[1], calendar, spans, problems);
        }

        var question = Question("--", kind, amount, start, rollForward, spans, calendar, problems);
        return problems.Count == known ? question : null;
    }

    /// <summary>
    /// One line of a batch file as a question, with the start as it was written; null when a problem was noted. A field nobody knows is
    /// noted under <see cref="UnknownField"/> and does not stop the answer: the line may carry its own remarks, but a misspelt
    /// <c>rollforward</c> must not go unseen.
    /// </summary>
    public static (DueQuestion Question, string Start)? Line(string json, WorkingCalendar calendar, List<Problem> problems)
    {
        var known = problems.Count;
        if (JsonField.Open(json, problems) is not { } root)
        {
            return null;
        }

        var spans = new List<PauseSpan>();
        foreach (var pause in root["pauses"].Items())
        {
            Span(pause.Path, pause["from"].RequiredText(), pause["to"].RequiredText(), calendar, spans, problems);
        }

        var start = root["start"].RequiredText();
        var question = Question("", root["kind"].RequiredText(), root["limit"].RequiredWhole(0), start,
            root["rollForward"].Flag() ?? false, spans, calendar, problems);
        var wrong = problems.Count > known;
        foreach (var name in root.Names().Except(BatchFields))
        {
            root[name].Wrong(UnknownField, $"未知字段，已忽略；应为 {string.Join("、", BatchFields)}", $"is not a field and was ignored; known are {string.Join(", ", BatchFields)}");
        }

        return wrong || question is null ? null : (question, start);
    }

    /// <summary>
    /// A date for days; for hours and minutes the instant with the offset of the calendar's zone, or in UTC when the question was asked
    /// in UTC (<paramref name="start"/> ends in Z).
    /// </summary>
    public static string Format(DueAnswer answer, WorkingCalendar calendar, string start)
    {
        if (answer.Date is { } date)
        {
            return date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        }

        var seconds = answer.At.UtcTicks % TimeSpan.TicksPerSecond == 0 ? "" : ".FFFFFFF";
        if (start.EndsWith('Z'))
        {
            return answer.At.UtcDateTime.ToString($"yyyy-MM-dd'T'HH:mm:ss{seconds}'Z'", CultureInfo.InvariantCulture);
        }

        var local = calendar.LocalAt(answer.At);
        return new DateTimeOffset(local, local - answer.At.UtcDateTime).ToString($"yyyy-MM-dd'T'HH:mm:ss{seconds}zzz", CultureInfo.InvariantCulture);
    }

    private static DueQuestion? Question(
        string prefix, string kind, int limit, string start, bool rollForward, List<PauseSpan> pauses, WorkingCalendar calendar, List<Problem> problems)
    {
        if (kind.Length > 0 && !Enum.GetNames<ClockKind>().Contains(kind, StringComparer.Ordinal))
        {
            problems.Add(new Problem(prefix + "kind", "unknown-value", new LocalText(
                $"“{kind}”不是 WD、CD、H24、MIN24、WHALL 之一", $"'{kind}' is not one of WD, CD, H24, MIN24, WHALL")));
        }

        if (limit < 0)
        {
            problems.Add(new Problem(prefix + "limit", "negative-limit", new LocalText($"时限不能为负数：{limit}", $"a limit cannot be negative: {limit}")));
        }

        var point = Read(prefix + "start", start, calendar, problems);
        return point is { } at && Enum.TryParse<ClockKind>(kind, out var clock) ? new DueQuestion(clock, limit, at, rollForward, pauses) : null;
    }

    private static void Span(string field, string from, string to, WorkingCalendar calendar, List<PauseSpan> spans, List<Problem> problems)
    {
        if (Read(field + (field.StartsWith('-') ? "" : ".from"), from, calendar, problems) is not { } begins
            || Read(field + (field.StartsWith('-') ? "" : ".to"), to, calendar, problems) is not { } ends)
        {
            return;
        }

        if (ends < begins)
        {
            problems.Add(new Problem(field, "resume-before-pause", new LocalText(
                $"暂停在 {to} 结束，早于其开始 {from}", $"the pause ends at {to}, before it begins at {from}")));
            return;
        }

        spans.Add(new PauseSpan(begins, ends));
    }

    private static DateTimeOffset? Read(string field, string text, WorkingCalendar calendar, List<Problem> problems)
    {
        var point = text.Length == 0 ? null : Point(text, calendar);
        if (point is null && text.Length > 0)
        {
            problems.Add(new Problem(field, "not-a-point-in-time", new LocalText(
                $"“{text}”既不是日期（2026-11-02）也不是时刻（2026-11-02T08:30 或带时区）", $"'{text}' is neither a date (2026-11-02) nor an instant (2026-11-02T08:30, with or without an offset)")));
        }

        return point;
    }
}
