using System.Text.Json.Nodes;
using PowerWorkflow.Processes.Checklists;
using PowerWorkflow.Processes.Forms;
using PowerWorkflow.Processes.Judges;
using PowerWorkflow.Processes.Tests.Checklists;
using Xunit;

namespace PowerWorkflow.Processes.Tests.Judges;

public sealed class InspectionJudgeTests
{
    private static readonly Checklist List = ChecklistTests.Shipped("completion-10kv");
    private static readonly FormDefinition Form = JudgeTests.FormOf("completion-inspection", "inspection-10kv");

    [Fact]
    public void Without_a_defect_only_pass_is_permitted()
    {
        var judgement = Judge(Round(1));

        Assert.Equal(["pass"], judgement.Permitted);
        Assert.Equal("pass", judgement.Derived["INSP"]["overall"]!.GetValue<string>());
        Assert.Empty(judgement.Derived["INSP"]["toReinspect"]!.AsArray());
    }

    [Fact]
    public void One_critical_defect_leaves_only_fail_whatever_the_inspector_ticked()
    {
        var judgement = Judge(Round(1, Value("I01", 6.8m)));

        Assert.Equal(["fail"], judgement.Permitted);
        Assert.Contains(judgement.Reasons, reason => reason.Code == "critical-defect" && reason.Message.Zh.Contains("6.8", StringComparison.Ordinal));
        Assert.Equal("I01", judgement.Derived["INSP"]["defects"]![0]!["itemCode"]!.GetValue<string>());
    }

    [Fact]
    public void Few_general_defects_leave_conditional_or_fail_and_one_too_many_leaves_fail()
    {
        Assert.Equal(["conditional", "fail"], Judge(Round(1, Value("B03", 300), Value("B05", 45), Value("C05", 10))).Permitted);
        Assert.Equal(["fail"], Judge(Round(1, Value("B03", 300), Value("B05", 45), Value("C05", 10), Value("C07", 600))).Permitted);
    }

    [Fact]
    public void An_unanswered_item_permits_nothing_and_is_named()
    {
        var section = Round(1);
        section["items"]!.AsArray().RemoveAt(0);

        var judgement = Judge(section);

        Assert.Empty(judgement.Permitted);
        Assert.Contains(judgement.Reasons, reason => reason.Code == "unanswered" && reason.Message.En.StartsWith("A01", StringComparison.Ordinal));
        Assert.Empty(judgement.Derived);
    }

    [Fact]
    public void A_re_inspection_asks_for_the_failed_the_touched_and_a_tenth_of_the_passed_items_only()
    {
        var first = Round(1, Value("I01", 6.8m));
        Merge(first, Judge(first).Derived["INSP"]);
        var asked = first["toReinspect"]!.AsArray().Select(code => code!.GetValue<string>()).ToList();
        var data = new Dictionary<string, JsonObject> { ["INSP"] = first, ["FIX"] = new() { ["affected"] = new JsonArray("I02") } };

        var tooFew = Judge(Round(2, asked), data, 2);
        var enough = Judge(Round(2, [.. asked, "I02"]), data, 2);

        Assert.Contains("I01", asked);
        Assert.Equal(1 + 11, asked.Count);
        Assert.Contains(tooFew.Reasons, reason => reason.Message.En.StartsWith("I02", StringComparison.Ordinal) || asked.Contains("I02"));
        Assert.Equal(["pass"], enough.Permitted);
        Assert.Equal("pass", enough.Derived["INSP#2"]["overall"]!.GetValue<string>());
    }

    [Fact]
    public void A_defect_of_an_earlier_round_stands_until_it_is_looked_at_again()
    {
        var first = Round(1, Value("I01", 6.8m));
        first["toReinspect"] = new JsonArray("D02");

        Assert.Equal(["fail"], Judge(Round(2, ["D02"]), new() { ["INSP"] = first }, 2).Permitted);
    }

    [Fact]
    public void The_section_of_another_round_permits_nothing() =>
        Assert.Contains(Judge(Round(1), round: 2).Reasons, reason => reason.Code == "wrong-round");

    [Fact]
    public void Contract_and_fees_are_not_asked_for() =>
        Assert.DoesNotContain(Judge(new JsonObject { ["round"] = 1, ["checkedAt"] = "2026-12-15T15:00:00+08:00", ["items"] = new JsonArray() }).Reasons, reason => reason.Message.Zh.StartsWith("A10", StringComparison.Ordinal));

    private static Judgement Judge(JsonObject section, Dictionary<string, JsonObject>? data = null, int round = 1) =>
        Processes.Judges.Judges.Find("completion-inspection")!.Of(new JudgeInput
        {
            CaseId = "case-1",
            Outcomes = ["pass", "conditional", "fail"],
            Data = data ?? [],
            Submitted = new Dictionary<string, JsonObject> { [FormDefinition.KeyOf("INSP#", section["round"]!.GetValue<int>())] = section },
            Form = Form,
            Round = round,
            Now = new DateTimeOffset(2026, 12, 15, 16, 0, 0, TimeSpan.FromHours(8)),
            Checklists = new Dictionary<string, Checklist> { [List.Code] = List },
        });

    private static Action<Dictionary<string, JsonObject>> Value(string code, decimal value) => items => items[code]["value"] = value;

    private static JsonObject Round(int round, params Action<Dictionary<string, JsonObject>>[] changes) => Round(round, null, changes);

    private static JsonObject Round(int round, IReadOnlyCollection<string>? only, params Action<Dictionary<string, JsonObject>>[] changes)
    {
        var items = List.Items.Where(item => !item.JudgedAtEnergising && (only is null || only.Contains(item.Code))).ToDictionary(item => item.Code, Good);
        foreach (var change in changes)
        {
            change(items);
        }

        return new JsonObject { ["round"] = round, ["checkedAt"] = "2026-12-15T15:00:00+08:00", ["items"] = new JsonArray([.. items.Values]) };
    }

    private static JsonObject Good(ChecklistItem item)
    {
        var answer = new JsonObject { ["code"] = item.Code, ["result"] = "pass", ["photo"] = new JsonArray("p") };
        if (item.Kind == ItemKind.Num)
        {
            answer["limit"] = 10;
            answer["value"] = item switch { { Lowest.Value: { } low } => low, { Lowest: not null } => 11m, { Highest.Value: { } high } => high, _ => 1m };
        }
        else if (item.Kind == ItemKind.Text)
        {
            answer["value"] = item.Date is { WithinMonths: not null } ? "2026-06-18" : item.Input == "date" ? "2027-12-31" : "x";
        }

        return answer;
    }

    private static void Merge(JsonObject section, JsonObject derived)
    {
        foreach (var (name, value) in derived)
        {
            section[name] = value?.DeepClone();
        }
    }
}
