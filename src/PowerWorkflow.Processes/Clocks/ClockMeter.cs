using PowerWorkflow.Processes.Calendars;

namespace PowerWorkflow.Processes.Clocks;

/// <summary>Turns the clocks and pauses of a case into intervals, used time and due dates.</summary>
internal static class ClockMeter
{
    private sealed record Held(DateTimeOffset From, DateTimeOffset? To, string? Code);

    public static ClockReading Read(ClockFold fold, ClockTrack clock, DateTimeOffset at, ClockRules rules)
    {
        var calendar = rules.Calendars.Resolve(clock.Terms.Calendar);
        var held = Holds(fold, clock, calendar, rules);
        var question = Question(clock, calendar, held);
        var due = DueOf(clock, calendar, question);
        var end = clock.Stop is { } stop && stop <= at ? stop : at < clock.Start ? clock.Start : at;
        var stopped = clock.Stop is { } s && s <= at;
        var used = Usage.At(calendar, question, end);
        var late = due is { } d && end > d.At;
        var paused = !stopped && held.Exists(h => h.From <= end && (h.To is null || h.To > end));
        return new ClockReading(
            clock.Name, clock.Terms, stopped ? ClockStatus.Stopped : paused ? ClockStatus.Paused : ClockStatus.Running, clock.Start, stopped ? clock.Stop : null,
            Intervals(clock, held, end, stopped), used, clock.Terms.Limit is null ? null : Math.Max(0, question.Limit - used), due, late,
            late ? Usage.Past(calendar, question.Kind, due!.Value, end) : 0, question);
    }

    public static (WorkingCalendar Calendar, DueQuestion Question) Ask(ClockFold fold, ClockTrack clock, ClockRules rules)
    {
        var calendar = rules.Calendars.Resolve(clock.Terms.Calendar);
        return (calendar, Question(clock, calendar, Holds(fold, clock, calendar, rules)));
    }

    public static bool LimitPassed(ClockFold fold, ClockTrack clock, DateTimeOffset at, ClockRules rules)
    {
        var (calendar, question) = Ask(fold, clock, rules);
        return DueOf(clock, calendar, question) is { } due && due.At < at;
    }

    /// <summary>What keeps a clock from running, by time. A pause that begins when the limit has passed does not hold it.</summary>
    private static List<Held> Holds(ClockFold fold, ClockTrack clock, WorkingCalendar calendar, ClockRules rules)
    {
        if (clock.Terms.Scope == ClockScope.SupplierTotal && fold.Clocks.Values.Any(c => c.Terms.Scope == ClockScope.SupplierStage))
        {
            return BetweenStages(fold, clock, rules);
        }

        var holds = new List<Held>();
        foreach (var pause in fold.Pauses.Where(p => rules.Stops(p.Code, clock.Terms)).OrderBy(p => p.From))
        {
            var due = DueOf(clock, calendar, Question(clock, calendar, holds));
            if (due is null || pause.From <= due.Value.At)
            {
                holds.Add(new Held(pause.From, pause.To, pause.Code));
            }
        }

        return holds;
    }

    /// <summary>The supplier's total is held exactly while no stage runs. A case that measures no stages pauses it by code like any clock.</summary>
    private static List<Held> BetweenStages(ClockFold fold, ClockTrack total, ClockRules rules)
    {
        var running = new List<PauseSpan>();
        foreach (var stage in fold.Clocks.Values.Where(c => c.Terms.Scope == ClockScope.SupplierStage))
        {
            var holds = Holds(fold, stage, rules.Calendars.Resolve(stage.Terms.Calendar), rules);
            running.AddRange(Running(stage.Start, stage.Stop, holds).Select(r => new PauseSpan(r.From, r.To)));
        }

        var gaps = new List<Held>();
        DateTimeOffset? from = total.Start;
        foreach (var run in PauseUnion.Of(running, total.Start))
        {
            if (run.From > from)
            {
                gaps.Add(new Held(from.Value, run.From, null));
            }

            from = run.To;
        }

        if (from is { } idle)
        {
            gaps.Add(new Held(idle, null, null));
        }

        return gaps;
    }

    private static DueAnswer? DueOf(ClockTrack clock, WorkingCalendar calendar, DueQuestion question) =>
        clock.Terms.Limit is null ? null : Due.Compute(calendar, question);

    private static DueQuestion Question(ClockTrack clock, WorkingCalendar calendar, List<Held> holds)
    {
        var start = clock.Start;
        if (clock.Terms is { AfterHours: AfterHours.NextWorkingDayIsDay0, Kind: ClockKind.WD or ClockKind.CD })
        {
            var day = calendar.DateAt(start);
            if (!calendar.IsWorkingDay(day) || start > calendar.CloseOf(day))
            {
                start = calendar.StartOf(calendar.AddWorkingDays(day, 1));
            }
        }

        // What happens after the clock stopped is not its concern, and a hold that outlives the stop is over for it.
        var pauses = holds.Where(h => clock.Stop is null || h.From < clock.Stop)
            .Select(h => new PauseSpan(h.From, clock.Stop is { } stop && (h.To is null || h.To > stop) ? stop : h.To)).ToList();
        return new DueQuestion(clock.Terms.Kind, clock.Terms.Limit is { } limit ? InUnitOfKind(clock.Terms, limit, calendar.DateAt(start)) : 0, start, clock.Terms.RollForward, pauses);
    }

    private static int InUnitOfKind(ClockTerms terms, int limit, DateOnly start) => (terms.Kind, terms.Unit) switch
    {
        (ClockKind.CD, LimitUnit.Month) => start.AddMonths(limit).DayNumber - start.DayNumber,
        (ClockKind.CD, LimitUnit.Year) => start.AddYears(limit).DayNumber - start.DayNumber,
        (ClockKind.WD or ClockKind.CD, LimitUnit.Day) => limit,
        (ClockKind.H24, LimitUnit.Hour) => limit,
        (ClockKind.MIN24 or ClockKind.WHALL, LimitUnit.Minute) => limit,
        (ClockKind.MIN24 or ClockKind.WHALL, LimitUnit.Hour) => limit * 60,
        _ => throw new ClockFactException("unit-of-kind",
            $"时钟类型 {terms.Kind} 不能以 {terms.Unit} 计", $"A clock of kind {terms.Kind} cannot be limited in {terms.Unit}; use days for WD and CD (months and years for CD), hours for H24, minutes for MIN24 and WHALL."),
    };

    private static IEnumerable<(DateTimeOffset From, DateTimeOffset? To)> Running(DateTimeOffset start, DateTimeOffset? stop, List<Held> holds)
    {
        DateTimeOffset? from = start;
        foreach (var hold in PauseUnion.Of(holds.Select(h => new PauseSpan(h.From, h.To)).ToList(), start))
        {
            if (stop <= hold.From)
            {
                break;
            }

            if (hold.From > from)
            {
                yield return (from.Value, hold.From);
            }

            from = hold.To;
        }

        if (from is { } last && (stop is null || stop > last))
        {
            yield return (last, stop);
        }
    }

    private static List<ClockInterval> Intervals(ClockTrack clock, List<Held> holds, DateTimeOffset end, bool stopped)
    {
        var until = stopped ? end : (DateTimeOffset?)null;
        var edges = holds.SelectMany(h => new[] { h.From, h.To ?? end }).Append(clock.Start).Append(end)
            .Where(e => e >= clock.Start && e <= end).Distinct().Order().ToList();
        var intervals = new List<ClockInterval>();
        foreach (var (from, to) in edges.Zip(edges.Skip(1).Append(end)))
        {
            var last = to == end;
            if (from == to && stopped)
            {
                continue;
            }

            var holding = holds.Where(h => h.From <= from && (h.To is null || h.To > from)).ToList();
            var codes = holding.Select(h => h.Code).OfType<string>().Distinct().ToList();
            if (intervals.Count > 0 && intervals[^1].Running == (holding.Count == 0) && intervals[^1].Codes.SequenceEqual(codes))
            {
                intervals[^1] = intervals[^1] with { To = last ? until : to };
                continue;
            }

            if (intervals.Count > 0)
            {
                // The stretch before ended here although it was the last one a moment ago.
                intervals[^1] = intervals[^1] with { To = from };
            }

            intervals.Add(new ClockInterval(from, last ? until : to, holding.Count == 0, codes));
        }

        return intervals;
    }
}
