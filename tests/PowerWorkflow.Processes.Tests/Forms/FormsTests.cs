using System.Text.Json.Nodes;
using PowerWorkflow.Processes.Forms;
using Xunit;

namespace PowerWorkflow.Processes.Tests.Forms;

public sealed class FormsTests
{
    private const string Survey = """
        {
          "code": "survey", "version": 1, "title": { "zh-CN": "现场勘查", "en": "Site survey" }, "reads": ["CASE"], "writes": ["SURVEY", "INSP#"],
          "schema": {
            "type": "object", "required": ["SURVEY"],
            "properties": {
              "SURVEY": {
                "type": "object", "additionalProperties": false, "required": ["openCap", "mobile"],
                "properties": {
                  "openCap": { "type": "number", "exclusiveMinimum": 0, "x-unit": "kVA" },
                  "mobile": { "type": "string", "pattern": "^1[3-9][0-9]{9}$" },
                  "at": { "type": "string", "format": "date-time" },
                  "amount": { "type": "number", "multipleOf": 0.01 },
                  "photos": { "type": "array", "minItems": 2, "uniqueItems": true, "items": { "type": "string", "minLength": 1 } },
                  "confirmed": { "type": "boolean", "const": true },
                  "conclusion": { "type": "string", "enum": ["ready", "restricted"] },
                  "reason": { "type": "string", "minLength": 4 }
                },
                "if": { "properties": { "conclusion": { "const": "restricted" } }, "required": ["conclusion"] }, "then": { "required": ["reason"] }
              },
              "INSP": { "type": "object", "properties": { "value": { "type": "integer", "maximum": 5 } } }
            }
          },
          "labels": {
            "zh-CN": { "SURVEY": "勘查", "SURVEY.openCap": "可开放容量", "SURVEY.mobile": "手机", "SURVEY.at": "时间", "SURVEY.amount": "金额", "SURVEY.photos": "照片", "SURVEY.confirmed": "已确认", "SURVEY.conclusion": "结论", "SURVEY.reason": "原因", "INSP": "检验", "INSP.value": "值" },
            "en": { "SURVEY": "Survey", "SURVEY.openCap": "Available capacity", "SURVEY.mobile": "Mobile", "SURVEY.at": "At", "SURVEY.amount": "Amount", "SURVEY.photos": "Photos", "SURVEY.confirmed": "Confirmed", "SURVEY.conclusion": "Conclusion", "SURVEY.reason": "Reason", "INSP": "Inspection", "INSP.value": "Value" }
          }
        }
        """;

    private static readonly FormDefinition Form = FormDefinition.Parse(Json(Survey));

    [Fact]
    public void A_complete_submission_has_no_errors() =>
        Assert.Empty(Check("""{"openCap": 160, "mobile": "13870001234", "at": "2026-11-02T09:00:00+08:00", "amount": 19.99, "photos": ["a", "b"], "confirmed": true, "conclusion": "ready"}"""));

    [Theory]
    [InlineData("""{"mobile": "13870001234"}""", "SURVEY.openCap", "required")]
    [InlineData("""{"openCap": 0, "mobile": "13870001234"}""", "SURVEY.openCap", "exclusiveMinimum")]
    [InlineData("""{"openCap": "160", "mobile": "13870001234"}""", "SURVEY.openCap", "type")]
    [InlineData("""{"openCap": 1, "mobile": "1387000123"}""", "SURVEY.mobile", "pattern")]
    [InlineData("""{"openCap": 1, "mobile": "13870001234", "at": "2026-11-02 09:00"}""", "SURVEY.at", "format")]
    [InlineData("""{"openCap": 1, "mobile": "13870001234", "at": "2026-02-30T09:00:00Z"}""", "SURVEY.at", "format")]
    [InlineData("""{"openCap": 1, "mobile": "13870001234", "amount": 0.005}""", "SURVEY.amount", "multipleOf")]
    [InlineData("""{"openCap": 1, "mobile": "13870001234", "photos": ["a"]}""", "SURVEY.photos", "minItems")]
    [InlineData("""{"openCap": 1, "mobile": "13870001234", "photos": ["a", "a"]}""", "SURVEY.photos", "uniqueItems")]
    [InlineData("""{"openCap": 1, "mobile": "13870001234", "photos": ["a", 7]}""", "SURVEY.photos[1]", "type")]
    [InlineData("""{"openCap": 1, "mobile": "13870001234", "confirmed": false}""", "SURVEY.confirmed", "const")]
    [InlineData("""{"openCap": 1, "mobile": "13870001234", "conclusion": "perhaps"}""", "SURVEY.conclusion", "enum")]
    [InlineData("""{"openCap": 1, "mobile": "13870001234", "conclusion": "restricted"}""", "SURVEY.reason", "required")]
    [InlineData("""{"openCap": 1, "mobile": "13870001234", "colour": "red"}""", "SURVEY.colour", "additionalProperties")]
    [InlineData("""{"openCap": 1, "mobile": null}""", "SURVEY.mobile", "type")]
    [InlineData("""{"openCap": 1e400, "mobile": "13870001234"}""", "SURVEY.openCap", "type")]
    public void A_broken_rule_is_named_with_its_place(string survey, string path, string rule)
    {
        var error = Assert.Single(Check(survey));

        Assert.Equal((path, rule), (error.Path, error.Rule));
    }

    [Fact]
    public void Every_broken_rule_is_listed_at_once() =>
        Assert.Equal(["SURVEY.openCap", "SURVEY.mobile", "SURVEY.photos"], Check("""{"openCap": -1, "mobile": "1", "photos": []}""").Select(e => e.Path));

    [Fact]
    public void A_message_names_the_field_its_unit_and_what_was_given_in_both_languages()
    {
        var error = Assert.Single(Check("""{"openCap": -1.50, "mobile": "13870001234"}"""));

        Assert.Equal("“可开放容量”须大于 0 kVA，现为 -1.5", error.Message.Zh);
        Assert.Equal("'Available capacity' must be more than 0 kVA, is -1.5", error.Message.En);
    }

    [Fact]
    public void A_later_round_is_judged_like_the_first_and_its_errors_carry_its_own_key()
    {
        var errors = FormValidator.Validate(Form, Sections(("SURVEY", """{"openCap": 1, "mobile": "13870001234"}"""), ("INSP#2", """{"value": 6}""")));

        Assert.Equal("INSP#2.value", Assert.Single(errors).Path);
    }

    [Theory]
    [InlineData("PLAN")]
    [InlineData("SURVEY#2")]
    [InlineData("INSP#1")]
    [InlineData("INSP#x")]
    public void A_section_the_form_does_not_write_is_refused(string key) =>
        Assert.Contains(FormValidator.Validate(Form, Sections(("SURVEY", """{"openCap": 1, "mobile": "13870001234"}"""), (key, "{}"))), e => e.Rule == "section" && e.Path == key);

    [Fact]
    public void The_same_section_in_two_rounds_at_once_is_refused() =>
        Assert.Contains(FormValidator.Validate(Form, Sections(("SURVEY", """{"openCap": 1, "mobile": "13870001234"}"""), ("INSP", "{}"), ("INSP#2", "{}"))), e => e.Rule == "section");

    [Theory]
    [InlineData("""{"type": "object", "patternProperties": {}}""", "patternProperties")]
    [InlineData("""{"type": "text"}""", "'text'")]
    [InlineData("""{"type": "string", "format": "hostname"}""", "hostname")]
    [InlineData("""{"type": "string", "pattern": "(?=a)"}""", "pattern")]
    [InlineData("""{"type": "number", "multipleOf": 0}""", "multipleOf")]
    [InlineData("""{"type": "string", "minLength": -1}""", "minLength")]
    [InlineData("""{"$ref": "https://example.org/x"}""", "$ref")]
    [InlineData("""{"properties": []}""", "properties")]
    public void A_schema_the_server_cannot_judge_by_is_refused_at_load(string schema, string named)
    {
        var document = Json(Survey);
        document["schema"]!["properties"]!["SURVEY"]!["properties"]!["openCap"] = Json(schema);

        var refusal = Assert.Throws<FormRefusedException>(() => FormDefinition.Parse(document));

        Assert.Contains(refusal.Problems, problem => problem.Contains(named, StringComparison.Ordinal));
    }

    [Fact]
    public void A_field_without_a_label_in_both_languages_is_refused()
    {
        var document = Json(Survey);
        document["labels"]!["en"]!.AsObject().Remove("SURVEY.mobile");

        Assert.Contains(FormDefinition.Problems(document), problem => problem.Contains("labels/en has no 'SURVEY.mobile'", StringComparison.Ordinal));
    }

    [Fact]
    public void References_inside_the_form_are_followed_even_to_themselves()
    {
        var document = Json(Survey);
        document["schema"]!["$defs"] = Json("""{"tree": {"type": "object", "required": ["name"], "properties": {"children": {"type": "array", "items": {"$ref": "#/$defs/tree"}}}}}""");
        document["schema"]!["properties"]!["SURVEY"] = Json("""{"$ref": "#/$defs/tree"}""");
        var form = FormDefinition.Parse(document);

        var errors = FormValidator.Validate(form, Sections(("SURVEY", """{"name": "a", "children": [{"name": "b"}, {}]}""")));

        Assert.Equal("SURVEY.children[1].name", Assert.Single(errors).Path);
    }

    [Fact]
    public void Alternatives_are_judged_as_alternatives()
    {
        var document = Json(Survey);
        var value = document["schema"]!["properties"]!["INSP"]!["properties"]!;
        value["value"] = Json("""{"anyOf": [{"type": "number"}, {"type": "string", "maxLength": 3}], "not": {"const": "no"}, "oneOf": [{"type": "string"}, {"type": "number", "minimum": 10}]}""");
        var form = FormDefinition.Parse(document);

        string RuleFor(string json) => FormValidator.Validate(form, Sections(("SURVEY", """{"openCap": 1, "mobile": "13870001234"}"""), ("INSP", $$"""{"value": {{json}}}"""))).Select(e => e.Rule).FirstOrDefault("none");

        Assert.Equal(["none", "anyOf", "not", "none", "oneOf"], new[] { RuleFor("\"yes\""), RuleFor("true"), RuleFor("\"no\""), RuleFor("12"), RuleFor("3") });
    }

    private static IReadOnlyList<FieldError> Check(string survey) => FormValidator.Validate(Form, Sections(("SURVEY", survey)));

    private static Dictionary<string, JsonObject> Sections(params (string Key, string Json)[] sections) => sections.ToDictionary(s => s.Key, s => Json(s.Json));

    private static JsonObject Json(string text) => JsonNode.Parse(text)!.AsObject();
}
