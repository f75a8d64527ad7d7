namespace PowerWorkflow.Engine.Activities;

/// <summary>Waits for a length of time.</summary>
public sealed class Delay : Activity
{
    private static readonly Input<TimeSpan> duration = new("TimeSpan", TimeSpan.FromMinutes(1)) { UIHint = "timespan" };
    private static readonly Input<MissedTimer> missed = new("Missed", MissedTimer.FireOnce) { UIHint = "dropdown", Choices = ["FireOnce", "FireAll", "Skip", "Replan"] };

    /// <summary>Elsa's Delay.</summary>
    public Delay() : base(new("Elsa.Delay", "Scheduling") { Inputs = [duration, missed] }) { }

    /// <inheritdoc/>
    public override Turn Execute(ActivityContext context)
    {
        var wait = context.Get(duration);
        if (wait <= TimeSpan.Zero) return Leave();
        context.SetTimer(context.Now + wait, "Delay", context.Get(missed));
        return Stay;
    }
}
