using System.Globalization;
using System.Text.Json.Nodes;
using PowerWorkflow.Processes.Documents;

namespace PowerWorkflow.Processes.Checklists;

/// <summary>What a round of inspection came to.</summary>
/// <param name="Problems">Answers that cannot be accepted; while there are any, nothing is concluded.</param>
/// <param name="Defects">The items that fail now, earlier rounds included where this one did not look again.</param>
/// <param name="Overall"><c>pass</c>, <c>conditional</c> (general defects only, few enough), <c>fail</c>, or null while there are problems.</param>
/// <param name="ToReinspect">What the next round has to look at; empty after a pass. Items the rectification touches are added when it is reported.</param>
public sealed record InspectionJudgement(
    IReadOnlyList<(string Code, LocalText Text)> Problems, IReadOnlyList<ItemJudgement> Defects, string? Overall, IReadOnlyList<string> ToReinspect);

/// <summary>Judges one round of an inspection against its checklist and the rounds before it.</summary>
/// <param name="checklist">The frozen checklist.</param>
/// <param name="caseId">The case; decides the random sample.</param>
/// <param name="figure">Looks up a figure of the case by <c>SECTION.field</c>.</param>
public sealed class InspectionRound(Checklist checklist, string caseId, Func<string, decimal?> figure)
{
    /// <summary>Judges a round.</summary>
    /// <param name="round">1 for the first inspection.</param>
    /// <param name="section">The section of this round: items, checkedAt.</param>
    /// <param name="earlier">The sections of the rounds before, first to last.</param>
    /// <param name="required">What a re-inspection has to look at; null for everything.</param>
    public InspectionJudgement Judge(int round, JsonObject section, IReadOnlyList<JsonObject> earlier, IReadOnlySet<string>? required)
    {
        var problems = new List<(string, LocalText)>();
        var answers = Answers(section, problems);
        if (CheckedOn(section) is not { } checkedOn)
        {
            problems.Add(("checked-at-missing", new("须填检查时间", "The time of the inspection is needed")));
            return new(problems, [], null, []);
        }

        var standing = new Dictionary<string, ItemJudgement>();
        foreach (var before in earlier)
        {
            foreach (var (code, answer) in Answers(before, []))
            {
                standing[code] = ItemJudgement.Of(Item(code), answer, CheckedOn(before) ?? checkedOn, figure);
            }
        }

        foreach (var item in checklist.Items.Where(item => !item.JudgedAtEnergising))
        {
            if (answers.TryGetValue(item.Code, out var answer))
            {
                var judged = standing[item.Code] = ItemJudgement.Of(item, answer, checkedOn, figure);
                if (judged.Problem is { } problem)
                {
                    problems.Add(problem);
                }
            }
            else if (required?.Contains(item.Code) ?? true)
            {
                problems.Add(("unanswered", new($"{item.Code} {item.Name.Zh}：尚未检查", $"{item.Code} {item.Name.En} has not been answered")));
            }
        }

        if (problems.Count > 0)
        {
            return new(problems, [], null, []);
        }

        var defects = checklist.Items.Where(item => standing.GetValueOrDefault(item.Code)?.Outcome == ItemOutcome.Fail).Select(item => standing[item.Code]).ToList();
        var overall = defects.Count == 0 ? "pass" : defects.Any(d => d.Item.Critical) || defects.Count > checklist.GeneralAllowed ? "fail" : "conditional";
        return new([], defects, overall, defects.Count == 0 ? [] : Next(round + 1, standing, defects));
    }

    private List<string> Next(int round, Dictionary<string, ItemJudgement> standing, List<ItemJudgement> defects)
    {
        var passed = checklist.Items.Select(item => item.Code).Where(code => standing.GetValueOrDefault(code)?.Outcome == ItemOutcome.Pass).ToList();
        var again = defects.Select(d => d.Item.Code).Concat(Reinspection.Sample(caseId, round, passed, checklist.SampleOfPassed)).ToHashSet();
        return [.. checklist.Items.Select(item => item.Code).Where(again.Contains)];
    }

    private Dictionary<string, JsonObject> Answers(JsonObject section, List<(string, LocalText)> problems)
    {
        var answers = new Dictionary<string, JsonObject>();
        foreach (var answer in (section["items"] as JsonArray ?? []).OfType<JsonObject>())
        {
            var code = answer["code"]?.ToString() ?? "";
            if (checklist.Items.All(item => item.Code != code))
            {
                problems.Add(("unknown-item", new($"清单 {checklist.Code} 没有检查项 {code}", $"Checklist {checklist.Code} has no item {code}")));
            }
            else if (!answers.TryAdd(code, answer))
            {
                problems.Add(("item-twice", new($"检查项 {code} 填了两次", $"Item {code} was answered twice")));
            }
        }

        return answers;
    }

    private ChecklistItem Item(string code) => checklist.Items.First(item => item.Code == code);

    // The day where the inspection was, as the inspector wrote it.
    private static DateOnly? CheckedOn(JsonObject section) =>
        DateTimeOffset.TryParse(section["checkedAt"]?.ToString(), CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) ? DateOnly.FromDateTime(at.DateTime) : null;
}
