using System.Text.Json.Nodes;
using PowerWorkflow.Processes.Checklists;
using PowerWorkflow.Processes.Documents;
using PowerWorkflow.Processes.Forms;
using PowerWorkflow.Processes.Judges;
using PowerWorkflow.Server.Refusals;

namespace PowerWorkflow.Server.Commands;

/// <summary>
/// A step that waits, with everything a submission for it is judged by. Pure: people over HTTP and scenarios on a virtual clock pass the same checks.
/// </summary>
public sealed record OpenStep
{
    public required string CaseId { get; init; }

    public required string Title { get; init; }

    /// <summary>Outcome codes of the task.</summary>
    public required IReadOnlyList<string> Outcomes { get; init; }

    /// <summary>Null when the data do not decide.</summary>
    public string? Judge { get; init; }

    /// <summary>In the pinned version; null for a step without one.</summary>
    public FormDefinition? Form { get; init; }

    /// <summary>The round of the definition the step is drawn in; 1 where there are none.</summary>
    public int Round { get; init; } = 1;

    /// <summary>The data document before the submission.</summary>
    public required IReadOnlyDictionary<string, JsonObject> Data { get; init; }

    /// <summary>Checklists of the form, by code.</summary>
    public IReadOnlyDictionary<string, Checklist> Checklists { get; init; } = new Dictionary<string, Checklist>();

    /// <summary>Contractor group by person id.</summary>
    public IReadOnlyDictionary<string, string> ContractorGroups { get; init; } = new Dictionary<string, string>();

    /// <summary>Server time, in the offset of the case's unit.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>What is written when the step is left by the outcome: the submitted sections under the keys of their round, with what the judge concluded.</summary>
    /// <exception cref="RefusedException">form-invalid, outcome-not-permitted.</exception>
    public IReadOnlyDictionary<string, JsonObject> Accept(string outcome, IReadOnlyDictionary<string, JsonObject> submitted)
    {
        if (!Outcomes.Contains(outcome))
        {
            throw new RefusedException(Problems.OutcomeNotPermitted(Title, outcome, Outcomes, []));
        }

        var sections = Checked(submitted);
        if (Judged(sections) is not { } judgement)
        {
            return sections;
        }

        if (!judgement.Permitted.Contains(outcome))
        {
            var reasons = judgement.Reasons.Where(r => r.Outcome is null || r.Outcome == outcome).Select(r => r.Message);
            throw new RefusedException(Problems.OutcomeNotPermitted(Title, outcome, judgement.Permitted, reasons));
        }

        return Merged(sections, judgement.Derived);
    }

    /// <summary>What is written when the step is returned: the form when it is complete, nothing when it is not. Why it is returned stands in the comment.</summary>
    public IReadOnlyDictionary<string, JsonObject> Returned(IReadOnlyDictionary<string, JsonObject> submitted)
    {
        var sections = Keyed(submitted);
        return Form is not null && sections.Count > 0 && FormValidator.Validate(Form, sections).Count == 0 ? sections : new Dictionary<string, JsonObject>();
    }

    /// <summary>What the judge says about data as they stand, valid or not; null without a judge.</summary>
    /// <exception cref="InvalidDataException">The definition names a judge that does not exist.</exception>
    public Judgement? Judged(IReadOnlyDictionary<string, JsonObject> sections)
    {
        if (Judge is null)
        {
            return null;
        }

        var judge = Judges.Find(Judge)
            ?? throw new InvalidDataException($"Step '{Title}' names the judge '{Judge}', which does not exist. Judges are: {string.Join(", ", Judges.Codes)}.");
        return judge.Of(new JudgeInput
        {
            CaseId = CaseId,
            Outcomes = Outcomes,
            Data = Data,
            Submitted = sections,
            Form = Form,
            Round = Round,
            Now = Now,
            Checklists = Checklists,
            ContractorGroups = ContractorGroups,
        });
    }

    /// <summary>The sections under the keys of this round; a section of a later round may come under its plain key.</summary>
    public Dictionary<string, JsonObject> Keyed(IReadOnlyDictionary<string, JsonObject> submitted)
    {
        var sections = new Dictionary<string, JsonObject>();
        foreach (var (given, section) in submitted)
        {
            sections[KeyOf(given)] = section;
        }

        return sections;
    }

    private IReadOnlyDictionary<string, JsonObject> Checked(IReadOnlyDictionary<string, JsonObject> submitted)
    {
        if (Form is null)
        {
            return submitted.Count == 0 ? submitted : throw new RefusedException(Problems.FormInvalid(new LocalText(Title, Title), submitted.Keys.ToDictionary(
                key => key, _ => (IReadOnlyList<LocalText>)[new LocalText("该步骤没有表单，不能提交数据", "this step has no form and takes no data")])));
        }

        var errors = new Dictionary<string, IReadOnlyList<LocalText>>();
        foreach (var given in submitted.Keys.Where(given => KeyOf(given) != given && FormDefinition.BaseOf(given) != given))
        {
            errors[given] = [new LocalText($"当前是第 {Round} 轮，应填写“{KeyOf(given)}”", $"this is round {Round}; fill in '{KeyOf(given)}'")];
        }

        var sections = Keyed(submitted);
        foreach (var error in FormValidator.Validate(Form, sections).GroupBy(e => e.Path))
        {
            errors.TryAdd(error.Key, [.. error.Select(e => e.Message)]);
        }

        return errors.Count == 0 ? sections : throw new RefusedException(Problems.FormInvalid(Form.Title, errors));
    }

    private string KeyOf(string given) =>
        Form?.Writes.Contains(FormDefinition.BaseOf(given) + "#") == true ? FormDefinition.KeyOf(FormDefinition.BaseOf(given), Round) : given;

    private static IReadOnlyDictionary<string, JsonObject> Merged(IReadOnlyDictionary<string, JsonObject> sections, IReadOnlyDictionary<string, JsonObject> derived)
    {
        if (derived.Count == 0)
        {
            return sections;
        }

        var merged = sections.ToDictionary();
        foreach (var (key, values) in derived)
        {
            var section = merged.TryGetValue(key, out var submitted) ? (JsonObject)submitted.DeepClone() : [];
            foreach (var (name, value) in values)
            {
                section[name] = value?.DeepClone();
            }

            merged[key] = section;
        }

        return merged;
    }
}
