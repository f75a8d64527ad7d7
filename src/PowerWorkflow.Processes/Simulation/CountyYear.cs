using PowerWorkflow.Processes.Calendars;
using PowerWorkflow.Processes.CheckPlanning;
using PowerWorkflow.Processes.Clocks;
using PowerWorkflow.Processes.Policies;
using PowerWorkflow.Processes.Reminders;

namespace PowerWorkflow.Processes.Simulation;

/// <summary>Volumes of a county in a year (domain document 8) and how its people behave; all are inputs, none is a finding.</summary>
/// <param name="PauseShare">Share of connections that wait for the customer once.</param>
/// <param name="MeanShareOfLimit">How much of its limit a stage takes on average.</param>
public sealed record CountyVolumes(int ResidentConnections = 9_000, int OtherConnections = 3_500, int CheckSites = 4_500, int Teams = 12, double PauseShare = 0.25, double MeanShareOfLimit = 0.6);

/// <summary>What the simulated models are judged by.</summary>
public sealed record CountyRules(
    ClockRules Clocks, PolicyBook Policies, CaseClasses Classes, Ladders Ladders, CheckCycles Cycles, RiskModifiers Risks, Blackouts Blackouts, MonthPlanRules Plans);

/// <param name="Sent">Messages by rung, each counted once however often a pause moved it.</param>
/// <param name="Checksum">Equal for equal inputs; changes with any date or message.</param>
public sealed record CountyResult(
    int Connections, int Pauses, int Late, int Checks, int ChecksDropped, int ChecksOverdue, decimal TripsSaved, IReadOnlyDictionary<string, int> Sent, ulong Checksum);

/// <summary>
/// A year of a county on the virtual clock: connections that start, wait, go on and finish, and the month plans of its checks. Every event and every
/// rung happens in order of time; the same seed gives the same year.
/// </summary>
public sealed class CountyYear
{
    private const string Stage = "WHOLE";
    private static readonly IReadOnlyList<Evidence> Receipt = [new(Evidence.Unclassified, "simulated")];

    private readonly CountyRules rules;
    private readonly CountyVolumes volumes;
    private readonly WorkingCalendar calendar;
    private readonly Random random;
    private readonly int year;
    private readonly PriorityQueue<Happening, (DateTimeOffset, long)> ahead = new();
    private readonly Dictionary<string, int> sent = new(StringComparer.Ordinal);
    private long order;
    private int pauses;
    private int late;
    private ulong checksum = 14_695_981_039_346_656_037;

    private CountyYear(CountyRules rules, CountyVolumes volumes, string calendar, int year, int seed)
    {
        (this.rules, this.volumes, this.year) = (rules, volumes, year);
        this.calendar = rules.Clocks.Calendars.Resolve(calendar);
        random = new Random(seed);
    }

    private sealed class Connection(int id, ClockTerms terms)
    {
        public int Id { get; } = id;

        public ClockTerms Terms { get; } = terms;

        public ClockLedger Ledger { get; set; } = ClockLedger.Empty;

        /// <summary>Counts the changes of the ledger: a rung planned before the last one is out of date.</summary>
        public int Revision { get; set; }

        public HashSet<string> Sent { get; } = new(StringComparer.Ordinal);

        public bool Done { get; set; }
    }

    private sealed record Happening(Connection Case, Func<ClockFact>? Fact, string? Rung, int Revision);

    /// <param name="calendar">Reference of the county's calendar.</param>
    public static CountyResult Run(CountyRules rules, CountyVolumes volumes, string calendar, int year, int seed)
    {
        var county = new CountyYear(rules, volumes, calendar, year, seed);
        county.PlanConnections("LV-RES", volumes.ResidentConnections);
        county.PlanConnections("LV-OTHER", volumes.OtherConnections);
        county.Live();
        var (done, dropped, overdue, saved) = county.Checks();
        return new CountyResult(volumes.ResidentConnections + volumes.OtherConnections, county.pauses, county.late, done, dropped, overdue, saved,
            county.sent.OrderBy(s => s.Key, StringComparer.Ordinal).ToDictionary(), county.checksum);
    }

    private void PlanConnections(string code, int count)
    {
        var first = new DateOnly(year, 1, 1);
        var policies = rules.Policies.InForce([], first);
        var limit = policies.Resolve("WHOLE_PROCESS", rules.Classes[code]) ?? policies.Resolve("SUPPLIER_TOTAL", rules.Classes[code])
            ?? throw new PolicyException($"No set in force has a limit for connections of class {code}.");
        var terms = limit.Terms(ClockScope.SupplierStage, calendar.Pin);
        for (var i = 0; i < count; i++)
        {
            var day = calendar.RollForward(first.AddDays(random.Next(365)));
            var start = calendar.OpenOf(day).AddMinutes(random.Next(480));
            var one = new Connection(i, terms);
            At(start, one, () => new ClockFact.Started(Stage, "SUBMITTED", terms, start, "customer", Receipt));
            var work = calendar.AddWorkingDays(day, 1 + (int)(terms.Limit!.Value * volumes.MeanShareOfLimit * 2 * random.NextDouble())); // a limit without a figure was refused above
            var finished = calendar.OpenOf(work).AddMinutes(random.Next(480));
            if (random.NextDouble() < volumes.PauseShare)
            {
                var from = start.AddMinutes(60 + random.Next(600));
                var to = from.AddMinutes(600 + random.Next(12 * 1440));
                At(from, one, () => new ClockFact.Paused("P01", from, "desk", Receipt));
                At(to, one, () => new ClockFact.Resumed("P01", to, "system", Receipt));
                finished = finished > from ? finished + (to - from) : finished;
            }

            At(finished, one, () => new ClockFact.Stopped(Stage, "ENERGISED", finished, "crew", Receipt));
        }
    }

    private void At(DateTimeOffset at, Connection one, Func<ClockFact> fact) => ahead.Enqueue(new Happening(one, fact, null, 0), (at, order++));

    private void Live()
    {
        while (ahead.TryDequeue(out var next, out var when))
        {
            var (one, now) = (next.Case, when.Item1);
            if (next.Rung is { } key)
            {
                if (!one.Done && next.Revision == one.Revision && one.Sent.Add(key))
                {
                    sent[key] = sent.GetValueOrDefault(key) + 1;
                    Add(now.UtcTicks, one.Id);
                }

                continue;
            }

            if (!one.Done && next.Fact is { } fact)
            {
                Happen(one, fact(), now);
            }
        }
    }

    private void Happen(Connection one, ClockFact fact, DateTimeOffset now)
    {
        try
        {
            one.Ledger = one.Ledger.Append(fact, rules.Clocks);
        }
        catch (ClockFactException e) when (fact is ClockFact.Paused or ClockFact.Resumed && e.Rule is ClockRule.PauseAfterLimit or ClockRule.NotPaused)
        {
            // A customer who is asked too late, and the answer to a question that was never accepted: the clock runs on, as it does in life.
            return;
        }

        one.Revision++;
        pauses += fact is ClockFact.Paused ? 1 : 0;
        var reading = one.Ledger.Read(Stage, now, rules.Clocks);
        Add(now.UtcTicks, reading.Due?.At.UtcTicks ?? 0);
        if (reading.Status == ClockStatus.Stopped)
        {
            one.Done = true;
            late += reading.Late ? 1 : 0;
            return;
        }

        foreach (var rung in RungTimes.Of(rules.Ladders.ByCode["WD"], reading, calendar, rules.Ladders.Quiet).Where(r => r.At is not null && !one.Sent.Contains(r.Key)))
        {
            var at = rung.At!.Value; // rungs without a time were left out
            ahead.Enqueue(new Happening(one, null, rung.Key, one.Revision), (at < now ? now : at, order++));
        }
    }

    private (int Done, int Dropped, int Overdue, decimal Saved) Checks()
    {
        var first = new DateOnly(year, 1, 1);
        var sites = Enumerable.Range(0, volumes.CheckSites).Select(i => Site(i, first)).ToDictionary(s => s.Id, StringComparer.Ordinal);
        var draft = new MonthPlanDraft(calendar, rules.Blackouts, rules.Plans.Capacity);
        var (done, dropped, overdue) = (0, 0, 0);
        var (trips, single) = (0, 0);
        for (var month = 1; month <= 12; month++)
        {
            var horizon = new DateOnly(year, month, 1).AddMonths(1).AddDays(rules.Plans.EarlyWindowDays + 62);
            var tasks = sites.Values.Select(s => NextCheck.Of(s, rules.Cycles, rules.Risks)).OfType<CheckDue>().Where(d => d.Earliest <= horizon)
                .SelectMany(d => new[]
                {
                    new CheckTask($"{d.Site}/check", d.Site, CheckKind.Periodic, d.Earliest, d.Due, NeedsOutage: false, d.MinInspectors),
                    new CheckTask($"{d.Site}/meter", d.Site, CheckKind.MeterFieldTest, d.Earliest.AddDays(-20), d.Due.AddDays(10), NeedsOutage: false),
                }).ToList();
            var plan = draft.Draft(year, month, [.. sites.Values], tasks);
            (trips, single) = (trips + plan.Visits.Count + plan.Dropped.Count, single + plan.SingleVisits);
            dropped += plan.Dropped.Count;
            foreach (var visit in plan.Visits.Where(v => v.Tasks.Any(t => t.EndsWith("/check", StringComparison.Ordinal))))
            {
                done++;
                overdue += visit.Overdue ? 1 : 0;
                Add(visit.Day.DayNumber, visit.Tasks.Count);
                sites[visit.Site] = sites[visit.Site] with { LastFullCheck = visit.Day };
            }
        }

        return (done, dropped, overdue, single == 0 ? 0 : 1 - (decimal)trips / single);
    }

    /// <summary>A site in the middle of its cycle, so that the year does not begin with a backlog.</summary>
    private CheckSite Site(int i, DateOnly first)
    {
        var high = random.Next(3) == 0;
        return new CheckSite($"S{i:00000}", $"T{i % volumes.Teams:00}", $"L{random.Next(200):000}", random.Next(100) == 0 ? Importance.Second : Importance.Normal, 10,
            first.AddYears(-5), high ? MeteringSide.HighSide : MeteringSide.LowSide, LastFullCheck: first.AddDays(-1 - random.Next(high ? 365 : 730)));
    }

    /// <summary>FNV-1a over what happened, in the order it happened.</summary>
    private void Add(long a, long b)
    {
        foreach (var value in (ReadOnlySpan<long>)[a, b])
        {
            checksum = (checksum ^ (ulong)value) * 1_099_511_628_211;
        }
    }
}
