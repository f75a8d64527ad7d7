namespace PowerWorkflow.Engine.Activities;

/// <summary>Waits until an instant; goes on at once when it has passed.</summary>
public sealed class StartAt : WaitingActivity
{
    private static readonly Input<DateTimeOffset> instant = new("DateTime") { UIHint = "datetime-picker", Required = true };
    private static readonly Input<MissedTimer> missed = MissedInput();

    /// <summary>Elsa's StartAt.</summary>
    public StartAt() : base(new("Elsa.StartAt", "Scheduling") { Inputs = [instant, missed], IsTrigger = true }, missed) { }

    private protected override DateTimeOffset? Next(ActivityContext context, DateTimeOffset after) =>
        context.Get(instant) is var at && at > context.Now ? at : null;
}
