using PowerWorkflow.Processes.Calendars;

namespace PowerWorkflow.Processes.Clocks;

internal sealed class ClockTrack(string name, ClockTerms terms, DateTimeOffset start)
{
    public string Name { get; } = name;

    public ClockTerms Terms { get; set; } = terms;

    public DateTimeOffset Start { get; } = start;

    public DateTimeOffset? Stop { get; set; }

    public bool RunsAt(DateTimeOffset at) => Start <= at && (Stop is null || Stop > at);
}

internal sealed class PauseTrack(string code, DateTimeOffset from)
{
    public string Code { get; } = code;

    public DateTimeOffset From { get; } = from;

    public DateTimeOffset? To { get; set; }
}

/// <summary>
/// The facts of a ledger played in order, corrections applied first, each checked against what was known before it. What survives is a
/// set of clocks and pauses that cannot contradict each other.
/// </summary>
internal sealed class ClockFold
{
    private readonly ClockRules rules;

    private ClockFold(ClockRules rules) => this.rules = rules;

    public Dictionary<string, ClockTrack> Clocks { get; } = [];

    public List<PauseTrack> Pauses { get; } = [];

    public static ClockFold Of(IReadOnlyList<ClockFact> facts, ClockRules rules)
    {
        var fold = new ClockFold(rules);
        var corrections = Corrections(facts);
        for (var i = 0; i < facts.Count; i++)
        {
            if (!corrections.TryGetValue(i, out var correction))
            {
                fold.Play(facts[i]);
            }
            else if (correction.NewAt is { } at)
            {
                fold.Play(facts[i] with { At = at });
            }
        }

        return fold;
    }

    public ClockReading Read(string clock, DateTimeOffset at) => ClockMeter.Read(this, Known(clock), at, rules);

    /// <summary>What a due date of the clock is worked out from, with the pauses that hold it.</summary>
    public (WorkingCalendar Calendar, DueQuestion Question) Ask(ClockTrack clock) => ClockMeter.Ask(this, clock, rules);

    private static Dictionary<int, ClockFact.Corrected> Corrections(IReadOnlyList<ClockFact> facts)
    {
        var corrections = new Dictionary<int, ClockFact.Corrected>();
        for (var i = 0; i < facts.Count; i++)
        {
            if (facts[i] is not ClockFact.Corrected correction)
            {
                continue;
            }

            if (correction.Of < 0 || correction.Of >= i || facts[correction.Of] is ClockFact.Corrected)
            {
                throw new ClockFactException(ClockRule.UnknownFact,
                    $"第 {correction.Of} 条记录不存在或本身就是更正，无法更正", $"Fact {correction.Of} does not exist before its correction, or is a correction itself. Correct the original fact again instead.");
            }

            if (string.IsNullOrWhiteSpace(correction.Reason))
            {
                throw new ClockFactException(ClockRule.NoReason, "更正必须写明原因", "A correction needs a reason.");
            }

            if (correction.ApprovedBy == correction.By || string.IsNullOrWhiteSpace(correction.ApprovedBy))
            {
                throw new ClockFactException(ClockRule.SelfApproved, "更正必须由本人以外的人批准", "A correction needs the approval of somebody else than the one who enters it.");
            }

            RequireEvidence(correction);
            corrections[correction.Of] = correction;
        }

        return corrections;
    }

    private void Play(ClockFact fact)
    {
        switch (fact)
        {
            case ClockFact.Started started:
                Start(started);
                break;
            case ClockFact.Stopped stopped:
                Stop(stopped);
                break;
            case ClockFact.Paused paused:
                PauseRules.Check(this, paused, rules);
                Pauses.Add(new PauseTrack(paused.Code, paused.At));
                break;
            case ClockFact.Resumed resumed:
                Resume(resumed);
                break;
            case ClockFact.Recalendared change:
                foreach (var clock in Clocks.Values.Where(c => c.Stop is null && c.Terms.Calendar == change.FromCalendar))
                {
                    clock.Terms = clock.Terms with { Calendar = change.ToCalendar };
                }

                break;
            case ClockFact.Corrected:
                break;
            default:
                throw new System.Diagnostics.UnreachableException($"No rule for the clock fact {fact.GetType().Name}.");
        }
    }

    private void Start(ClockFact.Started started)
    {
        RequireEvidence(started);
        if (started.Terms.PauseOverrides?.FirstOrDefault(o => o.Value && rules.Pauses.NeverStopWhole.Contains(o.Key)).Key is { } code
            && started.Terms.Scope == ClockScope.Whole)
        {
            throw new ClockFactException(ClockRule.MayNotStopWhole, $"{code} 不得暂停全流程时钟", $"{code} may never stop the whole-process clock, whatever the policy item says.");
        }

        if (!Clocks.TryAdd(started.Clock, new ClockTrack(started.Clock, started.Terms, started.At)))
        {
            throw new ClockFactException(ClockRule.ClockExists,
                $"时钟 {started.Clock} 已经启动过；新一轮请另起名称，例如 {started.Clock}#2", $"Clock '{started.Clock}' has been started before. Give a new round a name of its own, such as {started.Clock}#2.");
        }

        if (started.Terms.Limit < 0)
        {
            throw new ClockFactException("negative-limit", $"时限不能为负数：{started.Terms.Limit}", $"The limit of clock '{started.Clock}' cannot be negative: {started.Terms.Limit}.");
        }
    }

    private void Stop(ClockFact.Stopped stopped)
    {
        RequireEvidence(stopped);
        var clock = Known(stopped.Clock);
        if (clock.Stop is { } before)
        {
            throw new ClockFactException(ClockRule.ClockStopped, $"时钟 {clock.Name} 已于 {Words(before)} 停止", $"Clock '{clock.Name}' stopped at {Words(before)} already. Correct that fact if it is wrong.");
        }

        if (stopped.At < clock.Start)
        {
            throw new ClockFactException(ClockRule.StopBeforeStart,
                $"时钟 {clock.Name} 于 {Words(clock.Start)} 启动，不能在 {Words(stopped.At)} 停止", $"Clock '{clock.Name}' started at {Words(clock.Start)} and cannot stop before, at {Words(stopped.At)}.");
        }

        clock.Stop = stopped.At;
    }

    private void Resume(ClockFact.Resumed resumed)
    {
        RequireEvidence(resumed);
        var open = Pauses.FindLast(p => p.Code == resumed.Code && p.To is null) ?? throw new ClockFactException(ClockRule.NotPaused,
            $"案件当前没有代码为 {resumed.Code} 的暂停", $"The case is not paused with {resumed.Code}. Open pauses: {string.Join(", ", Pauses.Where(p => p.To is null).Select(p => p.Code).DefaultIfEmpty("none"))}.");
        if (resumed.At < open.From)
        {
            throw new ClockFactException(ClockRule.ResumeBeforePause,
                $"暂停 {resumed.Code} 始于 {Words(open.From)}，恢复时间 {Words(resumed.At)} 不能更早", $"The pause {resumed.Code} began at {Words(open.From)} and cannot end before, at {Words(resumed.At)}.");
        }

        open.To = resumed.At;
    }

    private ClockTrack Known(string clock) => Clocks.GetValueOrDefault(clock) ?? throw new ClockFactException(ClockRule.UnknownClock,
        $"时钟 {clock} 没有启动", $"Clock '{clock}' was never started. Clocks of this case: {string.Join(", ", Clocks.Keys.DefaultIfEmpty("none"))}.");

    internal static void RequireEvidence(ClockFact fact)
    {
        if (fact.Evidence.Count == 0 || fact.Evidence.Any(e => string.IsNullOrWhiteSpace(e.Reference)))
        {
            throw new ClockFactException(ClockRule.NoEvidence, "时钟的启动、暂停、恢复、停止和更正都必须附证据",
                $"A clock fact ({fact.GetType().Name}) is only accepted with evidence: attach the file or name the document.");
        }
    }

    internal static string Words(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
