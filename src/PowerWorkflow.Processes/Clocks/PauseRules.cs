namespace PowerWorkflow.Processes.Clocks;

/// <summary>When a pause is accepted (domain document 0.4): a known code, its evidence, in time, and agreed to when there are many.</summary>
internal static class PauseRules
{
    public static void Check(ClockFold fold, ClockFact.Paused pause, ClockRules rules)
    {
        if (!rules.Pauses.Codes.TryGetValue(pause.Code, out var code))
        {
            throw new ClockFactException(ClockRule.UnknownPauseCode,
                $"没有暂停代码“{pause.Code}”", $"There is no pause code '{pause.Code}'. Known codes: {string.Join(", ", rules.Pauses.Codes.Keys)}.");
        }

        Evidence(pause, code);
        var open = fold.Pauses.Find(p => p.Code == pause.Code && (p.To is null || p.To > pause.At) && p.From <= pause.At);
        if (open is not null)
        {
            throw new ClockFactException(ClockRule.AlreadyPaused,
                $"案件自 {ClockFold.Words(open.From)} 起已因 {pause.Code} 暂停", $"The case is already paused with {pause.Code} since {ClockFold.Words(open.From)}.");
        }

        Approval(fold, pause, rules.Pauses);
        InTime(fold, pause, rules);
    }

    private static void Evidence(ClockFact.Paused pause, PauseCode code)
    {
        ClockFold.RequireEvidence(pause);
        if (pause.Evidence.Any(e => e.Kind == Clocks.Evidence.Unclassified))
        {
            return;
        }

        foreach (var needed in code.Evidence)
        {
            var found = pause.Evidence.Count(e => needed.Kinds.Contains(e.Kind));
            if (found < needed.Least)
            {
                var kinds = string.Join(" / ", needed.Kinds);
                throw new ClockFactException(ClockRule.NoEvidence,
                    $"暂停 {code.Code}（{code.Name.Zh}）需要 {needed.Least} 份 {kinds} 证据，现有 {found} 份",
                    $"The pause {code.Code} ({code.Name.En}) needs {needed.Least} piece(s) of evidence of kind {kinds}; {found} given.");
            }
        }
    }

    private static void Approval(ClockFold fold, ClockFact.Paused pause, PauseCodes codes)
    {
        var number = fold.Pauses.Count + 1;
        var sameCode = fold.Pauses.Count(p => p.Code == pause.Code) + 1;
        if (number < codes.ApprovalFromPause && sameCode < codes.ApprovalFromSameCode)
        {
            return;
        }

        if (pause.Approval?.Role != codes.ApprovalRole)
        {
            throw new ClockFactException(ClockRule.NeedsApproval,
                $"这是本案第 {number} 次暂停（{pause.Code} 第 {sameCode} 次），需要主任（{codes.ApprovalRole}）批准",
                $"This is pause {number} of the case and number {sameCode} with {pause.Code}: it needs the approval of a manager ({codes.ApprovalRole}).");
        }

        if (pause.Approval.Person == pause.By)
        {
            throw new ClockFactException(ClockRule.SelfApproved, "暂停不能由申请人自己批准", "A pause cannot be approved by the person who asks for it.");
        }
    }

    private static void InTime(ClockFold fold, ClockFact.Paused pause, ClockRules rules)
    {
        var running = fold.Clocks.Values.Where(c => c.RunsAt(pause.At)).ToList();
        if (running.Count == 0)
        {
            throw new ClockFactException(ClockRule.NothingToPause,
                $"{ClockFold.Words(pause.At)} 没有运行中的时钟，无可暂停", $"No clock of the case runs at {ClockFold.Words(pause.At)}: there is nothing to pause.");
        }

        // A clock past its limit runs on whatever is paused (ClockMeter leaves the pause out). Only when none is left to stop is the pause refused.
        var stoppable = running.Where(c => rules.Stops(pause.Code, c.Terms)).ToList();
        var passed = stoppable.Where(c => ClockMeter.LimitPassed(fold, c, pause.At, rules)).ToList();
        if (stoppable.Count > 0 && passed.Count == stoppable.Count)
        {
            var names = string.Join(", ", passed.Select(c => c.Name));
            throw new ClockFactException(ClockRule.PauseAfterLimit,
                $"时限已过（{names}），不能再暂停", $"The limit of {names} had passed by {ClockFold.Words(pause.At)}: a pause cannot begin after it.");
        }
    }
}
