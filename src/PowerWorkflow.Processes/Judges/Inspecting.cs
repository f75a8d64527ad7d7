using System.Text.Json.Nodes;
using PowerWorkflow.Processes.Checklists;
using PowerWorkflow.Processes.Forms;

namespace PowerWorkflow.Processes.Judges;

/// <summary>Completion inspection and mid-construction check.</summary>
internal static class Inspecting
{
    /// <summary>The papers of the completion application.</summary>
    public static void Report(Ruling r)
    {
        var check = r["REPORT_CHECK"];
        var missing = check.List("missing");
        r.Deny("complete", missing.Count > 0, "papers-missing", "仍有缺件，请一次性告知", "Papers are missing: tell the customer, all at once");
        r.Deny("complete", check.Instant("completeAt") is null, "complete-at-missing", "须填资料齐全时间，检验时限自此起算", "Enter when the papers were complete: the limit runs from then");
        r.Deny("complete", r["REPORT"].Date("licenceTo") < DateOnly.FromDateTime(r.Input.Now.Date), "licence-expired", "施工单位许可证已过期", "The contractor's licence has expired");
        r.Deny("incomplete", missing.Count == 0, "nothing-missing", "没有列出缺件", "No missing paper is listed");
        var told = r.Input.Data.TryGetValue("REPORT_CHECK", out var before) ? new Section(before).List("missing").Select(m => m.Text("docType")).ToHashSet() : [];
        r.Deny("incomplete", told.Count > 0 && missing.Any(m => !told.Contains(m.Text("docType")) && (!m.Flag("late") || m.Text("lateReason") is null)),
            "told-late", "首次告知未列出的缺件须标明新增并说明理由", "A paper that was not in the first notice needs to be marked late, with the reason");
    }

    /// <summary>Who may inspect: nobody of the contractor's group, somebody who knows the first round, enough people at night.</summary>
    public static void Team(Ruling r)
    {
        var (team, report) = (r["TEAM"], r["REPORT"]);
        var members = team.Texts("members");
        var contractor = new[] { report.Text("contractor"), report.Text("contractorGroup") };
        var tied = members.Where(m => r.Input.ContractorGroups.TryGetValue(m, out var group) && contractor.Contains(group)).ToList();
        r.DenyAll(tied.Count > 0, "of-contractor-group", $"检验人员不得属于施工单位所属集团：{string.Join("、", tied)}", $"Inspectors must not belong to the contractor's group: {string.Join(", ", tied)}");
        r.DenyAll(team.Flag("night") && members.Count < r.Figure("nightMembers"), "too-few-at-night", $"夜间检验不少于 {r.Figure("nightMembers")} 人", $"At night at least {r.Figure("nightMembers")} inspectors are needed");
        r.DenyAll(team.Number("round") != r.Input.Round, "wrong-round", $"现为第 {r.Input.Round} 轮", $"This is round {r.Input.Round}");
        if (r.Input.Round > 1)
        {
            var first = r.InRound("TEAM", 1).Texts("members");
            r.DenyAll(first.Count > 0 && !members.Any(first.Contains), "nobody-of-first-round", "复验至少一人参加过第一轮检验", "A re-inspection needs at least one member of the first round");
        }

        r.DenyAll(r.Input.Round >= r.Figure("managerFromRound") && team.Text("attendedBy") is null, "manager-missing", "第三轮起主任须到场", "From the third round on the manager attends");
    }

    /// <summary>On site, outside of the fence, or not let in.</summary>
    public static void Arrival(Ruling r)
    {
        foreach (var outcome in new[] { "outside", "no-access" })
        {
            r.Deny(outcome, r["ARRIVE"].Text("outsideReason") is null, "reason-missing", "须写明原因", "Say why");
        }
    }

    /// <summary>One round of the checklist.</summary>
    /// <param name="r">The ruling.</param>
    /// <param name="section">The section of the rounds.</param>
    /// <param name="fixes">The section where the customer's rectification names what it touched.</param>
    public static void Round(Ruling r, string section, string fixes)
    {
        var inspection = r[section];
        var key = FormDefinition.KeyOf(section, r.Input.Round);
        r.DenyAll(!r.Input.Submitted.ContainsKey(key), "wrong-round", $"现为第 {r.Input.Round} 轮，须提交 {key}", $"This is round {r.Input.Round}: submit {key}");
        r.DenyAll(inspection.IsThere && inspection.Number("round") != r.Input.Round, "wrong-round", $"轮次须为 {r.Input.Round}", $"The round must be {r.Input.Round}");
        var code = r.Input.Form?.Checklists is [var named, ..] ? named : null;
        var checklist = code is null ? null : r.Input.Checklists.GetValueOrDefault(code);
        r.DenyAll(checklist is null, "checklist-missing", $"没有检验清单 {code}", $"There is no checklist {code}");
        if (checklist is null || inspection.Json is not { } json)
        {
            return;
        }

        var earlier = Enumerable.Range(1, r.Input.Round - 1).Select(n => r.InRound(section, n)).Where(s => s.IsThere).ToList();
        IReadOnlySet<string>? required = earlier.Count == 0 ? null : earlier[^1].Texts("toReinspect")
            .Concat(inspection.Texts("affected")).Concat(r.InRound(fixes, r.Input.Round - 1).Texts("affected")).ToHashSet();
        var judged = new InspectionRound(checklist, r.Input.CaseId, Figure).Judge(r.Input.Round, json, [.. earlier.Select(s => s.Json!)], required is { Count: > 0 } ? required : null);
        foreach (var (slug, text) in judged.Problems)
        {
            r.DenyAll(true, slug, text.Zh, text.En);
        }

        foreach (var defect in judged.Defects)
        {
            r.Note(defect.Item.Critical ? "critical-defect" : "general-defect", new(
                $"{defect.Item.Code} {defect.Item.Name.Zh}（{(defect.Item.Critical ? "关键" : "一般")}）：{defect.Finding!.Zh}",
                $"{defect.Item.Code} {defect.Item.Name.En} ({(defect.Item.Critical ? "critical" : "general")}): {defect.Finding.En}"));
        }

        if (judged.Overall is null)
        {
            return;
        }

        r.Deny("pass", judged.Overall != "pass", "has-defects", "有缺陷，不能判合格", "There are defects: it cannot pass");
        r.Deny("conditional", judged.Overall != "conditional", judged.Overall == "pass" ? "no-defects" : "blocked",
            judged.Overall == "pass" ? "没有缺陷" : $"有关键缺陷，或一般缺陷超过 {checklist.GeneralAllowed} 项，不得送电",
            judged.Overall == "pass" ? "There is no defect" : $"A critical defect, or more than {checklist.GeneralAllowed} general ones, keeps the supply off");
        r.Deny("fail", judged.Overall == "pass", "no-defects", "没有缺陷，不能判不合格", "There is no defect: it cannot fail");
        Energised(r);
        r.Derive(key, new JsonObject
        {
            ["overall"] = judged.Overall,
            ["defects"] = new JsonArray([.. judged.Defects.Select(d => (JsonNode)new JsonObject { ["itemCode"] = d.Item.Code, ["level"] = d.Item.Critical ? "C" : "G", ["finding"] = d.Finding!.Zh, ["findingEn"] = d.Finding.En, ["clause"] = d.Item.Reference })]),
            ["toReinspect"] = new JsonArray([.. judged.ToReinspect.Select(item => (JsonNode)item)]),
        });

        decimal? Figure(string place)
        {
            var dot = place.IndexOf('.', StringComparison.Ordinal);
            return r[place[..dot]].Number(place[(dot + 1)..]);
        }
    }

    // Where the form also energises (a resident's visit), the supply is on if and only if the check permits it.
    private static void Energised(Ruling r)
    {
        if (r.Input.Form?.Writes.Contains("ENERG") != true)
        {
            return;
        }

        foreach (var outcome in new[] { "pass", "conditional" })
        {
            r.Deny(outcome, !r.Brings("ENERG"), "energising-missing", "须填写送电资料", "Enter the energising");
        }

        r.Deny("fail", r.Brings("ENERG"), "energised-though-failed", "检查不合格不得送电，请删去送电资料", "A failed check must not be energised: remove the energising");
    }

    /// <summary>Every defect is told at once; what else may follow depends on the customer and the number of sources.</summary>
    public static void Notice(Ruling r, string section)
    {
        var notice = r["NOTICE"];
        var told = notice.List("defects").Select(d => d.Text("itemCode")).ToHashSet();
        var untold = r[section].List("defects").Select(d => d.Text("itemCode")).Where(code => !told.Contains(code)).ToList();
        r.DenyAll(untold.Count > 0, "defects-not-told", $"缺陷须一次列全，尚缺：{string.Join("、", untold)}", $"All defects are told at once, missing: {string.Join(", ", untold)}");
        r.Deny("disputed", notice.Text("objection") is null, "objection-missing", "须写明客户异议", "Enter the customer's objection");
        r.Deny("isolate", r["PLAN"].List("sources").Count < 2, "one-source-only", "单电源不能部分送电", "With one source no part can be energised");
    }

    /// <summary>Rectified in full, or more time asked for.</summary>
    public static void Rectification(Ruling r)
    {
        var done = r["FIX"].List("items").Select(i => i.Text("itemCode")).ToHashSet();
        var open = r["INSP"].List("defects").Select(d => d.Text("itemCode")).Where(code => !done.Contains(code)).ToList();
        r.Deny("done", !r.Brings("FIX") || open.Count > 0, "not-rectified", $"尚未说明整改的缺陷：{string.Join("、", open)}", $"Defects without a rectification: {string.Join(", ", open)}");
        r.Deny("extend", !r.Brings("EXTENSION"), "extension-missing", "须填延期申请", "Enter the request for more time");
    }

    /// <summary>The application for a mid-construction check.</summary>
    public static void MidApplication(Ruling r)
    {
        var acceptance = r["MID_ACCEPT"];
        r.Deny("accepted", !acceptance.Flag("scopeRight") || acceptance.Instant("acceptedAt") is null, "scope-wrong", "范围不符或未填受理时间", "The scope is wrong, or the time of acceptance is missing");
        r.Deny("wrong-scope", acceptance.Flag("scopeRight") || acceptance.Text("tell") is null, "scope-right", "范围相符，或未写告知内容", "The scope is right, or what was told is missing");
    }

    /// <summary>A round of the mid-construction check; covered works are their own way out.</summary>
    public static void MidRound(Ruling r)
    {
        var covered = r["INSP_MID"].Texts("coveredParts").Count > 0;
        if (covered)
        {
            r.Deny("pass", true, "already-covered", "隐蔽部位已覆盖，须书面要求剥露或试验", "Works are covered already: order in writing to expose or test them");
            r.Deny("fail", true, "already-covered", "隐蔽部位已覆盖，请选“隐蔽部位已覆盖”", "Works are covered already: choose that outcome");
            return;
        }

        Round(r, "INSP_MID", "FIX_MID");
        r.Deny("covered", true, "nothing-covered", "未登记已覆盖部位", "No covered part is entered");
    }
}
