using PowerWorkflow.Processes.Calendars;

namespace PowerWorkflow.Processes.Clocks;

/// <summary>The five ways this business measures a limit.</summary>
public enum ClockKind
{
    /// <summary>Working days of the region's calendar, in days.</summary>
    WD,

    /// <summary>Calendar days, in days; may roll forward off a day of rest.</summary>
    CD,

    /// <summary>Continuous hours.</summary>
    H24,

    /// <summary>Continuous minutes, around the clock, no holidays.</summary>
    MIN24,

    /// <summary>Minutes of opening hours.</summary>
    WHALL,
}

/// <summary>A time in which the limit does not run. <see cref="To"/> is null while it lasts.</summary>
public readonly record struct PauseSpan(DateTimeOffset From, DateTimeOffset? To);

/// <summary>What is asked: a limit in the unit of its kind, from a start.</summary>
/// <param name="Start">For days the local date counts and is day 0, not counted; for hours and minutes the instant counts.</param>
/// <param name="RollForward">Only for <see cref="ClockKind.CD"/>: a last day of rest moves to the next working day. WD always does.</param>
/// <param name="Pauses">In any order; they may overlap.</param>
public sealed record DueQuestion(
    ClockKind Kind, int Limit, DateTimeOffset Start, bool RollForward = false, IReadOnlyList<PauseSpan>? Pauses = null);

/// <param name="Date">The last day, for days only.</param>
/// <param name="At">The instant the limit ends: close of business of <paramref name="Date"/>, or 24:00 without business hours.</param>
/// <param name="Provisional">A counted day lies in a year whose holiday notice is not loaded; the date may change when it is.</param>
public readonly record struct DueAnswer(ClockKind Kind, DateOnly? Date, DateTimeOffset At, bool Provisional);

/// <summary>
/// When a limit ends (domain document 0.3). Day 0 is not counted. A pause stops the count before its first day; the day it ends is the
/// new day 0. A pause that ends the day it began does not move a count of days. Overlapping pauses are one pause. A pause that begins
/// when the limit has passed changes nothing.
/// </summary>
public static class Due
{
    /// <returns>Null while an open pause holds the limit back: there is no due date until it ends.</returns>
    /// <exception cref="DueException">The question has no answer: a negative limit, a pause that ends before it begins, no business hours.</exception>
    public static DueAnswer? Compute(WorkingCalendar calendar, DueQuestion question)
    {
        Check(calendar, question);
        return question.Kind switch
        {
            ClockKind.WD or ClockKind.CD => Days(calendar, question),
            ClockKind.H24 => Elapsed(question, TimeSpan.FromHours(question.Limit), null),
            ClockKind.MIN24 => Elapsed(question, TimeSpan.FromMinutes(question.Limit), null),
            ClockKind.WHALL => Opened(calendar, question),
            _ => throw new System.Diagnostics.UnreachableException($"No reckoning for clock kind {question.Kind}."),
        };
    }

    /// <summary>
    /// The last day on which a notice may be received for an outage: counted backwards in full days from its start, the day of proven
    /// receipt not counted. An outage on the 18th with 7 days' notice: received on the 10th at the latest.
    /// </summary>
    public static DateOnly LatestNotice(WorkingCalendar calendar, DateTimeOffset outageStart, int leadDays) =>
        calendar.DateAt(outageStart).AddDays(-leadDays - 1);

    private static DueAnswer? Days(WorkingCalendar calendar, DueQuestion question)
    {
        var start = calendar.DateAt(question.Start);
        if (DayCount.Land(calendar, question, start, DayCount.Spans(calendar, question.Pauses)) is not { } date)
        {
            return null;
        }

        var provisional = question.Kind == ClockKind.WD
            ? calendar.TouchesUnknownYear(start, date)
            : question.RollForward && calendar.TouchesUnknownYear(DayCount.BeforeRoll(calendar, date), date);
        return new DueAnswer(question.Kind, date, calendar.CloseOf(date), provisional);
    }

    private static DueAnswer? Opened(WorkingCalendar calendar, DueQuestion question)
    {
        var answer = Elapsed(question, TimeSpan.FromMinutes(question.Limit), calendar.Opening);
        return answer is not { } due ? null : due with
        {
            Provisional = calendar.TouchesUnknownYear(calendar.DateAt(question.Start).AddDays(-1), calendar.DateAt(due.At)),
        };
    }

    private static DueAnswer? Elapsed(DueQuestion question, TimeSpan limit, OpeningHours? hours)
    {
        var from = question.Start;
        var remaining = limit;
        foreach (var pause in PauseUnion.Of(question.Pauses, question.Start))
        {
            var due = hours is null ? from + remaining : hours.After(from, remaining);
            if (pause.From >= due)
            {
                break;
            }

            if (pause.To is not { } resumed)
            {
                return null;
            }

            remaining -= hours is null ? pause.From - from : hours.Between(from, pause.From);
            from = resumed;
        }

        var at = hours is null ? from + remaining : hours.After(from, remaining);
        return new DueAnswer(question.Kind, null, at.ToUniversalTime(), false);
    }

    private static void Check(WorkingCalendar calendar, DueQuestion question)
    {
        if (question.Limit < 0)
        {
            throw new DueException("negative-limit", $"时限不能为负数：{question.Limit}", $"A limit cannot be negative: {question.Limit}.");
        }

        if (question.Kind is ClockKind.H24 or ClockKind.MIN24 && question.Limit > 52_560_000)
        {
            throw new DueException("limit-too-long", $"时限过长：{question.Limit}", $"A limit of {question.Limit} is more than a century.");
        }

        if (question.Kind == ClockKind.WHALL && calendar.Hours is null)
        {
            throw new DueException("no-business-hours",
                $"日历 {calendar.Pin} 未设置营业时间，无法计算 WHALL 时限；请先维护营业时间",
                $"Calendar {calendar.Pin} has no business hours, so a WHALL limit cannot be reckoned. Enter the opening hours of the region first.");
        }

        foreach (var pause in question.Pauses ?? [])
        {
            if (pause.To < pause.From)
            {
                throw new DueException("resume-before-pause",
                    $"暂停 {pause.From.UtcDateTime:yyyy-MM-dd HH:mm}Z 的恢复时间 {pause.To?.UtcDateTime:yyyy-MM-dd HH:mm}Z 早于开始时间",
                    $"The pause from {pause.From.UtcDateTime:yyyy-MM-dd HH:mm}Z ends before it begins, at {pause.To?.UtcDateTime:yyyy-MM-dd HH:mm}Z.");
            }
        }
    }
}
