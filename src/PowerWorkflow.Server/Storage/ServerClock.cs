namespace PowerWorkflow.Server.Storage;

/// <summary>
/// Server time: this machine's clock corrected by its measured distance from the database's, so that all nodes agree. It is given to every statement as a
/// parameter; SQL never asks for the time itself.
/// </summary>
public sealed class ServerClock(TimeProvider time) : TimeProvider
{
    /// <summary>A node further off than this is unready: its operator has a clock to correct.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(5);

    private long offset;

    /// <summary>How far the database's clock is ahead of this machine's; zero with SQLite.</summary>
    public TimeSpan Offset
    {
        get => TimeSpan.FromTicks(Volatile.Read(ref offset));
        set => Volatile.Write(ref offset, value.Ticks);
    }

    /// <summary>UTC, whole milliseconds: what the tables and the journal can hold.</summary>
    public DateTimeOffset Now
    {
        get
        {
            var ticks = time.GetUtcNow().Add(Offset).UtcTicks;
            return new DateTimeOffset(ticks - ticks % TimeSpan.TicksPerMillisecond, TimeSpan.Zero);
        }
    }

    public override DateTimeOffset GetUtcNow() => Now;

    public override TimeZoneInfo LocalTimeZone => time.LocalTimeZone;

    public override long GetTimestamp() => time.GetTimestamp();

    public override long TimestampFrequency => time.TimestampFrequency;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => time.CreateTimer(callback, state, dueTime, period);
}
