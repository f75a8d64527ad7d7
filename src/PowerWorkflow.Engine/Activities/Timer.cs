namespace PowerWorkflow.Engine.Activities;

/// <summary>Waits for the next beat of an interval: drawn into a loop it recurs, at the head of a definition it starts cases.</summary>
public sealed class Timer : WaitingActivity
{
    private static readonly Input<TimeSpan> interval = new("Interval", TimeSpan.FromMinutes(1)) { UIHint = "timespan" };
    private static readonly Input<MissedTimer> missed = MissedInput();

    /// <summary>Elsa's Timer.</summary>
    public Timer() : base(new("Elsa.Timer", "Scheduling") { Inputs = [interval, missed], IsTrigger = true }, missed) { }

    private protected override bool Recurs => true;

    private protected override DateTimeOffset? Next(ActivityContext context, DateTimeOffset after)
    {
        var every = context.Get(interval);
        if (every <= TimeSpan.Zero) Fault($"Activity '{context.Node.Id}' has an interval of {every}; it must be longer than nothing.", "input-type");
        return after + every;
    }
}
