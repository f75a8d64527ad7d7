namespace PowerWorkflow.Server.Tests.Storage;

/// <summary>Stands still until it is moved. What waits on it comes due when it is.</summary>
public sealed class ManualClock(DateTimeOffset start) : TimeProvider
{
    private DateTimeOffset now = start;

    public override DateTimeOffset GetUtcNow() => now;

    public void Advance(TimeSpan by) => now += by;
}
