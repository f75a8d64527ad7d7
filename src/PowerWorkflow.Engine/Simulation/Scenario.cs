using System.Globalization;
using System.Text.Json.Nodes;
using PowerWorkflow.Engine.Expressions;

namespace PowerWorkflow.Engine.Simulation;

/// <summary>
/// Who does what, with which answers, and where the case must stand after: a file under <c>workflows/…/scenarios</c>, run as a test and as a demonstration.
/// </summary>
public sealed class Scenario
{
    private readonly JsonObject json;

    private Scenario(JsonObject json) => this.json = json;

    /// <summary>The definition it is about.</summary>
    public string? Process => json.Text("process");

    /// <summary>What the clock says when the case starts; null when the file does not say.</summary>
    public DateTimeOffset? StartAt => json["startAt"] is { } at ? Values.ToInstant(at, TimeZoneInfo.Utc) : null;

    /// <summary>Code of the unit the case belongs to.</summary>
    public string? Unit => json.Text("unit");

    /// <summary>Reads a scenario document.</summary>
    public static Scenario Read(JsonObject json) => new(json);

    /// <summary>Plays it from the start of the case to its last expectation.</summary>
    /// <param name="runner">A runner whose case has not started.</param>
    /// <param name="accept">Looks at what a person hands in before the engine does, and gives what is to be written; the server checks form and judge here. Null takes it as it is.</param>
    /// <exception cref="ScenarioException">The case did not go as the scenario says.</exception>
    public void Play(CaseRunner runner, Func<TaskSpecification, Stimulus.CompleteTask, Stimulus.CompleteTask>? accept = null)
    {
        var start = json.Object("start") ?? [];
        runner.Start((start.Object("inputs") ?? []).ToDictionary(i => i.Key, i => i.Value), new Actor(start.Text("by") ?? "system"), Sections(start.Object("data")));
        var number = 0;
        foreach (var item in json.List("steps") ?? [])
        {
            number++;
            var step = item as JsonObject ?? [];
            if (step.Text("advance") is { } length) runner.AdvanceTo(runner.Now + Values.ToDuration(length));
            else if (step.Object("expect") is { } here) Expect(runner, here, number);
            else Do(runner, step, number, accept);
        }
        if (json.Object("expect") is { } end) Expect(runner, end, number + 1);
    }

    private static void Do(CaseRunner runner, JsonObject step, int number, Func<TaskSpecification, Stimulus.CompleteTask, Stimulus.CompleteTask>? accept)
    {
        if (step.Text("after") is { } after) runner.AdvanceTo(runner.Now + Values.ToDuration(after));
        var code = step.Text("step") ?? "";
        var task = runner.OpenTasks.FirstOrDefault(t => t.Step == code || $"{t.Process}/{t.Step}" == code || CaseState.LastId(t.ActivityId) == code)
            ?? throw new ScenarioException(number, $"step '{code}' is not open; the case is {runner.State.Status} and waits at: {string.Join(", ", runner.State.WaitingAt)}{Incidents(runner)}");
        var expected = step.Text("refused");
        foreach (var person in (step.List("also") ?? []).Select(p => Values.ToText(p)).Prepend(step.Text("by") ?? ""))
        {
            var completion = new Stimulus.CompleteTask(task.TaskId, step.Text("outcome") ?? task.Outcomes[0], new Actor(person), Sections(step.Object("data")) ?? [])
            {
                ReturnTo = step.Text("returnTo"), Comment = step.Text("comment"),
            };
            try
            {
                runner.Complete(accept is null ? completion : accept(task, completion));
            }
            catch (StepRefusedException refusal)
            {
                if (refusal.Slug == expected) return;
                throw new ScenarioException(number, $"step '{code}' by '{person}' was refused as '{refusal.Slug}'{(expected is null ? "" : $", expected '{expected}'")}: {refusal.Message}");
            }
            catch (StimulusRefusedException refusal)
            {
                if (Slug(refusal.Code) == expected) return;
                throw new ScenarioException(number, $"step '{code}' by '{person}' was refused as '{Slug(refusal.Code)}'{(expected is null ? "" : $", expected '{expected}'")}: {refusal.Message}");
            }
            if (expected is not null) throw new ScenarioException(number, $"step '{code}' by '{person}' was accepted; expected to be refused as '{expected}'");
        }
    }

    private static void Expect(CaseRunner runner, JsonObject expected, int number)
    {
        if (expected.Text("status") is { } status && status != runner.State.Status.ToString())
            throw new ScenarioException(number, $"the case is {runner.State.Status}, expected {status}; it waits at: {string.Join(", ", runner.State.WaitingAt)}{Incidents(runner)}");
        if (expected.List("waitingAt") is { } places)
        {
            var wanted = places.Select(p => Values.ToText(p)).Order(StringComparer.Ordinal).ToList();
            var actual = runner.State.WaitingAt.Order(StringComparer.Ordinal).ToList();
            if (!wanted.SequenceEqual(actual))
                throw new ScenarioException(number, $"the case waits at: {string.Join(", ", actual)}; expected: {string.Join(", ", wanted)}{Incidents(runner)}");
        }
        foreach (var (path, value) in expected.Object("data") ?? [])
        {
            var actual = At(runner.Data, path);
            if (!Journal.CanonicalJson.Same(actual, value))
                throw new ScenarioException(number, $"data {path} is {actual?.ToJsonString(Json.Relaxed) ?? "absent"}, expected {value?.ToJsonString(Json.Relaxed) ?? "null"}");
        }
        foreach (var (name, value) in expected.Object("outputs") ?? [])
        {
            var actual = runner.State.Outputs.GetValueOrDefault(name);
            if (!Journal.CanonicalJson.Same(actual, value))
                throw new ScenarioException(number, $"output {name} is {actual?.ToJsonString(Json.Relaxed) ?? "absent"}, expected {value?.ToJsonString(Json.Relaxed) ?? "null"}");
        }
    }

    private static JsonNode? At(IReadOnlyDictionary<string, JsonObject> data, string path)
    {
        var parts = path.Split('.');
        JsonNode? node = data.GetValueOrDefault(parts[0]);
        foreach (var part in parts.Skip(1))
        {
            node = node switch
            {
                JsonObject json => json[part],
                JsonArray list when int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < list.Count => list[index],
                _ => null,
            };
        }
        return node;
    }

    private static string Incidents(CaseRunner runner) =>
        runner.State.Incidents.Count == 0 ? "" : $"; incidents: {string.Join("; ", runner.State.Incidents.Select(i => i.Message))}";

    /// <summary>The slug of a refusal, as problem documents name it.</summary>
    public static string Slug(Refusal refusal) => refusal switch
    {
        Refusal.Gone => "stale-task",
        Refusal.CaseEnded => "case-ended",
        Refusal.OutcomeNotPermitted => "outcome-not-permitted",
        Refusal.PersonNotPermitted => "person-not-permitted",
        _ => "input",
    };

    private static Dictionary<string, JsonObject>? Sections(JsonObject? data) =>
        data?.Where(s => s.Value is JsonObject).ToDictionary(s => s.Key, s => (JsonObject)s.Value!.DeepClone()); // filtered to objects
}

/// <summary>What a person handed in was refused before the engine saw it.</summary>
/// <param name="slug">Of the problem: form-invalid, outcome-not-permitted …</param>
public sealed class StepRefusedException(string slug, string message) : Exception(message)
{
    /// <summary>Of the problem.</summary>
    public string Slug { get; } = slug;
}

/// <summary>A case did not go as a scenario says.</summary>
/// <param name="step">Number of the step, from 1; one past the last for the final expectation.</param>
public sealed class ScenarioException(int step, string message) : Exception($"Step {step}: {message}.")
{
    /// <summary>Number of the step, from 1.</summary>
    public int Step { get; } = step;
}
