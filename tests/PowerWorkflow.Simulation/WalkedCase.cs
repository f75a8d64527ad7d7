using System.Text.Json.Nodes;
using PowerWorkflow.Testing;

namespace PowerWorkflow.Simulation;

/// <summary>One case walked along its scenario, and what the server acknowledged about it.</summary>
internal sealed class WalkedCase(PatientClient people, Scenario scenario, Func<string> newCommandId)
{
    private readonly List<Acknowledged> acknowledged = [];

    /// <summary>A completed step the server said yes to.</summary>
    public sealed record Acknowledged(string TaskId, string Step, string By, string Outcome, string CommandId, JsonObject Body);

    /// <summary>Set once the start was acknowledged.</summary>
    public string? CaseId { get; private set; }

    /// <summary>Who started it and may look at it.</summary>
    public string StartedBy => scenario.StartedBy;

    /// <summary>In the order of the answers.</summary>
    public IReadOnlyList<Acknowledged> Steps => acknowledged;

    /// <summary>Starts the case and does every step.</summary>
    public async Task WalkAsync()
    {
        var start = await people.PostAsync(scenario.StartedBy, "/api/cases", new JsonObject
        {
            ["process"] = scenario.Process,
            ["unit"] = scenario.Unit,
            ["customer"] = new JsonObject { ["name"] = scenario.Customer },
            ["inputs"] = scenario.Inputs.DeepClone(),
            ["data"] = scenario.Data.DeepClone(),
            ["commandId"] = newCommandId(),
        });
        CaseId = (string)start.Body["case"]!["id"]!;
        foreach (var step in scenario.Steps.Where(step => step.Refused is null))
        {
            var task = await OpenTaskAsync(step);
            foreach (var person in (string[])[step.By, .. step.Also])
            {
                await CompleteAsync(task, step, person);
            }
        }
    }

    /// <summary>Compares what the server tells now with what it acknowledged.</summary>
    /// <returns>Every difference, as a sentence; none when all is well.</returns>
    public async Task<IReadOnlyList<string>> DifferencesAsync()
    {
        var found = new List<string>();
        var detail = (await people.GetAsync(StartedBy, $"/api/cases/{CaseId}")).Body;
        if ((string?)detail["status"] != "Finished")
        {
            found.Add($"Case {CaseId} is stuck: {detail["status"]}, waiting at {detail["waitingAt"]?.ToJsonString()}.");
        }

        var history = detail["history"]!.AsArray().Select(entry => (Id: (string)entry!["taskId"]!, Outcome: (string?)entry["outcome"], By: entry["completedBy"]?.ToJsonString())).ToList();
        foreach (var task in acknowledged.GroupBy(step => step.TaskId))
        {
            var last = task.Last();
            var entries = history.Where(entry => entry.Id == task.Key).ToList();
            if (entries.Count != 1 || entries[0].Outcome != last.Outcome)
            {
                found.Add($"Case {CaseId}: step '{last.Step}' ({task.Key}) was acknowledged with '{last.Outcome}' and stands {entries.Count} times in the history: {string.Join(", ", entries)}.");
            }
        }

        foreach (var extra in history.Where(entry => entry.Outcome is not null && acknowledged.All(step => step.TaskId != entry.Id)))
        {
            found.Add($"Case {CaseId}: task {extra.Id} was completed by {extra.By}, and nobody did it.");
        }

        found.AddRange(await JournalDifferencesAsync());
        return found;
    }

    /// <summary>Sends every acknowledged command once more: each must be answered as done before. Whether it did anything again, the history tells afterwards.</summary>
    public async Task<IReadOnlyList<string>> ReplayDifferencesAsync()
    {
        var found = new List<string>();
        foreach (var step in acknowledged)
        {
            var again = await people.PostAsync(step.By, $"/api/tasks/{step.TaskId}/complete", step.Body);
            if (!again.Replayed || again.Problem is not null)
            {
                found.Add($"Case {CaseId}: completing '{step.Step}' again under command {step.CommandId} was answered {(int)again.Status}{(again.Replayed ? "" : ", not as a repeated command")}: {again.Text}");
            }
        }

        return found;
    }

    private async Task<JsonNode> OpenTaskAsync(ScenarioStep step)
    {
        var detail = (await people.GetAsync(step.By, $"/api/cases/{CaseId}")).Body;
        return detail["tasks"]!.AsArray().FirstOrDefault(t => (string?)t!["step"] == step.Step)
            ?? throw new InvalidOperationException($"Case {CaseId}: '{step.Step}' should be open for {step.By}; the case is {detail["status"]} and waits at {detail["waitingAt"]?.ToJsonString()}; incidents: {detail["incidents"]?.ToJsonString()}.");
    }

    private async Task CompleteAsync(JsonNode task, ScenarioStep step, string person)
    {
        var taskId = (string)task["id"]!;
        var kinds = task["evidence"]!.AsArray().Select(kind => (string)kind!).ToList();
        var commandId = newCommandId();
        var body = new JsonObject { ["outcome"] = step.Outcome, ["data"] = step.Data.DeepClone(), ["commandId"] = commandId };
        if (await Evidence.ForAsync(kinds, () => people.UploadPhotoAsync(person, CaseId!, taskId)) is { } evidence)
        {
            body["evidence"] = evidence;
        }

        if (step.ReturnTo is not null)
        {
            body["returnTo"] = step.ReturnTo;
        }

        if (step.Comment is not null)
        {
            body["comment"] = step.Comment;
        }

        var reply = await people.PostAsync(person, $"/api/tasks/{taskId}/complete", body);
        _ = reply.Body;
        acknowledged.Add(new Acknowledged(taskId, step.Step, person, step.Outcome, commandId, body));
    }

    private async Task<IReadOnlyList<string>> JournalDifferencesAsync()
    {
        var found = new List<string>();
        var (expected, completed) = (1L, new Dictionary<string, int>());
        for (long after = 0; ;)
        {
            var page = (await people.GetAsync(StartedBy, $"/api/cases/{CaseId}/journal?after={after}&take=200")).Body;
            var entries = page["items"]!.AsArray();
            foreach (var entry in entries)
            {
                after = (long)entry!["sequence"]!;
                if (after != expected++)
                {
                    found.Add($"Case {CaseId}: the journal has entry {after} where {expected - 1} was due.");
                }

                if ((string?)entry["kind"] == "TaskCompleted" && (string?)entry["detail"]?["task"] is { } task)
                {
                    completed[task] = completed.GetValueOrDefault(task) + 1;
                }
            }

            if (entries.Count < 200)
            {
                break;
            }
        }

        found.AddRange(completed.Where(task => task.Value > 1).Select(task => $"Case {CaseId}: task {task.Key} was completed {task.Value} times by the journal."));
        found.AddRange(acknowledged.Select(step => step.TaskId).Distinct().Except(completed.Keys).Select(task => $"Case {CaseId}: acknowledged task {task} is not completed by the journal."));
        return found;
    }
}
