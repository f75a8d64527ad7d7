namespace PowerWorkflow.Engine.Activities;

/// <summary>Waits for a length of time.</summary>
public sealed class Delay : WaitingActivity
{
    private static readonly Input<TimeSpan> duration = new("TimeSpan", TimeSpan.FromMinutes(1)) { UIHint = "timespan" };
    private static readonly Input<MissedTimer> missed = MissedInput();

    /// <summary>Elsa's Delay.</summary>
    public Delay() : base(new("Elsa.Delay", "Scheduling") { Inputs = [duration, missed] }, missed) { }

    private protected override DateTimeOffset? Next(ActivityContext context, DateTimeOffset after) =>
        context.Get(duration) is var wait && wait > TimeSpan.Zero ? context.Now + wait : null;
}
