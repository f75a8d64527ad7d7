using PowerWorkflow.Processes.Calendars;

namespace PowerWorkflow.Processes.CheckPlanning;

/// <summary>
/// Drafts a month: what must be done by its end, merged per site, placed on working days outside blackout periods so that each team's days
/// are equally full. A blackout moves a check earlier, never later. The draft is a proposal; the leader approves.
/// </summary>
public sealed class MonthPlanDraft(WorkingCalendar calendar, Blackouts blackouts, TeamCapacity capacity)
{
    private sealed record Trip(CheckSite Site, DateOnly Earliest, DateOnly Latest, bool Overdue, int Risk, List<CheckTask> Tasks)
    {
        public bool NeedsOutage => Tasks.Exists(t => t.NeedsOutage);
    }

    /// <param name="sites">The register. Tasks of suspended sites are left out.</param>
    /// <param name="tasks">Everything that may fall into the month; what can wait is only taken along on a trip that is made anyway.</param>
    public MonthPlan Draft(int year, int month, IReadOnlyList<CheckSite> sites, IReadOnlyList<CheckTask> tasks)
    {
        var first = new DateOnly(year, month, 1);
        var last = first.AddMonths(1).AddDays(-1);
        var byId = sites.Where(s => !s.Suspended).ToDictionary(s => s.Id, StringComparer.Ordinal);
        var trips = tasks.Where(t => byId.ContainsKey(t.Site)).GroupBy(t => t.Site, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)
            .SelectMany(g => Merge(byId[g.Key], [.. g], first, last)).ToList();
        var loads = new Dictionary<(string Team, DateOnly Day), decimal>();
        var totals = new Dictionary<string, decimal>();
        var usable = calendar.CountWorkingDays(first.AddDays(-1), last) * capacity.UsableShare;
        var visits = new List<Visit>();
        var dropped = new List<DroppedVisit>();
        var inOrder = trips.OrderByDescending(t => t.Overdue).ThenBy(t => t.Latest).ThenByDescending(t => t.Risk)
            .ThenBy(t => t.Site.Route, StringComparer.Ordinal).ThenBy(t => t.Site.Id, StringComparer.Ordinal).ThenBy(t => t.Tasks[0].Id, StringComparer.Ordinal);
        foreach (var trip in inOrder)
        {
            var days = Days(trip, first, last).ToList();
            var share = capacity.DayShare(trip.Site.HighVoltage);
            var team = trip.Site.Team;
            var free = days.Where(d => loads.GetValueOrDefault((team, d)) + share <= 1.0001m).ToList();
            if (free.Count == 0 || totals.GetValueOrDefault(team) + share > usable)
            {
                dropped.Add(new DroppedVisit(trip.Site.Id, team, days.Count == 0 ? DropReason.NoDay : DropReason.OverCapacity, trip.Earliest, trip.Latest, Ids(trip)));
                continue;
            }

            var day = free.MinBy(d => (loads.GetValueOrDefault((team, d)), d));
            loads[(team, day)] = loads.GetValueOrDefault((team, day)) + share;
            totals[team] = totals.GetValueOrDefault(team) + share;
            visits.Add(new Visit($"{year}-{month:00}/{trip.Site.Id}/{trip.Tasks[0].Id}", trip.Site.Id, team, day, trip.Earliest, trip.Latest, trip.Overdue, Ids(trip), trip.Tasks.Max(t => t.MinInspectors)));
        }

        var ordered = visits.OrderBy(v => v.Day).ThenBy(v => v.Team, StringComparer.Ordinal).ThenBy(v => byId[v.Site].Route, StringComparer.Ordinal).ThenBy(v => v.Id, StringComparer.Ordinal).ToList();
        return new MonthPlan(year, month, ordered, dropped, trips.Sum(t => t.Tasks.Count));
    }

    /// <summary>The last day up to the due day on which the task may be done: before a blackout when the due day lies in one.</summary>
    public DateOnly LatestDay(CheckTask task, CheckSite site)
    {
        var day = task.Due;
        // A blackout longer than a year would be a mistake of the data; the due date then stands.
        for (var back = 0; back < 366; back++, day = day.AddDays(-1))
        {
            if (calendar.IsWorkingDay(day) && !Closed(day, site, task.NeedsOutage))
            {
                return day;
            }
        }

        return task.Due;
    }

    /// <summary>Whether a visit may be moved to another day; null when it may, else why not (for the calendar page).</summary>
    public DropReason? CannotMove(MonthPlan plan, Visit visit, DateOnly to, CheckSite site, IReadOnlyDictionary<string, CheckSite> sites, bool needsOutage)
    {
        if (!calendar.IsWorkingDay(to) || Closed(to, site, needsOutage) || to < visit.Earliest || (to > visit.Latest && !visit.Overdue))
        {
            return DropReason.NoDay;
        }

        var load = plan.Visits.Where(v => v.Day == to && v.Team == visit.Team && v.Id != visit.Id).Sum(v => capacity.DayShare(sites[v.Site].HighVoltage));
        return load + capacity.DayShare(site.HighVoltage) > 1.0001m ? DropReason.OverCapacity : null;
    }

    /// <summary>Trips for a site: for the task whose latest day comes first, and with it all whose time has begun by then.</summary>
    private List<Trip> Merge(CheckSite site, List<CheckTask> tasks, DateOnly first, DateOnly last)
    {
        var trips = new List<Trip>();
        var open = tasks.Select(t => (Task: t, Latest: LatestDay(t, site))).OrderBy(t => t.Latest).ThenBy(t => t.Task.Id, StringComparer.Ordinal).ToList();
        while (open.Count > 0 && open[0].Latest <= last)
        {
            var overdue = open[0].Latest < first;
            var until = overdue ? last : open[0].Latest;
            var together = new List<(CheckTask Task, DateOnly Latest)>();
            var earliest = first;
            foreach (var next in open)
            {
                // What begins later than the others is only taken along when a day is left for all of them; an overdue task waits for nobody.
                var begins = Begins(next) > earliest ? Begins(next) : earliest;
                if (together.Count == 0 || (begins <= (overdue ? first : until) && HasDay(site, begins, until)))
                {
                    together.Add(next);
                    earliest = begins;
                }
            }

            open.RemoveAll(together.Contains);
            trips.Add(new Trip(site, together.Max(Begins), together[0].Latest, overdue, together.Max(t => t.Task.Risk), together.ConvertAll(t => t.Task)));
        }

        return trips;

        // A blackout can push the latest day before the early window; then that day itself is the beginning.
        static DateOnly Begins((CheckTask Task, DateOnly Latest) t) => t.Task.Earliest < t.Latest ? t.Task.Earliest : t.Latest;
    }

    private bool HasDay(CheckSite site, DateOnly from, DateOnly to)
    {
        for (var day = from; day <= to; day = day.AddDays(1))
        {
            if (calendar.IsWorkingDay(day) && !Closed(day, site, needsOutage: true))
            {
                return true;
            }
        }

        return false;
    }

    private IEnumerable<DateOnly> Days(Trip trip, DateOnly first, DateOnly last)
    {
        var from = trip.Earliest > first ? trip.Earliest : first;
        var to = trip.Overdue || trip.Latest > last ? last : trip.Latest;
        for (var day = from; day <= to; day = day.AddDays(1))
        {
            if (calendar.IsWorkingDay(day) && !Closed(day, trip.Site, trip.NeedsOutage))
            {
                yield return day;
            }
        }
    }

    private bool Closed(DateOnly day, CheckSite site, bool needsOutage) =>
        (needsOutage && blackouts.On(day, site, calendar) is not null) || site.ProductionPeaks?.Any(p => p.Contains(day)) == true;

    private static List<string> Ids(Trip trip) => trip.Tasks.ConvertAll(t => t.Id);
}
