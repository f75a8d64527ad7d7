using PowerWorkflow.Processes.Documents;

namespace PowerWorkflow.Server.Refusals;

/// <summary>Why a change to a definition is refused.</summary>
public static class DefinitionProblems
{
    private static LocalText Say(string zh, string en) => new(zh, en);

    public static Problem OwnersOnly() => Problems.Forbidden(Say(
        "只有流程负责人（R-PO）可以修改流程；您可以查看。请联系流程负责人。",
        "Only process owners (R-PO) change processes; you may look at them. Ask a process owner."));

    public static Problem Unknown(string definitionId) => Problems.NotFound("流程", "process", definitionId);

    /// <param name="revision">The revision that stands now; sent so that the editor can go on from it.</param>
    public static Problem Stale(string definitionId, string name, string revision, string by, DateTimeOffset at) => new("stale-revision", 409,
        Say("流程已被修改", "The process has changed"),
        Say($"没有保存：{by}在 {at:yyyy-MM-dd HH:mm}（UTC）保存了流程“{name}”的新修订，您的修改基于更早的修订。请先查看对方的修订，再决定以哪个为准。",
            $"Not saved: {by} saved a newer revision of process '{name}' at {at:yyyy-MM-dd HH:mm} UTC; your changes are based on an earlier one. Look at it first, then decide which shall stand."))
    { Extra = new Dictionary<string, object?> { ["definitionId"] = definitionId, ["revision"] = revision, ["savedBy"] = by, ["savedAt"] = at } };

    public static Problem Malformed(IReadOnlyList<LocalText> problems) => new("definition-refused", 422,
        Say("流程格式不正确", "The definition is malformed"),
        Say($"没有保存：流程有 {problems.Count} 处格式错误。请按提示更正后重试。", $"Not saved: the definition has {problems.Count} member(s) of the wrong shape. Correct them as listed and try again."))
    { Extra = new Dictionary<string, object?> { ["problems"] = problems.Take(50).Select(p => new ListedProblem(null, null, p, "error")).ToList() } };

    public static Problem TooLarge(int most) => new("definition-too-large", 413,
        Say("流程过大", "The definition is too large"),
        Say($"没有保存：流程超过 {most / 1024} KB。请拆分为多个流程，用“作为步骤”的方式调用。",
            $"Not saved: the definition exceeds {most / 1024} KB. Split it into processes that call each other."));

    public static Problem AllDropped(int count) => new("all-activities-dropped", 409,
        Say("全部步骤将被删除", "All steps would be removed"),
        Say($"没有保存：这次保存会删除全部 {count} 个步骤。确实需要时请确认，否则请重新载入页面。",
            $"Not saved: this save would remove all {count} steps. Confirm it if that is meant, else load the page again."))
    { Extra = new Dictionary<string, object?> { ["count"] = count } };

    public static Problem SaveReused(string session, long sequence) => new("command-reused", 422,
        Say("保存编号被重复使用", "The number of a save was used twice"),
        Say($"编辑会话 {session} 的第 {sequence} 次保存已是另一份内容。请重新载入页面。",
            $"Save {sequence} of editor session {session} was another content. Load the page again."));

    public static Problem CannotPublish(string name, IReadOnlyList<ListedProblem> problems) => new("definition-refused", 422,
        Say("流程不能发布", "The process cannot be published"),
        Say($"流程“{name}”有 {problems.Count(p => p.Severity == "error")} 个问题要先解决；草稿已保存。", $"Process '{name}' has {problems.Count(p => p.Severity == "error")} problem(s) to be solved first; the draft is saved."))
    { Extra = new Dictionary<string, object?> { ["problems"] = problems } };

    public static Problem InUse(string name, int cases) => new("definition-in-use", 409,
        Say("流程版本仍在使用", "The version is in use"),
        Say($"不能删除“{name}”：有 {cases} 个案件按它办理，审计需要它。可以停用，使新案件不再使用。",
            $"'{name}' cannot be deleted: {cases} case(s) run or ran under it and the audit needs it. Unpublish it so that no new case uses it."));

    public static Problem InstancesStay() => new("cases-stay", 409,
        Say("案件不能删除或导入", "Cases are neither deleted nor imported"),
        Say("案件是审计记录，不能从设计器删除，也不能导入。测试案件会自动清理；在办案件可以由负责人在工作台取消。",
            "Cases are audit records: the designer neither deletes nor imports them. Test cases are cleaned up by themselves; whoever is in charge cancels an open case at the desk."));

    public static Problem ImportUnreadable(string why) => new("import-refused", 422,
        Say("不能导入", "Cannot be imported"),
        Say($"这不是可以导入的流程文件：{why}", $"This file is not a definition that can be imported: {why}"));
}

/// <summary>One problem of a definition, with the activity it is about.</summary>
/// <param name="ActivityId">Id of the activity, null for the definition itself.</param>
/// <param name="Activity">Its label in the drawing.</param>
/// <param name="Text">What is wrong and what to do.</param>
/// <param name="Severity"><c>error</c> refuses publishing, <c>warning</c> does not.</param>
public sealed record ListedProblem(string? ActivityId, string? Activity, LocalText Text, string Severity);
