namespace PowerWorkflow.Processes.Judges;

/// <summary>Acceptance of an application.</summary>
internal static class Acceptance
{
    /// <summary>Accepted, asked for missing documents, or refused.</summary>
    public static void Application(Ruling r)
    {
        var acceptance = r["ACCEPT"];
        var (customer, load) = (r["CUST"], r["LOAD"]);
        var missing = acceptance.List("missingDocs");

        r.Deny("accepted", !acceptance.Flag("inSupplyArea"), "not-in-supply-area", "不属于本供电营业区，不能受理", "The address is outside our supply area");
        r.Deny("accepted", missing.Count > 0, "documents-missing", "仍有缺件，请先一次性告知客户", "Documents are missing: tell the customer first, all at once");
        r.Deny("accepted", acceptance.Instant("acceptedAt") is null || acceptance.Instant("materialCompleteAt") is null || acceptance.Date("promisedAt") is null,
            "acceptance-incomplete", "受理须填受理时间、资料齐全时间和承诺日期", "Accepting needs the time of acceptance, the time documents were complete and the promised date");
        r.Deny("accepted", acceptance.Instant("acceptedAt") < r["CASE"].Instant("submittedAt"), "accepted-before-submitted", "受理时间早于客户提交时间", "Accepted before it was submitted");
        r.Deny("accepted", !IdNumbers.IsValid(customer.Text("idType"), customer.Text("idNo")), "id-check-digit", "证件号码校验位不正确，请核对", "The check digit of the document number is wrong: compare it with the document");
        r.Deny("accepted", load.Number("securityLoad") > load.Number("applyCap"), "security-load-too-large", "保安负荷大于申请容量", "The security load is larger than the applied capacity");
        r.Deny("accepted", IsImportant(customer) && (load.Number("securityLoad") is null || load.Number("maxOutage") is null),
            "important-without-security-load", "重要客户须填保安负荷与允许停电时间", "An important customer needs a security load and a permitted interruption");

        r.Deny("missing", missing.Count == 0, "nothing-missing", "没有列出缺件", "No missing document is listed");
        var told = r.Input.Data.TryGetValue("ACCEPT", out var before) ? new Section(before).List("missingDocs").Select(m => m.Text("docType")).ToHashSet() : null;
        var late = missing.Where(m => told is { Count: > 0 } && !told.Contains(m.Text("docType")) && (!m.Flag("late") || m.Text("lateReason") is null)).Select(m => m.Text("docType")).ToList();
        r.Deny("missing", late.Count > 0, "told-late", $"首次告知未列出，须标明新增并说明理由：{string.Join("、", late)}", $"Not in the first notice, mark as late and say why: {string.Join(", ", late)}");

        r.Deny("rejected", acceptance.Text("reason") is null, "refusal-without-reason", "不予受理须写明理由", "Refusing needs a reason");
    }

    /// <summary>The documents came, or did not.</summary>
    public static void Supplement(Ruling r) =>
        r.Deny("received", !r.Brings("DOCS") || !r.Brings("SUPPLY"), "nothing-received", "须登记收到的资料与交接凭证", "Enter the documents and the proof of receipt");

    /// <summary>The grade is the government's, not ours.</summary>
    public static void Importance(Ruling r)
    {
        var grade = r["IMPORTANCE"];
        r.Deny("listed", grade.Text("listNo") is null, "list-missing", "须填政府名单文号", "Name the government's list");
        r.Deny("not-listed", grade.Text("applyNo") is null, "application-missing", "须填提请认定文号", "Name the application to the authority");
    }

    /// <summary>On the government's list of important customers, in whatever grade.</summary>
    public static bool IsImportant(Section customer) => customer.Text("importance") is { } grade && grade != "普通";
}
