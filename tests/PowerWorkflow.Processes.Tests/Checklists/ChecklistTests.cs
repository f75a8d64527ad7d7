using System.Text.Json.Nodes;
using PowerWorkflow.Processes.Checklists;
using PowerWorkflow.Processes.Documents;
using Xunit;

namespace PowerWorkflow.Processes.Tests.Checklists;

public sealed class ChecklistTests
{
    private static readonly DateOnly Today = new(2026, 12, 15);

    [Theory]
    [InlineData("completion-10kv", 105)]
    [InlineData("completion-lv", 22)]
    [InlineData("mid", 12)]
    [InlineData("periodic", 38)]
    public void Every_shipped_checklist_reads_and_is_complete(string code, int items) => Assert.Equal(items, Shipped(code).Items.Count);

    [Fact]
    public void Contract_and_fees_are_left_for_energising() =>
        Assert.Equal(["A10", "A11"], Shipped("completion-10kv").Items.Where(item => item.JudgedAtEnergising).Select(item => item.Code));

    [Fact]
    public void A_checklist_with_mistakes_is_refused_with_all_of_them()
    {
        var refusal = Assert.Throws<DocumentRefusedException>(() => Checklist.Parse("""
            {"code": "x", "version": 1, "items": [
              {"code": "A1", "item": {"zh-CN": "一", "en": "one"}, "kind": "smell", "severity": "C", "reference": "r"},
              {"code": "A1", "item": {"zh-CN": "二", "en": "two"}, "kind": "num", "lo": {"ref": "maker"}, "severity": "X", "reference": "r"}]}
            """));

        Assert.Equal(["unknown-kind", "unknown-severity", "not-a-place", "code-twice"], refusal.Problems.Select(p => p.Rule));
    }

    [Theory]
    [InlineData("""{"result": "pass", "value": 3.9, "photo": ["p"]}""", ItemOutcome.Pass)]
    [InlineData("""{"result": "pass", "value": 4, "photo": ["p"]}""", ItemOutcome.Pass)]
    [InlineData("""{"result": "pass", "value": 4.01, "photo": ["p"]}""", ItemOutcome.Fail)]
    [InlineData("""{"result": "fail", "value": 2, "note": "锈蚀", "photo": ["p"]}""", ItemOutcome.Fail)]
    [InlineData("""{"result": "fail", "value": 2, "photo": ["p"]}""", ItemOutcome.Refused)]
    [InlineData("""{"result": "pass", "value": 3.9}""", ItemOutcome.Refused)]
    [InlineData("""{"result": "pass", "photo": ["p"]}""", ItemOutcome.Refused)]
    [InlineData("""{"result": "pass", "value": "3.9", "photo": ["p"]}""", ItemOutcome.Refused)]
    [InlineData("""{"result": "na", "naReason": "临时供电"}""", ItemOutcome.NotApplicable)]
    [InlineData("""{"result": "na"}""", ItemOutcome.Refused)]
    [InlineData("""{"result": "unchecked"}""", ItemOutcome.Refused)]
    [InlineData("""{"result": "pass", "value": 3, "photo": ["p"], "instrumentNo": "ZC-1", "calibTo": "2026-12-15"}""", ItemOutcome.Pass)]
    [InlineData("""{"result": "pass", "value": 3, "photo": ["p"], "instrumentNo": "ZC-1", "calibTo": "2026-12-14"}""", ItemOutcome.Refused)]
    [InlineData("""{"result": "pass", "value": 3, "photo": ["p"], "instrumentNo": "ZC-1"}""", ItemOutcome.Refused)]
    public void Earth_resistance_is_judged_by_its_limit_its_photo_and_its_instrument(string answer, ItemOutcome outcome) =>
        Assert.Equal(outcome, Judge("I01", answer).Outcome);

    [Theory]
    [InlineData("""{"result": "pass", "value": 52, "limit": 50}""", ItemOutcome.Fail)]
    [InlineData("""{"result": "pass", "value": 48, "limit": 50}""", ItemOutcome.Pass)]
    [InlineData("""{"result": "pass", "value": 48}""", ItemOutcome.Refused)]
    public void A_makers_limit_is_taken_from_what_the_inspector_noted(string answer, ItemOutcome outcome) => Assert.Equal(outcome, Judge("D04", answer).Outcome);

    [Theory]
    [InlineData(1000, ItemOutcome.Pass)]
    [InlineData(1250, ItemOutcome.Fail)]
    public void A_larger_transformer_needs_more_clearance(int kva, ItemOutcome outcome) =>
        Assert.Equal(outcome, Judge("E08", """{"result": "pass", "value": 700}""", place => place == "PLAN.largestTransformer" ? kva : null).Outcome);

    [Theory]
    [InlineData("A02", "2026-12-15", ItemOutcome.Pass)]
    [InlineData("A02", "2026-12-14", ItemOutcome.Fail)]
    [InlineData("N03", "2025-12-15", ItemOutcome.Pass)]
    [InlineData("N03", "2025-12-14", ItemOutcome.Fail)]
    [InlineData("N03", "2026-12-16", ItemOutcome.Fail)]
    [InlineData("A02", "soon", ItemOutcome.Refused)]
    public void A_date_is_judged_on_the_day_of_the_inspection(string code, string date, ItemOutcome outcome) =>
        Assert.Equal(outcome, Judge(code, $$"""{"result": "pass", "value": "{{date}}", "photo": ["p"]}""").Outcome);

    [Fact]
    public void A_finding_says_value_and_limit_in_both_languages()
    {
        var finding = Judge("I01", """{"result": "pass", "value": 6.80, "photo": ["p"]}""").Finding!;

        Assert.Equal("实测 6.8 Ω，应不大于 4 Ω", finding.Zh);
        Assert.Equal("measured 6.8 Ω, must be at most 4 Ω", finding.En);
    }

    [Fact]
    public void The_sample_of_a_re_inspection_is_the_same_for_everybody_and_another_for_another_case()
    {
        var passed = Shipped("completion-10kv").Items.Select(item => item.Code).ToList();

        var sample = Reinspection.Sample("case-1", 2, passed, 10);

        Assert.Equal(11, sample.Count);
        Assert.Equal(sample, Reinspection.Sample("case-1", 2, passed, 10));
        Assert.NotEqual(sample, Reinspection.Sample("case-2", 2, passed, 10));
        Assert.NotEqual(sample, Reinspection.Sample("case-1", 3, passed, 10));
        Assert.Empty(Reinspection.Sample("case-1", 2, [], 10));
    }

    internal static Checklist Shipped(string code) => Checklist.Parse(Tests.Shipped.Read($"checklists/{code}.json"), code);

    private static ItemJudgement Judge(string code, string answer, Func<string, decimal?>? figure = null) =>
        ItemJudgement.Of(Shipped("completion-10kv").Items.First(item => item.Code == code), JsonNode.Parse(answer)!.AsObject(), Today, figure ?? (_ => null));
}
