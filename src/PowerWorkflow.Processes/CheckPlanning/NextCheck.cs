using PowerWorkflow.Processes.Calendars;

namespace PowerWorkflow.Processes.CheckPlanning;

/// <summary>When a site is to be checked next, and why.</summary>
/// <param name="Months">The cycle after risk modifiers.</param>
/// <param name="Earliest">Doing it from here on counts; before, it is too early for the period.</param>
/// <param name="Due">Doing it later is overdue.</param>
/// <param name="Rules">The cycle rules and modifiers that led here, such as D8 and RM1.</param>
public sealed record CheckDue(string Site, decimal Months, DateOnly Earliest, DateOnly Due, int MinInspectors, IReadOnlyList<string> Rules);

/// <summary>A check that an event or a season asks for beside the periodic ones.</summary>
public sealed record ExtraCheck(string Site, string Modifier, DateOnly Due);

/// <summary>
/// The next due date of the periodic check (domain document 3): the smallest months of all matching rules, changed by risk, counted from the last
/// full check or from energising.
/// </summary>
public static class NextCheck
{
    /// <param name="previousDue">The date before a change of class: a site that became more important is never checked later for it.</param>
    /// <returns>Null for a suspended site and for one that no rule with a period is for.</returns>
    public static CheckDue? Of(CheckSite site, CheckCycles cycles, RiskModifiers risks, DateOnly? previousDue = null)
    {
        if (site.Suspended)
        {
            return null;
        }

        var matching = cycles.For(site).ToList();
        var first = site.LastFullCheck is null ? matching.Where(r => r is { OneShot: true, Months: not null }).MinBy(r => r.Months) : null;
        var rule = first ?? matching.Where(r => r is { OneShot: false, Months: not null }).MinBy(r => r.Months);
        if (rule?.Months is not { } months)
        {
            return null;
        }

        var names = new List<string> { rule.Rule };
        var factor = 1m;
        foreach (var modifier in first is null ? risks.Modifiers.Where(m => Applies(m, site)) : [])
        {
            factor *= modifier.Factor!.Value; // Applies looks at modifiers with a factor only
            names.Add(modifier.Code);
        }

        var effective = Math.Clamp(months * factor, risks.LeastMonths, risks.MostMonths);
        var due = Add(site.LastFullCheck ?? site.EnergisedAt, effective);
        due = previousDue < due ? previousDue.Value : due;
        var early = (int)Math.Min(30, Math.Floor(effective * 30 / 4));
        return new CheckDue(site.Id, effective, due.AddDays(-early), due, matching.Max(r => r.MinInspectors), names);
    }

    /// <summary>The extra checks that a site's risk triggers ask for, seen from a day.</summary>
    public static IEnumerable<ExtraCheck> Extras(CheckSite site, RiskModifiers risks, WorkingCalendar calendar, DateOnly today)
    {
        foreach (var modifier in risks.Modifiers)
        {
            if (site.Suspended || site.Triggers?.TryGetValue(modifier.Trigger, out var since) != true)
            {
                continue;
            }

            if (modifier.Before is { } before)
            {
                var day = site.South ? modifier.BeforeSouth ?? before : before;
                // "Before 1 May" is done by 30 April.
                var thisYear = day.In(today.Year).AddDays(-1);
                yield return new ExtraCheck(site.Id, modifier.Code, thisYear >= today ? thisYear : day.In(today.Year + 1).AddDays(-1));
            }
            else if (!(site.LastFullCheck > since) && (modifier.WithinWorkingDays ?? modifier.WithinDays) is not null)
            {
                yield return new ExtraCheck(site.Id, modifier.Code,
                    modifier.WithinWorkingDays is { } working ? calendar.AddWorkingDays(since, working) : since.AddDays(modifier.WithinDays!.Value)); // one of the two, by the line above
            }
        }
    }

    private static bool Applies(RiskModifier modifier, CheckSite site) =>
        modifier.Factor is not null
        && site.Triggers?.TryGetValue(modifier.Trigger, out var since) == true
        && !(modifier.OneCycle && site.PreviousFullCheck > since) && !(modifier.NotForImportantOrHazardous && (site.Important || site.Hazardous));

    /// <summary>Whole months by the calendar, day of month clamped; a part of a month counts 30 days to the month.</summary>
    private static DateOnly Add(DateOnly anchor, decimal months) =>
        anchor.AddMonths((int)months).AddDays((int)Math.Round((months - (int)months) * 30, MidpointRounding.AwayFromZero));
}
