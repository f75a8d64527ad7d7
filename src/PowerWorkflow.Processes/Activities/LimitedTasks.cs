using System.Text.Json.Nodes;
using PowerWorkflow.Engine;
using PowerWorkflow.Processes.Clocks;

namespace PowerWorkflow.Processes.Activities;

/// <summary>Which open task is measured by which clock, so that the task's due time follows when a pause moves the clock's.</summary>
internal static class LimitedTasks
{
    private const string Memory = "limits";

    public static void Attach(CaseContext context, string taskId, string clock, DateTimeOffset? due)
    {
        var kept = Kept(context);
        kept[taskId] = new JsonObject { ["clock"] = clock, ["due"] = due };
        context.SetCaseMemory(Memory, kept);
    }

    /// <returns>The clock that measured the task, or null.</returns>
    public static string? Detach(CaseContext context, string taskId)
    {
        var kept = Kept(context);
        var clock = (string?)kept[taskId]?["clock"];
        if (kept.Remove(taskId)) context.SetCaseMemory(Memory, kept.Count == 0 ? null : kept);
        return clock;
    }

    public static void Reschedule(CaseContext context, IReadOnlyList<ClockReading> clocks)
    {
        var kept = Kept(context);
        var moved = false;
        foreach (var (taskId, task) in kept.ToList())
        {
            if (clocks.FirstOrDefault(clock => clock.Clock == (string?)task?["clock"]) is not { } clock) continue;
            var due = clock.Due?.At;
            if (due == (DateTimeOffset?)task?["due"]) continue;
            kept[taskId] = new JsonObject { ["clock"] = clock.Clock, ["due"] = due };
            context.Emit(new Effect.RescheduleTask(taskId, due));
            moved = true;
        }
        if (moved) context.SetCaseMemory(Memory, kept);
    }

    private static JsonObject Kept(CaseContext context) => context.CaseMemory(Memory)?.DeepClone() as JsonObject ?? [];
}
