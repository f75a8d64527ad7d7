using PowerWorkflow.Processes.Forms;

namespace PowerWorkflow.Processes.Judges;

/// <summary>Supply plan and design.</summary>
internal static class Planning
{
    /// <summary>A plan that can be sent, or a refusal with its legal basis.</summary>
    public static void Plan(Ruling r)
    {
        var (plan, load, survey) = (r["PLAN"], r["LOAD"], r["SURVEY"]);
        var sources = plan.List("sources");
        var transformers = plan.List("transformers");

        r.Deny("drafted", transformers.Count > 0 && transformers.Max(t => t.Number("kva")) != plan.Number("largestTransformer"), "largest-transformer", "单台最大容量与变压器清单不一致", "The largest transformer does not agree with the list");
        r.Deny("drafted", survey.Text("conclusion") == "暂不具备(受限)" && plan.Date("solveBy") is null, "restricted-without-date", "受限的方案须写明解决时间", "A restricted plan needs the date the restriction ends");
        if (plan.Text("runMode") is { } mode)
        {
            r.Deny("drafted", mode == "单电源" || sources.Count < 2, "one-source-only", "双（多）电源须有两路以上电源，运行方式不能为单电源", "Several sources are needed, and a running mode for them");
            r.Deny("drafted", sources.Count > 1 && sources.Select(s => s.Text("station")).Distinct().Count() < 2 && r["CUST"].Text("importance") is "特级" or "一级",
                "same-station", "特级、一级重要客户的电源须来自两座不同的变电站", "A special-grade or grade 1 customer needs sources from two stations");
        }

        if (r.Figure("emergencyRatio") is { } ratio && load.Number("securityLoad") is { } security && Acceptance.IsImportant(r["CUST"]))
        {
            r.Deny("drafted", (plan.Number("selfEmg") ?? 0) < ratio * security, "emergency-source-too-small",
                $"自备应急电源应不小于保安负荷的 {Numbers.Text(ratio)} 倍，即 {Numbers.Text(ratio * security)} kW", $"The own emergency source must be at least {Numbers.Text(ratio)} × the security load: {Numbers.Text(ratio * security)} kW");
        }

        r.Deny("no-supply", plan.Text("refuse") is not { Length: >= 10 }, "refusal-without-basis", "不予供电须写明理由和法律依据", "Refusing supply needs a reason and its legal basis");
    }

    /// <summary>Signed, objected to, or run out.</summary>
    public static void Signature(Ruling r)
    {
        var signature = r["PLAN_SIGN"];
        r.Deny("signed", signature.Text("custSign") is null, "signature-missing", "没有客户签收", "The customer's signature is missing");
        r.Deny("objection", signature.Text("objection") is null || signature.Instant("newDemandAt") is null, "objection-missing", "须写明异议或新需求及提出时间", "Enter the objection and when it was made");
        var validTo = r["PLAN"].Date("validTo");
        r.Deny("lapsed", validTo is null || validTo >= DateOnly.FromDateTime(r.Input.Now.Date), "still-valid", $"方案有效期至 {validTo:yyyy-MM-dd}，尚未到期", $"The plan is valid until {validTo:yyyy-MM-dd}");
    }

    /// <summary>Nothing that must be fixed may be left.</summary>
    public static void Design(Ruling r)
    {
        var open = new[] { "DESIGN_NET", "DESIGN_METER", "DESIGN_OPS", "DESIGN_DISP", "DESIGN_SAFE" }
            .SelectMany(section => r[section].List("issues")).Where(issue => issue.Flag("mustFix")).Select(issue => issue.Text("item")).ToList();
        r.Deny("pass", open.Count > 0, "must-fix", $"尚有必改项：{string.Join("；", open)}", $"Must be fixed first: {string.Join("; ", open)}");
        r.Deny("pass", r["DESIGN"].Text("result") != "通过", "result-differs", "结论不是“通过”", "The conclusion is not 'pass'");
        r.Deny("revise", r["DESIGN"].Text("result") == "通过", "result-differs", "结论为“通过”", "The conclusion is 'pass'");
    }
}
