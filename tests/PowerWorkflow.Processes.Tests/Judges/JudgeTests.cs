using System.Text.Json.Nodes;
using PowerWorkflow.Processes.Forms;
using PowerWorkflow.Processes.Judges;
using Xunit;

namespace PowerWorkflow.Processes.Tests.Judges;

public sealed class JudgeTests
{
    private static readonly DateTimeOffset Now = new(2026, 12, 15, 16, 0, 0, TimeSpan.FromHours(8));

    [Fact]
    public void Every_judge_that_a_committed_definition_names_is_there()
    {
        var named = Directory.GetFiles(Path.GetDirectoryName(Shipped.Folder)!, "definition.json", SearchOption.AllDirectories)
            .SelectMany(file => JsonNode.Parse(File.ReadAllText(file))!["root"]!["activities"]!.AsArray())
            .Select(activity => activity!["judge"]?["expression"]?["value"]?.GetValue<string>()).OfType<string>().Distinct();

        Assert.Empty(named.Except(Processes.Judges.Judges.Codes));
        Assert.Null(Processes.Judges.Judges.Find("no-such-judge"));
    }

    [Theory]
    [InlineData("身份证", "11010519491231002X", true)]
    [InlineData("身份证", "11010519491231002x", true)]
    [InlineData("身份证", "110105194912310021", false)]
    [InlineData("身份证", "110105194913310023", false)]
    [InlineData("身份证", "1101051949123100", false)]
    [InlineData("统一社会信用代码", "91350100M000100Y43", true)]
    [InlineData("统一社会信用代码", "91350100M000100Y44", false)]
    [InlineData("统一社会信用代码", "91350100I000100Y43", false)]
    public void Document_numbers_are_checked_by_their_check_digit(string kind, string number, bool valid) => Assert.Equal(valid, IdNumbers.IsValid(kind, number));

    [Fact]
    public void Missing_documents_are_told_once_and_later_ones_need_a_reason()
    {
        var first = ("ACCEPT", """{"inSupplyArea": true, "missingDocs": [{"docType": "产权证明", "late": false}]}""");
        string Again(string more) => $$"""{"inSupplyArea": true, "missingDocs": [{"docType": "产权证明", "late": false}, {"docType": "图纸", {{more}}}]}""";

        Assert.Equal(["missing"], Permitted("application", ["accepted", "missing", "rejected"], [], first));
        Assert.Empty(Permitted("application", ["accepted", "missing", "rejected"], [first], ("ACCEPT", Again("\"late\": false"))));
        Assert.Equal(["missing"], Permitted("application", ["accepted", "missing", "rejected"], [first], ("ACCEPT", Again("\"late\": true, \"lateReason\": \"方案变更\""))));
    }

    [Fact]
    public void A_survey_is_left_by_what_it_concludes()
    {
        string[] outcomes = ["ready", "external", "not-ready"];

        Assert.Equal(["ready"], Permitted("survey", outcomes, [], ("SURVEY", """{"conclusion": "具备", "extWork": false}""")));
        Assert.Equal(["external"], Permitted("survey", outcomes, [], ("SURVEY", """{"conclusion": "需改造", "extWork": true}""")));
        Assert.Equal(["not-ready"], Permitted("survey", outcomes, [], ("SURVEY", """{"conclusion": "暂不具备(受限)", "extWork": true}""")));
    }

    [Theory]
    [InlineData("wu-gang", true)]
    [InlineData("chen-bo", false)]
    public void Nobody_of_the_contractors_group_inspects(string member, bool permitted)
    {
        var judgement = Judge("team", ["assigned"], [("REPORT", """{"contractor": "甲公司", "contractorGroup": "宏远电力工程集团"}""")], 1,
            ("TEAM", $$"""{"round": 1, "members": ["{{member}}", "zheng-hao"]}"""));

        Assert.Equal(permitted, judgement.Permitted.Count == 1);
    }

    [Fact]
    public void A_later_team_keeps_somebody_of_the_first_and_from_the_third_round_the_manager_attends()
    {
        (string, string) first = ("TEAM", """{"members": ["wu-gang", "liang-chao"]}""");

        Assert.Empty(Judge("team", ["assigned"], [first], 2, ("TEAM#2", """{"round": 2, "members": ["feng-jun", "zheng-hao"]}""")).Permitted);
        Assert.NotEmpty(Judge("team", ["assigned"], [first], 2, ("TEAM#2", """{"round": 2, "members": ["feng-jun", "wu-gang"]}""")).Permitted);
        Assert.Empty(Judge("team", ["assigned"], [first], 3, ("TEAM#3", """{"round": 3, "members": ["feng-jun", "wu-gang"]}""")).Permitted);
        Assert.NotEmpty(Judge("team", ["assigned"], [first], 3, ("TEAM#3", """{"round": 3, "members": ["feng-jun", "wu-gang"], "attendedBy": "zou-jian"}""")).Permitted);
    }

    [Fact]
    public void A_gate_that_is_ticked_without_evidence_in_the_case_stays_shut()
    {
        const string Ticked = """{"inspectionPassed": true, "contractSigned": true, "feesSettled": true, "meterSealed": true, "startScheme": true}""";
        (string, string)[] all =
        [
            ("LOAD", """{"volt": "10"}"""), ("OPINION", """{"result": "合格"}"""), ("CONTR", """{"signedAt": "2026-11-18T15:00:00+08:00"}"""), ("FEE", """{"settled": true}"""),
            ("METER", """{"sealNos": ["FY1"]}"""), ("SCHEME", """{"schemeNo": "QD-1"}"""),
        ];

        Assert.Equal(["pass"], Permitted("five-gates", ["pass", "blocked"], all, ("ENERG_PRE", Ticked)));
        foreach (var missing in all.Where(section => section.Item1 != "LOAD"))
        {
            Assert.Equal(["blocked"], Permitted("five-gates", ["pass", "blocked"], [.. all.Where(section => section != missing)], ("ENERG_PRE", Ticked)));
        }
    }

    [Fact]
    public void The_manager_cannot_override_an_inspection_that_has_not_passed()
    {
        Assert.Equal(["fix"], Permitted("gate-decision", ["fix", "override"], [("ENERG_PRE", """{"inspectionPassed": false}""")], ("GATE", "{}")));
        Assert.Equal(["fix", "override"], Permitted("gate-decision", ["fix", "override"], [("ENERG_PRE", """{"inspectionPassed": true}"""), ("OPINION", """{"result": "合格"}""")], ("GATE", "{}")));
    }

    [Theory]
    [InlineData("2026-12-16T10:00:00+08:00", 1)]
    [InlineData("2026-12-17T10:00:00+08:00", 0)]
    public void An_outage_needs_seven_full_days_of_notice_not_counting_the_day_of_receipt(string noticed, int permitted) =>
        Assert.Equal(permitted, Judge("outage", ["planned"], [], 1, FormOf("metering-and-energising", "outage"),
            ("STOP", $$"""{"affectsOthers": true, "noticeAt": "{{noticed}}", "planOff": "2026-12-24T09:00:00+08:00", "planOn": "2026-12-24T12:00:00+08:00"}""")).Permitted.Count);

    [Fact]
    public void A_device_that_was_not_issued_blocks_the_installation()
    {
        (string, string)[] data = [("METER_ISSUE", """{"assetNos": ["1", "2"]}"""), ("TICKET_H", """{"ticketNo": "PG-1"}"""), ("PLAN", """{"meter": [{"ct": "75/5"}]}""")];

        Assert.Equal(["installed"], Permitted("meter-match", ["installed", "blocked"], data, ("METER", """{"devices": [{"assetNo": "1", "kind": "CT", "ratio": "75/5"}], "wiring": "正确", "ticketNo": "PG-1"}""")));
        Assert.Equal(["blocked"], Permitted("meter-match", ["installed", "blocked"], data, ("METER", """{"devices": [{"assetNo": "9", "kind": "CT", "ratio": "75/5"}], "wiring": "正确", "ticketNo": "PG-1", "mismatch": "条码不符"}""")));
        Assert.Equal(["blocked"], Permitted("meter-match", ["installed", "blocked"], data, ("METER", """{"devices": [{"assetNo": "1", "kind": "CT", "ratio": "100/5"}], "wiring": "正确", "ticketNo": "PG-1", "mismatch": "变比不符"}""")));
    }

    [Fact]
    public void All_defects_are_told_in_one_notice()
    {
        (string, string) failed = ("INSP", """{"defects": [{"itemCode": "I01"}, {"itemCode": "D03"}]}""");

        Assert.Empty(Permitted("rectification-notice", ["delivered"], [failed], ("NOTICE", """{"defects": [{"itemCode": "I01"}]}""")));
        Assert.Equal(["delivered"], Permitted("rectification-notice", ["delivered"], [failed], ("NOTICE", """{"defects": [{"itemCode": "I01"}, {"itemCode": "D03"}]}""")));
    }

    [Theory]
    [InlineData(0.5, "pass")]
    [InlineData(-0.51, "replace")]
    public void A_meter_outside_of_its_class_is_replaced(decimal error, string outcome) =>
        Assert.Equal([outcome], Permitted("meter-error", ["pass", "replace"], [], ("METER_TEST", $$"""{"error": {{error}}, "accuracy": 0.5, "calibTo": "2027-01-01"}""")));

    [Fact]
    public void A_design_with_something_to_be_fixed_does_not_pass()
    {
        (string, string) issue = ("DESIGN_NET", """{"issues": [{"item": "缺接地图", "mustFix": true}]}""");

        Assert.Equal(["revise"], Permitted("design-review", ["pass", "revise"], [issue], ("DESIGN", """{"result": "修改后复审"}""")));
        Assert.Equal(["pass"], Permitted("design-review", ["pass", "revise"], [], ("DESIGN", """{"result": "通过"}""")));
    }

    [Theory]
    [InlineData(2, "unsatisfied")]
    [InlineData(3, "satisfied,unsatisfied")]
    public void A_low_score_is_followed_up(int score, string permitted) =>
        Assert.Equal(permitted.Split(','), Judge("revisit", ["satisfied", "unsatisfied"], [], 1, FormOf("new-connection-lv-resident", "revisit"), ("VISIT", $$"""{"score": {{score}}}""")).Permitted);

    [Fact]
    public void Reasons_speak_both_languages_and_name_the_outcome_they_rule_out()
    {
        var reason = Assert.Single(Judge("contract", ["signed", "waiting"], [], 1, ("CONTR", """{"esign": "C"}""")).Reasons);

        Assert.Equal("signed", reason.Outcome);
        Assert.NotEqual(reason.Message.Zh, reason.Message.En);
    }

    internal static FormDefinition FormOf(string process, string code) =>
        FormDefinition.Parse(JsonNode.Parse(File.ReadAllText(Path.Combine(Path.GetDirectoryName(Shipped.Folder)!, process, "forms", code + ".json")))!.AsObject());

    private static IReadOnlyList<string> Permitted(string judge, string[] outcomes, (string, string)[] data, params (string, string)[] submitted) =>
        Judge(judge, outcomes, data, 1, submitted).Permitted;

    private static Judgement Judge(string judge, string[] outcomes, (string, string)[] data, int round, params (string, string)[] submitted) =>
        Judge(judge, outcomes, data, round, judge == "team" ? FormOf("completion-inspection", "team") : null, submitted);

    private static Judgement Judge(string judge, string[] outcomes, (string, string)[] data, int round, FormDefinition? form, params (string, string)[] submitted) =>
        Processes.Judges.Judges.Find(judge)!.Of(new JudgeInput
        {
            CaseId = "case-1",
            Outcomes = outcomes,
            Data = Sections(data),
            Submitted = Sections(submitted),
            Form = form,
            Round = round,
            Now = Now,
            ContractorGroups = new Dictionary<string, string> { ["chen-bo"] = "宏远电力工程集团" },
        });

    private static Dictionary<string, JsonObject> Sections((string Key, string Json)[] sections) => sections.ToDictionary(s => s.Key, s => JsonNode.Parse(s.Json)!.AsObject());
}
