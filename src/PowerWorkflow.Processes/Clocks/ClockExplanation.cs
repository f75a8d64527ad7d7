using System.Globalization;
using PowerWorkflow.Processes.Documents;

namespace PowerWorkflow.Processes.Clocks;

/// <summary>A clock in words: its limit and source, what happened to it with the evidence, then the reckoning day by day.</summary>
internal static class ClockExplanation
{
    public static IReadOnlyList<ReckoningLine> Of(ClockLedger ledger, string clock, DateTimeOffset at, ClockRules rules)
    {
        var reading = ledger.Read(clock, at, rules);
        var calendar = rules.Calendars.Resolve(reading.Terms.Calendar);
        var (zh, en) = UnitWords(reading.Terms);
        var lines = new List<ReckoningLine>
        {
            new(calendar.DateAt(reading.StartedAt), new LocalText(
                $"时钟 {clock}：时限 {reading.Terms.Limit?.ToString(CultureInfo.InvariantCulture) ?? "未定"} {zh}；依据 {reading.Terms.Policy ?? "人工设定"}",
                $"Clock {clock}: limit {reading.Terms.Limit?.ToString(CultureInfo.InvariantCulture) ?? "not set"} {en}; by {reading.Terms.Policy ?? "hand"}"), null),
        };
        for (var i = 0; i < ledger.Facts.Count; i++)
        {
            if (Words(ledger.Facts[i], clock, reading.Terms, rules) is { } words)
            {
                var fact = ledger.Facts[i];
                var when = calendar.LocalAt(fact.At).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
                var evidence = string.Join(", ", fact.Evidence.Select(e => $"{e.Kind} {e.Reference}"));
                lines.Add(new ReckoningLine(calendar.DateAt(fact.At), new LocalText(
                    $"#{i} {when} {words.Zh}（{fact.By}；证据：{evidence}）", $"#{i} {when} {words.En} (by {fact.By}; evidence: {evidence})"), null));
            }
        }

        if (reading.Terms.Limit is null)
        {
            lines.Add(new ReckoningLine(calendar.DateAt(at), new LocalText($"已用 {reading.Used:0.##} {zh}，无到期时间", $"used {reading.Used:0.##} {en}, no due date"), reading.Used));
            return lines;
        }

        lines.AddRange(Reckoning.Of(calendar, reading.Question, reading.StoppedAt ?? at));
        return lines;
    }

    private static LocalText? Words(ClockFact fact, string clock, ClockTerms terms, ClockRules rules) => fact switch
    {
        ClockFact.Started s when s.Clock == clock => new LocalText($"启动：{s.Trigger}", $"started by {s.Trigger}"),
        ClockFact.Stopped s when s.Clock == clock => new LocalText($"停止：{s.Trigger}", $"stopped by {s.Trigger}"),
        ClockFact.Paused p => PauseWords(p, terms, rules),
        ClockFact.Resumed r => new LocalText($"恢复：{r.Code}", $"resumed from {r.Code}"),
        ClockFact.Corrected { NewAt: { } to } c => new LocalText(
            $"更正第 #{c.Of} 条的时间为 {ClockFold.Words(to)}：{c.Reason}，{c.ApprovedBy} 批准", $"fact #{c.Of} corrected to {ClockFold.Words(to)}: {c.Reason}, approved by {c.ApprovedBy}"),
        ClockFact.Corrected c => new LocalText($"第 #{c.Of} 条作废：{c.Reason}，{c.ApprovedBy} 批准", $"fact #{c.Of} voided: {c.Reason}, approved by {c.ApprovedBy}"),
        ClockFact.Recalendared r when r.ToCalendar == terms.Calendar => new LocalText($"日历由 {r.FromCalendar} 更新为 {r.ToCalendar}", $"calendar {r.FromCalendar} replaced by {r.ToCalendar}"),
        _ => null,
    };

    private static LocalText PauseWords(ClockFact.Paused pause, ClockTerms terms, ClockRules rules)
    {
        var name = rules.Pauses.Codes[pause.Code].Name;
        return rules.Stops(pause.Code, terms)
            ? new LocalText($"暂停：{pause.Code} {name.Zh}", $"paused with {pause.Code}, {name.En}")
            : new LocalText($"案件暂停 {pause.Code} {name.Zh}，本时钟不停", $"case paused with {pause.Code}, {name.En}; this clock runs on");
    }

    private static (string Zh, string En) UnitWords(ClockTerms terms) => (terms.Kind, terms.Unit) switch
    {
        (ClockKind.WD, _) => ("个工作日", "working days"),
        (ClockKind.CD, LimitUnit.Month) => ("个月", "months"),
        (ClockKind.CD, LimitUnit.Year) => ("年", "years"),
        (ClockKind.CD, _) => ("个日历日", "calendar days"),
        (ClockKind.H24, _) => ("小时", "hours"),
        (ClockKind.WHALL, _) => ("分钟（营业时间）", "minutes of opening hours"),
        _ => ("分钟", "minutes"),
    };
}
