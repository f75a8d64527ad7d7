using System.Text.Json.Nodes;
using PowerWorkflow.Engine;
using PowerWorkflow.Engine.Activities;
using PowerWorkflow.Processes.Clocks;

namespace PowerWorkflow.Processes.Activities;

/// <summary>
/// What time does to a case beside the activities that are drawn: a step with a limit is due when the clock of that limit is, or has a clock of its own; the
/// rungs of ladders are sent when they come due; nobody is reminded of a case that has ended.
/// </summary>
public sealed class Timekeeping : CaseRules
{
    private const string StepClock = "STEP:";

    /// <inheritdoc/>
    public override TaskSpecification TaskOpening(ActivityContext context, TaskSpecification task)
    {
        if (task.Limit is not { } item) return task;
        var clocks = CaseClocks.Of(context);
        var measured = clocks.Live(ClockCode.Stage + item) ?? clocks.Live(ClockCode.Internal + item) ?? clocks.Live(ClockCode.Customer + item);
        if (measured is null)
        {
            var name = clocks.NextRound(StepClock + task.Step);
            clocks.Append(
                new ClockFact.Started(name, "TASK_OPENED", clocks.Terms(ClockScope.Internal, item), context.Now, context.Actor.Person, [new Evidence(Evidence.Unclassified, task.TaskId)]),
                "ClockStarted", new JsonObject { ["clock"] = name, ["item"] = item });
            measured = clocks.Live(name);
        }
        if (measured is null) return task;
        LimitedTasks.Attach(context, task.TaskId, measured.Clock, measured.Due?.At);
        return task with { DueAt = measured.Due?.At ?? task.DueAt };
    }

    /// <inheritdoc/>
    public override void TaskCompleted(ActivityContext context, string taskId, Stimulus.CompleteTask completion) => Stop(context, taskId, "TASK_COMPLETED");

    /// <inheritdoc/>
    public override void TaskCancelled(CaseContext context, string taskId) => Stop(context, taskId, "TASK_CANCELLED");

    /// <inheritdoc/>
    public override bool TimerFired(CaseContext context, Stimulus.FireTimer timer)
    {
        if (context.CaseMemory("clocks") is null) return false;
        var clocks = CaseClocks.Of(context);
        return new CaseReminders(context, clocks.World).Fire(timer.TimerId, clocks.Readings);
    }

    /// <inheritdoc/>
    public override void CaseEnded(CaseContext context, CaseStatus status)
    {
        if (context.CaseMemory("clocks") is null) return;
        var clocks = CaseClocks.Of(context);
        new CaseReminders(context, clocks.World).Clear(clocks.Readings);
    }

    private static void Stop(CaseContext context, string taskId, string trigger)
    {
        if (LimitedTasks.Detach(context, taskId) is not { } clock || !clock.StartsWith(StepClock, StringComparison.Ordinal)) return;
        CaseClocks.Of(context).AppendWhereItApplies(
            new ClockFact.Stopped(clock, trigger, context.Now, context.Actor.Person, [new Evidence(Evidence.Unclassified, taskId)]),
            "ClockStopped", new JsonObject { ["clock"] = clock });
    }
}
