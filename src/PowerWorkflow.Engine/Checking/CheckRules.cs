using System.Collections.Frozen;
using System.Globalization;

namespace PowerWorkflow.Engine.Checking;

/// <summary>The sentences of the check: one row a rule, message and remedy in Chinese and English. Places are filled with what the sentence names.</summary>
internal static class CheckRules
{
    private sealed record Row(Severity Severity, string Zh, string En, string RemedyZh, string RemedyEn);

    private static readonly FrozenDictionary<string, Row> rows = new Dictionary<string, Row>
    {
        ["definition-id-missing"] = Error("定义没有 definitionId。", "The definition has no definitionId.", "补上一个固定的编号。", "Give it a stable id."),
        ["root-missing"] = Error("定义没有可读的根活动（root）。", "The definition has no root activity that can be read.", "在设计器中重新保存，或补上 root。", "Save it again in the designer, or add a root."),
        ["activity-unknown"] = Error("本系统不运行类型为“{0}”的活动。", "Activities of type '{0}' are not run by this system.", "换成本系统提供的活动，或删除它。", "Replace it by an activity this system offers, or delete it."),
        ["activity-id-missing"] = Error("有一个“{0}”活动没有编号。", "An activity of type '{0}' has no id.", "给它一个唯一的编号。", "Give it a unique id."),
        ["activity-id-duplicate"] = Error("编号“{0}”出现了不止一次。", "The id '{0}' is used more than once.", "让每个活动的编号唯一。", "Make the id of every activity unique."),
        ["activity-id-characters"] = Error("编号“{0}”含有“/”或“:”。", "The id '{0}' contains '/' or ':'.", "编号中不要使用这两个字符。", "Leave these two characters out of ids."),
        ["connection-nowhere"] = Error("一条连线从“{0}”到“{1}”，其中一端不在这张图上。", "A line leads from '{0}' to '{1}', and one of them is not in this drawing.", "删除这条连线，或连到现有的活动。", "Delete the line, or draw it to an activity that exists."),
        ["merge-mode-unknown"] = Error("汇合方式“{0}”不存在。", "There is no merge mode '{0}'.", "选择 Stream、Merge、Converge、Cascade 或 Race。", "Choose Stream, Merge, Converge, Cascade or Race."),
        ["expression-syntax"] = Error("输入项 {0} 的表达式无法解析：{1}。", "The expression of input {0} cannot be read: {1}.", "改正表达式；这里使用 ES5.1 版 JavaScript。", "Correct the expression; JavaScript here is ES5.1."),
        ["expression-language"] = Error("输入项 {0} 使用了 {1} 表达式，本系统不运行这种语言。", "Input {0} uses {1} expressions, which this system refuses to run.", "改用 JavaScript、变量或固定值。", "Use JavaScript, a variable or a literal instead."),
        ["object-syntax"] = Error("输入项 {0} 的值不是合法的 JSON：{1}", "The value of input {0} is no JSON: {1}", "改正这个值。", "Correct the value."),
        ["input-type"] = Error("输入项 {0} 的类型不对：{1}。", "Input {0} has the wrong type: {1}.", "填写正确类型的值。", "Enter a value of the right type."),
        ["input-missing"] = Error("缺少输入项 {0}。", "Input {0} is missing.", "在属性面板中填写。", "Fill it in on the property panel."),
        ["input-unknown"] = Error("输入项 {0} 引用了定义没有的输入参数“{1}”。", "Input {0} refers to '{1}', which is no input of the definition.", "声明这个输入参数，或改正引用。", "Declare the input, or correct the reference."),
        ["variable-unknown"] = Error("{0} 引用了不存在的变量“{1}”。", "{0} refers to variable '{1}', which does not exist here.", "声明这个变量，或改正引用。", "Declare the variable, or correct the reference."),
        ["variable-unnamed"] = Error("有一个变量没有名称。", "A variable has no name.", "给它一个名称。", "Give it a name."),
        ["variable-duplicate"] = Error("变量“{0}”声明了两次。", "Variable '{0}' is declared twice.", "删除其中一个。", "Delete one of them."),
        ["variable-default"] = Error("变量“{0}”的默认值类型不对：{1}。", "The default of variable '{0}' has the wrong type: {1}.", "改正默认值或变量类型。", "Correct the default or the type."),
        ["parameter-unnamed"] = Error("{0} 中有一项没有名称。", "An entry of {0} has no name.", "给它一个名称。", "Give it a name."),
        ["parameter-duplicate"] = Error("{1} 中“{0}”声明了两次。", "'{0}' is declared twice in {1}.", "删除其中一个。", "Delete one of them."),
        ["form-missing"] = Error("表单“{0}”不存在。", "There is no form '{0}'.", "在该流程的 forms 目录中添加它，或选择现有表单。", "Add it to the process's forms, or choose one that exists."),
        ["role-unheld"] = Error("没有人担任角色“{0}”。", "Nobody holds role '{0}'.", "给人员分配该角色，或改用其他角色。", "Assign the role to somebody, or choose another."),
        ["task-for-nobody"] = Warning("这一步没有指定角色或人员。", "The step names neither a role nor a person.", "选择办理角色。", "Choose the role that does it."),
        ["return-target-missing"] = Error("退回目标“{0}”不在同一张流程图中。", "Return target '{0}' is not in the same flowchart.", "选择同一张图中的步骤。", "Choose a step of the same drawing."),
        ["four-eyes-step-missing"] = Error("“不得与其为同一人”引用了不存在的步骤“{0}”。", "The four-eyes rule refers to step '{0}', which does not exist.", "改正步骤编号。", "Correct the step's code."),
        ["definition-missing"] = Error("调用的流程“{0}”不存在。", "The called definition '{0}' is not there.", "发布该流程，或改正调用。", "Publish it, or correct the call."),
        ["definition-cycle"] = Error("流程互相调用成环：{0}。", "Definitions call each other in a circle: {0}.", "去掉其中一个调用。", "Take one of the calls out."),
        ["output-unknown"] = Error("定义没有声明输出“{0}”。", "The definition declares no output '{0}'.", "声明这个输出，或改正名称。", "Declare the output, or correct the name."),
        ["cron"] = Error("{0}", "{0}", "改正 cron 表达式。", "Correct the cron expression."),
        ["join-computed"] = Error("汇合方式必须是固定值。", "The mode of a join must be a literal.", "直接选择汇合方式。", "Choose the mode itself."),
        ["break-outside-loop"] = Error("Break 不在任何循环之内。", "Break stands outside of any loop.", "把它移到循环体中，或删除。", "Move it into a loop's body, or delete it."),
        ["address-in-definition"] = Error("流程定义不得自带网址。", "A definition must not carry an address of its own.", "使用管理员定义的连接（Connection）和相对路径（Path）。", "Use a Connection that an administrator defined, and a relative Path."),
        ["unreachable"] = Warning("从开始处无法到达这个活动。", "The start leads nowhere near this activity.", "连接它，或删除它。", "Connect it, or delete it."),
        ["outcome-unconnected"] = Warning("结果“{0}”没有连线，选择它时这一分支就此结束。", "Outcome '{0}' has no line; the branch ends there when it is taken.", "为这个结果画一条连线，或确认就此结束。", "Draw a line from it, or consent that the branch ends."),
        ["line-dead"] = Warning("有连线从“{0}”引出，但这个活动没有这个结果。", "A line is drawn from outcome '{0}', which this activity does not have.", "删除连线，或改正结果名称。", "Delete the line, or correct the outcome."),
        ["join-stall"] = Warning("汇合可能永远等不齐：从“{0}”来的连线不一定会走到。", "The join may never complete: the line from '{0}' is not always taken.", "改用 WaitAllActive（或 Stream），或保证每条进线都会到达。", "Use WaitAllActive (or Stream), or make sure that every line into it is taken."),
        ["script-variable-unknown"] = Warning("输入项 {0} 的脚本读取了未声明的变量“{1}”。", "The script of input {0} reads variable '{1}', which is not declared.", "声明这个变量，或改正名称。", "Declare the variable, or correct the name."),
    }.ToFrozenDictionary();

    public static DefinitionProblem Problem(string rule, string where, string? activityId, string? label, params ReadOnlySpan<string> arguments)
    {
        var row = rows[rule];
        object?[] named = [.. arguments, "", ""];
        return new(row.Severity, rule, where, activityId, label, Fill(row.Zh), Fill(row.En), row.RemedyZh, row.RemedyEn);

        string Fill(string sentence) => string.Format(CultureInfo.InvariantCulture, sentence, named);
    }

    private static Row Error(string zh, string en, string remedyZh, string remedyEn) => new(Severity.Error, zh, en, remedyZh, remedyEn);

    private static Row Warning(string zh, string en, string remedyZh, string remedyEn) => new(Severity.Warning, zh, en, remedyZh, remedyEn);
}
