using System.Globalization;
using System.Text.Json.Nodes;
using PowerWorkflow.Engine;
using PowerWorkflow.Engine.Simulation;
using PowerWorkflow.Processes.Checklists;
using PowerWorkflow.Processes.Forms;
using PowerWorkflow.Processes.Judges;

namespace PowerWorkflow.Server.CommandLine;

/// <summary>The forms and judges of a <c>workflows</c> folder, applied to a scenario's steps as the server applies them to people's.</summary>
/// <param name="tree">The folder; null when there is none, then nothing is judged.</param>
/// <param name="error">Where the reasons of a refusal are written, so that whoever writes a scenario sees them.</param>
internal sealed class ScenarioRules(DirectoryInfo? tree, TextWriter error)
{
    private readonly Dictionary<string, FormDefinition?> forms = [];
    private readonly Dictionary<string, Checklist> checklists = [];

    /// <summary>The slug of the refusal, or null when the step may be taken; what a judge concludes is written into the submitted sections.</summary>
    /// <exception cref="InvalidDataException">The step names a judge that does not exist.</exception>
    public string? Refuse(CaseRunner runner, TaskSpecification task, Stimulus.CompleteTask completion)
    {
        if (completion.ReturnTo is not null)
        {
            return null;
        }

        var form = task.Form is null ? null : Form(task.Process, task.Form);
        if (form is not null && FormValidator.Validate(form, completion.Data) is { Count: > 0 } errors)
        {
            return Say(task, "form-invalid", errors.Select(e => $"{e.Path}: {e.Message.En}"));
        }

        if (task.Judge is null)
        {
            return null;
        }

        var judge = Judges.Find(task.Judge) ?? throw new InvalidDataException($"Step '{task.Step}' names the judge '{task.Judge}', which does not exist. Judges are: {string.Join(", ", Judges.Codes)}.");
        var judgement = judge.Of(new JudgeInput
        {
            CaseId = runner.State.CaseId,
            Outcomes = task.Outcomes,
            Data = runner.Data,
            Submitted = completion.Data,
            Form = form,
            Round = RoundOf(runner.State, task),
            Now = runner.Now.ToOffset(TimeSpan.FromHours(8)),
            Checklists = checklists,
        });
        if (!judgement.Permitted.Contains(completion.Outcome))
        {
            return Say(task, "outcome-not-permitted", judgement.Reasons.Where(r => r.Outcome is null || r.Outcome == completion.Outcome).Select(r => r.Message.En));
        }

        foreach (var (section, name, value) in judgement.Derived.SelectMany(d => d.Value.Select(v => (d.Key, v.Key, v.Value))))
        {
            completion.Data[section][name] = value?.DeepClone();
        }

        return null;
    }

    private string Say(TaskSpecification task, string slug, IEnumerable<string> reasons)
    {
        error.WriteLine($"{task.Step}: {slug}: {string.Join("; ", reasons)}");
        return slug;
    }

    private FormDefinition? Form(string process, string code)
    {
        var key = code.Contains('/', StringComparison.Ordinal) ? code : $"{process}/{code}";
        if (forms.TryGetValue(key, out var known))
        {
            return known;
        }

        var slash = key.IndexOf('/', StringComparison.Ordinal);
        var file = new FileInfo(Path.Combine(tree?.FullName ?? "workflows", key[..slash], "forms", key[(slash + 1)..] + ".json"));
        var form = forms[key] = file.Exists ? FormDefinition.Parse(JsonNode.Parse(File.ReadAllText(file.FullName))!.AsObject()) : null;
        foreach (var list in form?.Checklists ?? [])
        {
            checklists[list] = Checklist.Parse(File.ReadAllText(Path.Combine(tree!.FullName, "shared", "checklists", list + ".json")), list); // a form was found in the tree
        }

        return form;
    }

    /// <summary>The variable <c>round</c> of the definition the step is drawn in, 1 without one.</summary>
    private static int RoundOf(CaseState state, TaskSpecification task)
    {
        for (var at = state.Executions.FirstOrDefault(e => e.Path == task.ActivityId); at is not null; at = at.Parent)
        {
            if (at.Variables.TryGetValue("round", out var round) && round is not null && int.TryParse(round.ToJsonString(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number))
            {
                return number;
            }
        }

        return 1;
    }
}
