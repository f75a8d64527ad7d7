using System.Globalization;

namespace PowerWorkflow.Processes.Judges;

/// <summary>Metering and energising.</summary>
internal static class Energising
{
    /// <summary>An outage that others feel is announced early enough.</summary>
    public static void Outage(Ruling r)
    {
        var stop = r["STOP"];
        if (!stop.Flag("affectsOthers"))
        {
            return;
        }

        var (noticed, off) = (stop.Instant("noticeAt"), stop.Instant("planOff"));
        r.Deny("planned", noticed is null || off is null || stop.Instant("planOn") is null, "outage-incomplete", "影响其他客户时须填通知、停电和复电时间", "When others are affected, enter notice, off and on");

        // Counted backwards in full days from the start of the outage; the day of receipt does not count.
        var days = off is null || noticed is null ? 0 : (off.Value - new DateTimeOffset(noticed.Value.Date.AddDays(1), noticed.Value.Offset)).Days;
        r.Deny("planned", noticed is not null && off is not null && days < r.Figure("noticeDays"), "notice-too-short", $"停电须提前 {r.Figure("noticeDays")} 天通知，现为 {days} 天", $"The outage needs {r.Figure("noticeDays")} days of notice, has {days}");
    }

    /// <summary>What is on the wall is what was issued.</summary>
    public static void Meter(Ruling r)
    {
        var meter = r["METER"];
        var issued = r["METER_ISSUE"].Texts("assetNos");
        var strange = meter.List("devices").Select(d => d.Text("assetNo")).Where(asset => !issued.Contains(asset)).ToList();
        r.Deny("installed", strange.Count > 0, "asset-not-issued", $"条码与配表不一致：{string.Join("、", strange)}", $"Not among the issued devices: {string.Join(", ", strange)}");
        r.Deny("installed", meter.Text("wiring") != "正确", "wiring-wrong", "接线不正确", "The wiring is wrong");
        r.Deny("installed", meter.Text("ticketNo") != r["TICKET_H"].Text("ticketNo"), "other-ticket", "工作票号与签发的不一致", "The ticket is not the one that was issued");
        var (fitted, planned) = (meter.List("devices").FirstOrDefault(d => d.Text("kind") == "CT").Text("ratio"), r["PLAN"].List("meter") is [var point, ..] ? point.Text("ct") : null);
        r.Deny("installed", fitted is not null && planned is not null && fitted != planned, "ratio-differs", $"CT 变比 {fitted} 与方案 {planned} 不一致", $"The CT ratio {fitted} differs from the plan's {planned}");
        r.Deny("blocked", meter.Text("mismatch") is null, "mismatch-missing", "须说明与工单哪里不符", "Say what does not match the order");
    }

    /// <summary>Five gates. What the case itself knows counts more than a tick.</summary>
    public static void Gates(Ruling r)
    {
        var gates = r["ENERG_PRE"];
        var (contract, fees, meter) = (r["CONTR"], r["FEE"], r["METER"]);
        var shut = 0;
        Gate("inspectionPassed", IsInspected(r), "竣工检验未合格", "The inspection has not passed");
        Gate("contractSigned", contract.Instant("signedAt") is not null, "供用电合同未签订", "The contract is not signed");
        Gate("feesSettled", fees.Flag("settled"), "业务费未结清", "The fees are not settled");
        Gate("meterSealed", meter.Texts("sealNos").Count > 0, "计量未装或未封", "The metering is not installed and sealed");
        Gate("startScheme", r["SCHEME"].IsThere || !IsHighVoltage(r), "启动方案未批准", "The start-up scheme is not approved");
        r.Deny("blocked", shut == 0, "all-open", "五关均已通过", "All five gates are passed");

        void Gate(string name, bool known, string zh, string en)
        {
            var open = gates.Flag(name) && known;
            shut += open ? 0 : 1;
            r.Deny("pass", !open, "gate-" + name, gates.Flag(name) ? $"{zh}（案件中没有依据）" : zh, gates.Flag(name) ? $"{en} (the case holds no evidence of it)" : en);
        }
    }

    /// <summary>The manager may open a gate, but never the inspection's.</summary>
    public static void GateDecision(Ruling r) =>
        r.Deny("override", !IsInspected(r) || !r["ENERG_PRE"].Flag("inspectionPassed"), "inspection-not-passed", "竣工检验未合格，不得特批送电", "Nobody may energise what has not passed its inspection");

    /// <summary>Energised in order, put off, or gone wrong.</summary>
    public static void Operation(Ruling r)
    {
        var energised = r["ENERG"];
        r.Deny("energised", energised.Instant("actAt") is null || energised.Number("volt") is null || energised.Number("amp") is null, "measurements-missing", "须填实际送电时间、电压和电流", "Enter the time, the voltage and the current");
        r.Deny("energised", !energised.Flag("phaseSeq"), "phase-sequence", "相序未核对正确", "The phase sequence has not been found correct");
        r.Deny("energised", r.Input.Round > 1 && !energised.Flag("phaseBetween"), "phases-between-sources", "须与其他电源核相正确", "The phases have to agree with the other sources");
        if (IsHighVoltage(r))
        {
            r.Deny("energised", energised.Text("cmdNo") is null, "command-missing", "高压送电须有调度命令号", "High voltage needs a dispatch command");
            var (least, most) = (r.Figure("impulseLeast"), r.Figure("impulseMost"));
            r.Deny("energised", r.Input.Round == 1 && (energised.Number("impulse") is not { } times || times < least || times > most), "impulse", $"冲击次数须为 {least}-{most} 次", $"The transformer is closed in {least} to {most} times");
        }

        foreach (var outcome in new[] { "aborted", "abnormal" })
        {
            r.Deny(outcome, energised.Text("reason") is null, "reason-missing", "须写明原因", "Say why");
        }
    }

    /// <summary>Online or not is seen, not chosen.</summary>
    public static void Signature(Ruling r)
    {
        var online = r["ENERG_SIGN"].Instant("onlineAt") is not null;
        r.Deny("online", !online, "not-online", "未填采集上线时间", "The time it came online is missing");
        r.Deny("offline", online, "is-online", "已填采集上线时间", "A time it came online is entered");
    }

    /// <summary>Within the class, or replaced.</summary>
    public static void MeterError(Ruling r)
    {
        var test = r["METER_TEST"];
        var within = Math.Abs(test.Number("error") ?? 0) <= (test.Number("accuracy") ?? 0);
        r.DenyAll(test.Date("calibTo") < DateOnly.FromDateTime(r.Input.Now.Date), "instrument-out-of-calibration", "标准表已超检定有效期，结果不予接受", "The standard meter is out of calibration: the result is not accepted");
        r.Deny("pass", !within, "error-too-large", "误差超出等级允许值，须换表", "The error is larger than the class permits: replace the meter");
        r.Deny("replace", within, "error-permitted", "误差在允许值内", "The error is within its class");
    }

    // Ordinary low-voltage customers are not inspected before metering; where an inspection was begun, or at high voltage, its opinion has to be there.
    private static bool IsInspected(Ruling r) =>
        r["OPINION"].Text("result") is not null || (!IsHighVoltage(r) && !r["REPORT_CHECK"].IsThere && !r["PLAN"].Flag("specialLv"));

    private static bool IsHighVoltage(Ruling r) => decimal.TryParse(r["LOAD"].Text("volt"), CultureInfo.InvariantCulture, out var kv) && kv >= 1;
}
