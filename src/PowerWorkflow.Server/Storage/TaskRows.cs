using System.Text.Json;
using PowerWorkflow.Engine;
using PowerWorkflow.Server.Storage.Schema;

namespace PowerWorkflow.Server.Storage;

/// <summary>From what the engine wants of people to the row that lists are made of.</summary>
public static class TaskRows
{
    /// <summary>The row of a task that opens now.</summary>
    /// <param name="caseUnit">Asked when the task names no unit.</param>
    public static TaskRow Open(string caseId, string caseUnit, TaskSpecification task, DateTimeOffset at) => new()
    {
        TaskId = task.TaskId,
        CaseId = caseId,
        ActivityId = task.ActivityId,
        Step = task.Step,
        Title = task.Title,
        Process = task.Process,
        Role = task.Role,
        Person = task.Person,
        Unit = task.Unit ?? caseUnit,
        Form = task.Form,
        Judge = task.Judge,
        Outcomes = List(task.Outcomes),
        Priority = task.Priority,
        Persons = task.Persons,
        NotPersons = List(task.NotPersons),
        AllowDelegate = task.AllowDelegate,
        ReturnTargets = List(task.ReturnTargets),
        Evidence = List(task.Evidence),
        DueAt = task.DueAt,
        Limit = task.Limit,
        Ladder = task.Ladder,
        SignedBy = "[]",
        OpenedAt = at,
    };

    /// <summary>A list column.</summary>
    public static string List(IReadOnlyList<string> items) => items.Count == 0 ? "[]" : JsonSerializer.Serialize(items, BurstRows.Readable);

    /// <summary>What a list column holds.</summary>
    public static IReadOnlyList<string> List(string json) => json == "[]" ? [] : JsonSerializer.Deserialize<string[]>(json) ?? [];

    /// <summary>The open tasks after a burst, in the order in which they opened.</summary>
    public static IReadOnlyList<TaskRow> After(
        IReadOnlyList<TaskRow> before, IReadOnlyList<Effect> effects, IReadOnlyList<TaskHold> holds, CaseHeader header, DateTimeOffset at)
    {
        var tasks = before.ToList();
        foreach (var effect in effects)
        {
            switch (effect)
            {
                case Effect.OpenTask open:
                    tasks.Add(Open(header.CaseId, header.Unit, open.Task, at));
                    break;
                case Effect.CloseTask close:
                    tasks.RemoveAll(task => task.TaskId == close.TaskId);
                    break;
                case Effect.SignTask sign:
                    Replace(sign.TaskId, task => task with { SignedBy = List(sign.SignedBy), ClaimedBy = null, ClaimedAt = null });
                    break;
            }
        }
        foreach (var hold in holds)
            Replace(hold.TaskId, task => task with { ClaimedBy = hold.ClaimedBy, ClaimedAt = hold.ClaimedAt, Person = hold.Person });
        return tasks;

        void Replace(string taskId, Func<TaskRow, TaskRow> change)
        {
            var index = tasks.FindIndex(task => task.TaskId == taskId);
            if (index >= 0)
                tasks[index] = change(tasks[index]);
        }
    }
}
