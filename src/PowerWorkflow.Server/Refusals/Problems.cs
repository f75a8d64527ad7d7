using PowerWorkflow.Processes.Documents;

namespace PowerWorkflow.Server.Refusals;

/// <summary>
/// The catalogue of refusals: each slug with its status and its sentences in both languages. A sentence says what was refused, which one, why, and what to
/// do next. Slugs never change their meaning; clients decide by them.
/// </summary>
public static class Problems
{
    private static LocalText Say(string zh, string en) => new(zh, en);

    // Who is asking

    public static Problem NotSignedIn() => new("not-signed-in", 401,
        Say("尚未登录", "Not signed in"),
        Say("您尚未登录，或登录已失效（超时、口令变更或账号被停用）。请重新登录后再试。",
            "You are not signed in, or your session has ended (expired, password changed or account disabled). Sign in and try again."));

    public static Problem SignInFailed() => new("sign-in-failed", 401,
        Say("登录失败", "Sign-in failed"),
        Say("用户名或口令不正确，或账号已停用。请核对后重试；忘记口令请联系管理员。",
            "The user name or password is wrong, or the account is disabled. Check them and try again; ask an administrator if you forgot the password."));

    public static Problem TooManyAttempts(DateTimeOffset until, TimeSpan wait) => new("too-many-attempts", 429,
        Say("尝试次数过多", "Too many attempts"),
        Say($"登录失败次数过多，已暂停登录。请在 {Math.Ceiling(wait.TotalMinutes)} 分钟后重试，或联系管理员解除。",
            $"Sign-in is blocked after too many failures. Try again in {Math.Ceiling(wait.TotalMinutes)} minute(s), or ask an administrator to lift the block."))
    { Extra = new Dictionary<string, object?> { ["until"] = until } };

    /// <param name="why">What is missing or wrong, as the header names it.</param>
    public static Problem OriginRefused(string why) => new("origin-refused", 403,
        Say("请求来源被拒绝", "Request origin refused"),
        Say($"写操作必须来自本系统页面（{why}）。请从本系统的页面操作；程序调用须带 Origin 与 X-PowerWorkflow: 1 请求头。",
            $"Changes are only accepted from this application's own pages ({why}). Work from the application; programs send Origin and the header X-PowerWorkflow: 1."));

    public static Problem Forbidden(LocalText why) => new("forbidden", 403, Say("没有权限", "Not permitted"), why);

    public static Problem MayNotStart(string process, string unit, IEnumerable<string> roles) => Forbidden(Say(
        $"您不能在单位“{unit}”发起流程“{process}”：需要在该单位或其上级单位担任角色 {string.Join("、", roles)}。请由具备该角色的同事发起。",
        $"You may not start process '{process}' in unit '{unit}': it takes role {string.Join(" or ", roles)} held in that unit or above it. Ask a colleague with that role."));

    public static Problem TaskNotYours(string title, string? role, string? unit) => Forbidden(Say(
        $"您不能办理任务“{title}”：需要在单位“{unit}”担任角色 {role ?? "（指定人员）"}，且资格在有效期内。请由具备资格的人员办理。",
        $"You may not do task '{title}': it takes role {role ?? "(a named person)"} in unit '{unit}', with a valid qualification. Leave it to somebody who qualifies."));

    public static Problem NotTheClaimer(string title) => Forbidden(Say(
        $"任务“{title}”不是由您签收的，不能退回或转办。请由签收人操作。",
        $"Task '{title}' is not claimed by you, so you cannot release or hand it over. Ask the person who claimed it."));

    public static Problem ReadOnlyRole() => Forbidden(Say(
        "审计人员只能查看，不能办理或变更案件。",
        "Auditors read; they do not act in cases."));

    public static Problem MayNotManage(string number) => Forbidden(Say(
        $"您不能取消案件 {number} 或处理其故障：需要在其单位或上级单位担任班长、主任或分管领导。请联系负责人。",
        $"You may not cancel case {number} or repair its incidents: that takes a team leader or manager of its unit or above. Ask the person in charge."));

    public static Problem FourEyes(string title) => new("four-eyes", 403,
        Say("须由不同人员办理", "A different person is needed"),
        Say($"任务“{title}”须由另一位人员办理：您已办理过与其相互制约的步骤，或已在本任务上签字。请由另一位具备资格的同事办理。",
            $"Task '{title}' takes a different person: you did a step that it checks, or have signed it already. Leave it to another qualified colleague."));

    // What is asked for

    public static Problem NotFound(string zhKind, string enKind, string id) => new("not-found", 404,
        Say("未找到", "Not found"),
        Say($"未找到{zhKind}“{id}”，或您无权查看。请刷新列表后重试。",
            $"There is no {enKind} '{id}', or you may not see it. Refresh the list and try again."));

    public static Problem CaseUnknown(string id) => NotFound("案件", "case", id);

    public static Problem TaskUnknown(string id) => NotFound("任务", "task", id);

    public static Problem AddressUnknown(string path) => new("not-found", 404,
        Say("地址不存在", "No such address"),
        Say($"接口中没有 {path}。可用地址见 /openapi/v1.json。", $"The API has no {path}. /openapi/v1.json lists what there is."));

    public static Problem MethodUnknown(string method, string path) => new("not-found", 405,
        Say("不支持的方法", "Method not supported"),
        Say($"{path} 不支持 {method}。可用方法见 /openapi/v1.json。", $"{path} does not answer {method}. /openapi/v1.json lists the methods."));

    // Where the case stands

    /// <param name="waitingAt">Where the case waits now; shown to the person and sent as <c>waitingAt</c>.</param>
    public static Problem StaleTask(string taskTitle, string caseId, string caseNumber, string caseStatus, IReadOnlyList<object> waitingAt, string where) =>
        new("stale-task", 409,
            Say("任务已不在办理中", "The task is no longer open"),
            Say($"任务“{taskTitle}”已结束：案件 {caseNumber} 现在{(where.Length == 0 ? "没有待办步骤" : $"停在“{where}”")}。请刷新任务列表。",
                $"Task '{taskTitle}' is no longer open: case {caseNumber} now {(where.Length == 0 ? "waits nowhere" : $"waits at '{where}'")}. Refresh your task list."))
        {
            Extra = new Dictionary<string, object?> { ["caseId"] = caseId, ["caseStatus"] = caseStatus, ["waitingAt"] = waitingAt },
        };

    public static Problem AlreadyClaimed(string title, string personId, string personName) => new("already-claimed", 409,
        Say("任务已被签收", "The task is already claimed"),
        Say($"任务“{title}”已由{personName}签收。请选择其他任务，或请其退回、转办。",
            $"Task '{title}' is claimed by {personName}. Take another one, or ask them to release or hand it over."))
    { Extra = new Dictionary<string, object?> { ["claimedBy"] = new { id = personId, name = personName } } };

    public static Problem CaseEnded(string number, string status) => new("case-ended", 409,
        Say("案件已结束", "The case has ended"),
        Say($"案件 {number} 的状态为 {status}，不能再变更。如需继续请发起新案件。",
            $"Case {number} is {status} and cannot change any more. Start a new case if work remains."));

    public static Problem Gone(string why) => new("stale-task", 409,
        Say("已不在办理中", "No longer open"),
        Say($"所操作的事项已经结束，请刷新页面。（{why}）", $"What you act on is no longer open; refresh the page. ({why})"));

    public static Problem MayNotDelegate(string title) => Forbidden(Say(
        $"任务“{title}”不允许转办。请由签收人办理，或退回后由他人签收。",
        $"Task '{title}' may not be handed over. Do it yourself, or release it for a colleague to claim."));

    public static Problem EvidenceMissing(string title, string kind)
    {
        var (zh, en) = kind switch
        {
            "photo" => ("现场照片（作为附件上传）", "a photo, uploaded as an attachment"),
            "position" => ("定位信息", "the position of the device"),
            "signature" => ("签名图片（作为附件上传）", "a signature image, uploaded as an attachment"),
            "document" => ("文件附件", "a document, uploaded as an attachment"),
            _ => (kind, kind),
        };
        return new Problem("form-invalid", 422,
            Say("缺少凭证", "Evidence is missing"),
            Say($"任务“{title}”办结前必须提供{zh}，没有保存任何内容。", $"Task '{title}' needs {en} before it can be completed; nothing was saved."))
        { Errors = new Dictionary<string, IReadOnlyList<LocalText>> { [$"evidence.{kind}"] = [Say($"请提供{zh}", $"give {en}")] } };
    }

    public static Problem Busy(string caseId) => new("case-busy", 503,
        Say("案件正忙", "The case is busy"),
        Say($"案件“{caseId}”正被其他操作变更，多次重试仍未成功，本次操作没有生效。请稍后用同一 commandId 重试。",
            $"Case '{caseId}' is being changed by others and several attempts lost the race; nothing of this request took effect. Try again shortly with the same commandId."));

    // What was sent

    public static Problem FormInvalid(LocalText form, IReadOnlyDictionary<string, IReadOnlyList<LocalText>> errors) => new("form-invalid", 422,
        Say("表单未通过校验", "The form is not valid"),
        Say($"表单“{form.Zh}”有 {errors.Count} 处需要更正，请按提示修改后重新提交；没有保存任何内容。",
            $"Form '{form.En}' has {errors.Count} field(s) to correct. Correct them as shown and submit again; nothing was saved."))
    { Errors = errors };

    public static Problem OutcomeNotPermitted(string title, string outcome, IReadOnlyList<string> permitted, IEnumerable<LocalText> reasons)
    {
        var list = reasons.ToList();
        var zh = list.Count == 0 ? "" : $"原因：{string.Join("；", list.Select(r => r.Zh))}。";
        var en = list.Count == 0 ? "" : $" Reason: {string.Join("; ", list.Select(r => r.En))}.";
        return new Problem("outcome-not-permitted", 422,
            Say("不允许的处理结果", "The outcome is not permitted"),
            Say($"任务“{title}”不能以“{outcome}”办结，允许的结果：{string.Join("、", permitted)}。{zh}",
                $"Task '{title}' cannot be completed with '{outcome}'. Permitted: {string.Join(", ", permitted)}.{en}"))
        { Extra = new Dictionary<string, object?> { ["permitted"] = permitted, ["reasons"] = list } };
    }

    public static Problem CommandReused(Guid commandId) => new("command-reused", 422,
        Say("操作编号重复使用", "Command id used for something else"),
        Say($"操作编号 {commandId} 已用于另一个内容不同的请求，本次请求没有生效。请为新的操作生成新的 commandId。",
            $"Command id {commandId} was already used with a different payload; this request took no effect. Make a new commandId for a new action."));

    /// <summary>One input is wrong; named by its place in the request.</summary>
    public static Problem InputInvalid(string field, string zh, string en) => new("input-invalid", 422,
        Say("请求内容有误", "The request is not valid"),
        Say($"{field}：{zh}", $"{field}: {en}"))
    { Errors = new Dictionary<string, IReadOnlyList<LocalText>> { [field] = [Say(zh, en)] } };

    public static Problem BodyUnreadable(string path, string why) => new("input-invalid", 422,
        Say("请求内容无法读取", "The request body cannot be read"),
        Say($"请求正文在 {path} 处无法读取（{why}）。请按 /openapi/v1.json 的说明填写。",
            $"The request body cannot be read at {path} ({why}). Send it as /openapi/v1.json describes."));

    public static Problem RequestUnreadable(string why) => new("input-invalid", 422,
        Say("请求无法读取", "The request cannot be read"),
        Say($"请求无法读取（{why}）。请按 /openapi/v1.json 的说明填写。",
            $"The request cannot be read ({why}). Send it as /openapi/v1.json describes."));

    // Files

    public static Problem FileTooLarge() => new("file-refused", 413,
        Say("文件过大", "The file is too large"),
        Say("单个文件不能超过 50 MB，文件没有保存。请压缩或拆分后重新上传。",
            "A file may have 50 MB at most; it was not saved. Compress or split it and upload again."));

    public static Problem FileTypeRefused(string name) => new("file-refused", 415,
        Say("不支持的文件类型", "File type not accepted"),
        Say($"文件“{name}”的内容不是允许的类型，没有保存。可上传：jpg、png、webp、pdf、ofd、xlsx、docx、csv、txt（按内容识别，与扩展名无关）。",
            $"The content of '{name}' is not of an accepted type; it was not saved. Accepted: jpg, png, webp, pdf, ofd, xlsx, docx, csv, txt (by content, whatever the name says)."));

    public static Problem FileUnusable(string zh, string en) => new("file-refused", 422,
        Say("文件不可用", "The file cannot be used"), Say(zh, en));

    public static Problem Unexpected(string trace) => new("unexpected", 500,
        Say("系统内部错误", "Something failed inside"),
        Say($"处理请求时发生内部错误，错误编号 {trace}。是否已生效请刷新页面确认；仍有问题请把编号告诉管理员。",
            $"The request failed inside the server, reference {trace}. Refresh to see whether it took effect; give the reference to an administrator if it happens again."));
}
