using PowerWorkflow.Engine.Activities;

namespace PowerWorkflow.Engine;

/// <summary>
/// What the domain does at fixed points of a case's life, beside the activities that are drawn: clocks measure tasks, remind, and answer to notes. Pure like
/// an activity; memory that lives as long as the case is in <see cref="CaseContext.CaseMemory"/>.
/// </summary>
public abstract class CaseRules
{
    /// <summary>The domain adds nothing.</summary>
    public static CaseRules None { get; } = new Nothing();

    /// <summary>A task is about to open: the domain may set its due time, priority or persons.</summary>
    public virtual TaskSpecification TaskOpening(ActivityContext context, TaskSpecification task) => task;

    /// <summary>A task has been completed.</summary>
    public virtual void TaskCompleted(ActivityContext context, string taskId, Stimulus.CompleteTask completion) { }

    /// <summary>A task was cancelled with its branch or case.</summary>
    public virtual void TaskCancelled(CaseContext context, string taskId) { }

    /// <summary>A timer came due that belongs to no waiting activity: a rung of a ladder, a deadline.</summary>
    /// <returns>False when the domain does not know it either: the stimulus is refused as gone.</returns>
    public virtual bool TimerFired(CaseContext context, Stimulus.FireTimer timer) => false;

    /// <summary>A message sent by these rules or by an activity that has left was delivered, or finally was not.</summary>
    /// <returns>False when the domain does not know it either: the reply is recorded and nothing else happens.</returns>
    public virtual bool MessageReplied(CaseContext context, Stimulus.MessageReply reply) => false;

    /// <summary>Something was recorded that moves no token.</summary>
    public virtual void Noted(CaseContext context, Stimulus.Note note) { }

    /// <summary>The case has ended; timers of the domain are to be cleared now.</summary>
    public virtual void CaseEnded(CaseContext context, CaseStatus status) { }

    private sealed class Nothing : CaseRules;
}
