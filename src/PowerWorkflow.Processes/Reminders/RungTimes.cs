using System.Diagnostics;
using PowerWorkflow.Processes.Calendars;
using PowerWorkflow.Processes.Clocks;
using PowerWorkflow.Processes.Documents;

namespace PowerWorkflow.Processes.Reminders;

/// <summary>When a rung is due.</summary>
/// <param name="Key">
/// <c>clock/ladder/rung</c>, the same however often the time moves: whoever sends a rung records the key and never sends it twice.
/// </param>
/// <param name="At">Null while a pause holds it back.</param>
public sealed record RungTime(string Key, int Index, Rung Rung, DateTimeOffset? At);

/// <summary>The ladder of a clock as instants. A pause moves every rung not reached when it began; quiet hours move those that can wait.</summary>
public static class RungTimes
{
    /// <summary>All rungs in order; those that do not exist for so short a limit are left out. A clock without a limit has none.</summary>
    /// <exception cref="LadderException">The clock has stopped, or the ladder is not for its kind.</exception>
    public static IReadOnlyList<RungTime> Of(Ladder ladder, ClockReading clock, WorkingCalendar calendar, QuietHours? quiet)
    {
        if (clock.Status == ClockStatus.Stopped)
        {
            throw new LadderException("ladder-after-stop",
                $"时钟 {clock.Clock} 已停止，不再有提醒", $"Clock '{clock.Clock}' has stopped: it has no reminders any more.");
        }

        if (!ladder.Kinds.Contains(clock.Terms.Kind))
        {
            throw new LadderException("ladder-of-other-kind",
                $"阶梯 {ladder.Code} 不适用于 {clock.Terms.Kind} 时钟", $"Ladder '{ladder.Code}' is for {string.Join(", ", ladder.Kinds)} and cannot be attached to clock '{clock.Clock}' of kind {clock.Terms.Kind}.");
        }

        var times = new List<RungTime>();
        for (var i = 0; i < ladder.Rungs.Count && clock.Terms.Limit is not null; i++)
        {
            var rung = ladder.Rungs[i];
            if (!Exists(rung.Place, clock.Question))
            {
                continue;
            }

            var at = At(rung.Place, clock, calendar);
            times.Add(new RungTime($"{clock.Clock}/{ladder.Code}/{rung.Key}", i, rung, at is { } t && !rung.Urgent ? OutOfQuiet(t, clock, calendar, quiet) : at));
        }

        return times;
    }

    private static bool Exists(RungPlace place, DueQuestion question) => place switch
    {
        RungPlace.Before { Unit: RungUnit.WorkingDays or RungUnit.CalendarDays } before => question.Kind is ClockKind.WD or ClockKind.CD && before.Amount < question.Limit,
        _ => true,
    };

    private static DateTimeOffset? At(RungPlace place, ClockReading clock, WorkingCalendar calendar) => place switch
    {
        RungPlace.Share { Part: >= 1 } => clock.Due?.At,
        RungPlace.Share share => Part(share.Part, clock.Question, calendar),
        RungPlace.DueDay day => clock.Due is { } due ? calendar.At(due.Date ?? calendar.DateAt(due.At), day.Time.Hour * 60 + day.Time.Minute) : null,
        RungPlace.Before before => Before(before, clock, calendar),
        RungPlace.After after => clock.Due is { } due ? After(after, due, calendar) : null,
        _ => throw new UnreachableException($"No time for a rung at {place.GetType().Name}."),
    };

    /// <summary>
    /// When part of the limit is used. For days this is business time: half of five days is the middle of the third day's business hours.
    /// </summary>
    private static DateTimeOffset? Part(decimal part, DueQuestion question, WorkingCalendar calendar)
    {
        if (question.Limit == 0)
        {
            return question.Start;
        }

        var amount = question.Limit * part;
        if (question.Kind is not (ClockKind.WD or ClockKind.CD))
        {
            var minutes = (int)Math.Ceiling(question.Kind == ClockKind.H24 ? amount * 60 : amount);
            return Due.Compute(calendar, question with { Kind = question.Kind == ClockKind.WHALL ? ClockKind.WHALL : ClockKind.MIN24, Limit = minutes })?.At;
        }

        var day = (int)Math.Ceiling(amount);
        if (Due.Compute(calendar, question with { Limit = day, RollForward = false }) is not { Date: { } date })
        {
            return null;
        }

        var (opens, closes) = (calendar.OpenOf(date), calendar.CloseOf(date));
        return opens + TimeSpan.FromTicks((long)((closes - opens).Ticks * (amount - (day - 1))));
    }

    private static DateTimeOffset? Before(RungPlace.Before before, ClockReading clock, WorkingCalendar calendar)
    {
        if (before.Unit is RungUnit.Hours or RungUnit.Minutes)
        {
            return clock.Due?.At - Span(before.Amount, before.Unit);
        }

        var earlier = clock.Question with { Limit = clock.Question.Limit - before.Amount, RollForward = false };
        return Due.Compute(calendar, earlier) is { Date: { } date } ? calendar.OpenOf(date) : null;
    }

    private static DateTimeOffset After(RungPlace.After after, DueAnswer due, WorkingCalendar calendar)
    {
        var day = due.Date ?? calendar.DateAt(due.At);
        return after.Unit switch
        {
            RungUnit.WorkingDays when after.Amount > 0 => calendar.OpenOf(calendar.AddWorkingDays(day, after.Amount)),
            RungUnit.CalendarDays when after.Amount > 0 => calendar.OpenOf(day.AddDays(after.Amount)),
            RungUnit.WorkingDays or RungUnit.CalendarDays => due.At,
            _ => due.At + Span(after.Amount, after.Unit),
        };
    }

    private static TimeSpan Span(int amount, RungUnit unit) => unit == RungUnit.Hours ? TimeSpan.FromHours(amount) : TimeSpan.FromMinutes(amount);

    /// <summary>
    /// A message that can wait is sent when quiet hours end. A reminder that would then come after the limit is sent when they begin instead,
    /// unless the clock had not started by then.
    /// </summary>
    private static DateTimeOffset OutOfQuiet(DateTimeOffset at, ClockReading clock, WorkingCalendar calendar, QuietHours? quiet)
    {
        var local = calendar.LocalAt(at);
        if (quiet is null || !quiet.Contains(TimeOnly.FromDateTime(local)))
        {
            return at;
        }

        var day = DateOnly.FromDateTime(local);
        var overMidnight = quiet.From > quiet.To;
        var late = overMidnight && TimeOnly.FromDateTime(local) >= quiet.From;
        var ends = calendar.At(late ? day.AddDays(1) : day, Minute(quiet.To));
        if (clock.Due is { } due && at < due.At && ends >= due.At)
        {
            var begins = calendar.At(overMidnight && !late ? day.AddDays(-1) : day, Minute(quiet.From));
            return begins > clock.StartedAt ? begins : at;
        }

        return ends;
    }

    private static int Minute(TimeOnly time) => time.Hour * 60 + time.Minute;
}

/// <summary>A ladder cannot be used on this clock. <see cref="Rule"/> is the stable slug of the reason.</summary>
public sealed class LadderException(string rule, string zh, string en) : Exception(en)
{
    public string Rule { get; } = rule;

    public LocalText Text { get; } = new(zh, en);
}
