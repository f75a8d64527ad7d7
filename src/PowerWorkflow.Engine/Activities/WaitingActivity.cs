using PowerWorkflow.Engine.Expressions;

namespace PowerWorkflow.Engine.Activities;

/// <summary>An activity that waits for an instant. What happens when the instant was missed while nothing ran is the definition's choice.</summary>
public abstract class WaitingActivity : Activity
{
    /// <summary>A timer later than this was missed; up to it, it is merely late.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(2);

    private readonly Input<MissedTimer> missed;
    private readonly string kind;

    private protected WaitingActivity(ActivityDescriptor descriptor, Input<MissedTimer> missed) : base(descriptor) =>
        (this.missed, kind) = (missed, descriptor.Name);

    /// <summary>The choice of what happens to a missed instant.</summary>
    private protected static Input<MissedTimer> MissedInput() => new("Missed", MissedTimer.FireOnce) { UIHint = "dropdown", Choices = ["FireOnce", "FireAll", "Skip", "Replan"] };

    /// <summary>Whether it comes again, so that a missed one can be left out.</summary>
    private protected virtual bool Recurs => false;

    /// <summary>The next instant after another; null when there is none.</summary>
    private protected abstract DateTimeOffset? Next(ActivityContext context, DateTimeOffset after);

    /// <inheritdoc/>
    public override Turn Execute(ActivityContext context)
    {
        if (context.IsTrigger) return Leave();
        var policy = context.Get(missed);
        var after = policy == MissedTimer.FireAll && context.GetOutput(context.Node.Id, "LastDue") is { } last ? Values.ToInstant(last, context.TimeZone) : context.Now;
        return Wait(context, Next(context, after), policy);
    }

    /// <inheritdoc/>
    public override Turn Resume(ActivityContext context, Stimulus stimulus)
    {
        var timer = (Stimulus.FireTimer)stimulus;
        var policy = context.Get(missed);
        if (context.Now - timer.DueAt > Grace && policy is MissedTimer.Skip or MissedTimer.Replan)
        {
            context.Record(policy == MissedTimer.Skip ? "TimerSkipped" : "TimerReplanned", new() { ["timer"] = timer.TimerId });
            if (policy == MissedTimer.Skip && !Recurs)
                return Fault($"Activity '{context.Node.Id}' was to go on at {timer.DueAt:u} and missed it; its definition says not to go on late. Skip it, or retry to wait anew.", "timer-missed");
            return Wait(context, Next(context, context.Now), policy);
        }
        if (policy == MissedTimer.FireAll) context.SetOutput("LastDue", timer.DueAt);
        return Leave();
    }

    private Turn Wait(ActivityContext context, DateTimeOffset? due, MissedTimer policy)
    {
        if (due is not { } at) return Leave();
        context.SetTimer(at, kind, policy);
        return Stay;
    }
}
