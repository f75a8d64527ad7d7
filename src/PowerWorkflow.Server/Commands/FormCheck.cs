using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using PowerWorkflow.Engine;
using PowerWorkflow.Processes.Documents;
using PowerWorkflow.Processes.Forms;
using PowerWorkflow.Server.Definitions;
using PowerWorkflow.Server.Refusals;
using PowerWorkflow.Server.Storage.Schema;

namespace PowerWorkflow.Server.Commands;

/// <summary>Judges what was filled in by the form version the case is pinned to, and gives each section the key of its round.</summary>
public sealed class FormCheck(DefinitionCatalog catalog)
{
    private readonly ConcurrentDictionary<string, FormDefinition> parsed = new();

    /// <summary>The pinned form of a task; null when the task has none.</summary>
    /// <exception cref="InvalidDataException">The pins have no such form: the definition was published without it.</exception>
    public async ValueTask<FormDefinition?> FormOf(TaskRow task, CasePins pins) => task.Form is null ? null : await Form(task.Process, task.Form, pins);

    /// <param name="code">Form code, or <c>process/code</c> for another process's.</param>
    public async ValueTask<FormDefinition> Form(string process, string code, CasePins pins)
    {
        var key = code.Contains('/', StringComparison.Ordinal) ? code : $"{process}/{code}";
        if (!pins.Forms.TryGetValue(key, out var version))
        {
            throw new InvalidDataException($"The case is not pinned to a form '{key}'. Add forms/{code}.json to the process and publish it anew.");
        }

        if (parsed.TryGetValue(version, out var known))
        {
            return known;
        }

        return parsed[version] = FormDefinition.Parse((JsonObject)(await catalog.FormAsync(version)).DeepClone());
    }

    /// <summary>The round a task is in: variable <c>round</c> of the definition it is drawn in, 1 without one.</summary>
    public static int RoundOf(TaskRow task, CaseState state)
    {
        for (var at = state.Executions.FirstOrDefault(e => e.Path == task.ActivityId); at is not null; at = at.Parent)
        {
            if (at.Variables.TryGetValue("round", out var round) && round is JsonValue value)
            {
                return value.TryGetValue(out int number) ? number : (int)value.GetValue<double>();
            }
        }

        return 1;
    }

    /// <summary>
    /// The sections as they go into the data document. A section of a later round may come under its plain key.
    /// </summary>
    /// <exception cref="RefusedException">form-invalid, with a sentence for each field.</exception>
    public static IReadOnlyDictionary<string, JsonObject> Checked(FormDefinition? form, int round, IReadOnlyDictionary<string, JsonObject> data)
    {
        if (form is null)
        {
            return data.Count == 0 ? data : throw new RefusedException(Problems.FormInvalid(new LocalText("（无）", "(none)"), data.Keys.ToDictionary(
                key => key, _ => (IReadOnlyList<LocalText>)[new LocalText("该步骤没有表单，不能提交数据", "this step has no form and takes no data")])));
        }

        var sections = new Dictionary<string, JsonObject>();
        var errors = new Dictionary<string, IReadOnlyList<LocalText>>();
        foreach (var (given, section) in data)
        {
            var plain = FormDefinition.BaseOf(given);
            var key = form.Writes.Contains(plain + "#") ? FormDefinition.KeyOf(plain, round) : given;
            if ((given != key && given != plain) || !sections.TryAdd(key, section))
            {
                errors[given] = [new LocalText($"当前是第 {round} 轮，应填写“{key}”", $"this is round {round}; fill in '{key}'")];
            }
        }

        foreach (var error in FormValidator.Validate(form, sections).GroupBy(e => e.Path))
        {
            errors.TryAdd(error.Key, [.. error.Select(e => e.Message)]);
        }

        return errors.Count == 0 ? sections : throw new RefusedException(Problems.FormInvalid(form.Title, errors));
    }
}
