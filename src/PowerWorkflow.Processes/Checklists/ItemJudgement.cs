using System.Globalization;
using System.Text.Json.Nodes;
using PowerWorkflow.Processes.Documents;
using PowerWorkflow.Processes.Forms;

namespace PowerWorkflow.Processes.Checklists;

/// <summary>What one answered item came to.</summary>
public enum ItemOutcome
{
    /// <summary>In order.</summary>
    Pass,
    /// <summary>A defect: the inspector says so, or the value breaks a limit whatever the inspector says.</summary>
    Fail,
    /// <summary>Does not apply here.</summary>
    NotApplicable,
    /// <summary>The answer cannot be accepted (see the problem); nothing is concluded from it.</summary>
    Refused,
}

/// <summary>One item judged.</summary>
/// <param name="Item">The item.</param>
/// <param name="Outcome">What it came to.</param>
/// <param name="Problem">For a refused answer: a slug and a sentence.</param>
/// <param name="Finding">For a defect: what is wrong, with value and limit.</param>
public sealed record ItemJudgement(ChecklistItem Item, ItemOutcome Outcome, (string Code, LocalText Text)? Problem = null, LocalText? Finding = null)
{
    /// <summary>Judges an answer.</summary>
    /// <param name="item">The item of the frozen checklist.</param>
    /// <param name="answer">The row as submitted: result, value, limit, instrument, photos, note.</param>
    /// <param name="checkedOn">Local day of the inspection: instruments and papers must be valid on it.</param>
    /// <param name="figure">Looks up a figure of the case by <c>SECTION.field</c>; null when it is not there.</param>
    public static ItemJudgement Of(ChecklistItem item, JsonObject answer, DateOnly checkedOn, Func<string, decimal?> figure)
    {
        var result = Text(answer, "result");
        switch (result)
        {
            case "na":
                return Text(answer, "naReason") is { Length: > 1 }
                    ? new(item, ItemOutcome.NotApplicable)
                    : Refuse("na-without-reason", "判为不适用，须写明理由", "is marked not applicable: say why");
            case not ("pass" or "fail"):
                return Refuse("unanswered", "尚未检查", "has not been answered");
        }

        if (Text(answer, "instrumentNo") is { Length: > 0 } instrument && !(Day(Text(answer, "calibTo")) >= checkedOn))
        {
            return Refuse("instrument-out-of-calibration", $"所用仪表 {instrument} 已超检定有效期或未填有效期，结果不予接受", $"was measured with instrument {instrument}, which is out of calibration or has no calibration date: the result is not accepted");
        }

        var photos = (answer["photo"] as JsonArray)?.Count ?? 0;
        if (photos < item.Photos)
        {
            return Refuse("photo-missing", $"须有 {item.Photos} 张照片，现有 {photos} 张", $"needs {item.Photos} photo(s), has {photos}");
        }

        if (result == "fail" && Text(answer, "note") is not { Length: > 1 })
        {
            return Refuse("fail-without-note", "判为不合格，须写明情况", "is marked as failed: describe what is wrong");
        }

        var broken = item.Kind switch
        {
            ItemKind.Num => Measured(),
            ItemKind.Text or ItemKind.Enum => Written(),
            _ => null,
        };
        if (broken is { Outcome: ItemOutcome.Refused } or { Outcome: ItemOutcome.Fail })
        {
            return broken;
        }

        return result == "fail" ? new(item, ItemOutcome.Fail, Finding: new(Text(answer, "note")!, Text(answer, "note")!)) : new(item, ItemOutcome.Pass);

        ItemJudgement? Measured()
        {
            if (Numbers.Of(answer["value"]) is not { } value)
            {
                return result == "fail" ? null : Refuse("value-missing", "须填实测值", "needs the measured value");
            }

            var (lowest, highest) = Limits(item, figure);
            foreach (var (limit, isLowest) in new[] { (lowest, true), (highest, false) })
            {
                if (limit is null)
                {
                    continue;
                }

                var bound = limit.Value ?? (limit.Reference == "item.limit" ? Numbers.Of(answer["limit"]) : figure(limit.Reference!));
                if (bound is null)
                {
                    return Refuse("limit-missing", "须填厂家或设计限值", "needs the maker's or designer's limit");
                }

                if (isLowest ? value < bound : value > bound)
                {
                    string measured = Numbers.Text(value), wanted = Numbers.Text(bound.Value);
                    return new(item, ItemOutcome.Fail, Finding: new(
                        $"实测 {measured} {item.Unit}，应{(isLowest ? "不小于" : "不大于")} {wanted} {item.Unit}",
                        $"measured {measured} {item.Unit}, must be at {(isLowest ? "least" : "most")} {wanted} {item.Unit}"));
                }
            }

            return null;
        }

        ItemJudgement? Written()
        {
            if (Text(answer, "value") is not { Length: > 0 } value)
            {
                return result == "fail" ? null : Refuse("value-missing", "须填写内容", "needs a value");
            }

            if (item.Input != "date")
            {
                return null;
            }

            if (Day(value) is not { } day)
            {
                return Refuse("not-a-date", $"“{value}”不是日期", $"'{value}' is not a date");
            }

            return item.Date switch
            {
                { StillValid: true } when day < checkedOn => Late($"有效期至 {value}，已过期", $"was valid until {value}"),
                { WithinMonths: { } months } when day > checkedOn || day < checkedOn.AddMonths(-months) => Late($"日期 {value} 不在 {months} 个月内", $"{value} is not within {months} months"),
                _ => null,
            };
        }

        ItemJudgement Late(string zh, string en) => new(item, ItemOutcome.Fail, Finding: new(zh, en));

        ItemJudgement Refuse(string code, string zh, string en) => new(item, ItemOutcome.Refused, (code, new($"{item.Code} {item.Name.Zh}：{zh}", $"{item.Code} {item.Name.En} {en}")));
    }

    /// <summary>The limits that hold for this case.</summary>
    internal static (Limit? Lowest, Limit? Highest) Limits(ChecklistItem item, Func<string, decimal?> figure)
    {
        var fits = item.Variants.LastOrDefault(v => figure(v.Reference) is { } found && (v.AtLeast is null || found >= v.AtLeast) && (v.Above is null || found > v.Above));
        return (fits?.Lowest is { } low ? new Limit(low, null) : item.Lowest, fits?.Highest is { } high ? new Limit(high, null) : item.Highest);
    }

    private static string? Text(JsonObject answer, string name) => answer[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text.Trim() : null;

    private static DateOnly? Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
