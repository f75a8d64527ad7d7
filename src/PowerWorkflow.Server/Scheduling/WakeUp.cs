using PowerWorkflow.Engine;
using PowerWorkflow.Server.Outbox;

namespace PowerWorkflow.Server.Scheduling;

/// <summary>
/// Tells the timer pump and the outbox senders of this process that there is something for them. A signal is only a hint: they also look by themselves, so a
/// lost one costs lateness and nothing else.
/// </summary>
public sealed class WakeUp
{
    /// <summary>A timer was set; the pump sleeps until the earliest it knows.</summary>
    public Signal Timers { get; } = new();

    /// <summary>A message to other cases or to people inside waits.</summary>
    public Signal Inside { get; } = new();

    /// <summary>A message to the outside waits.</summary>
    public Signal Outside { get; } = new();

    /// <summary>Lets all look at once.</summary>
    public void Everybody()
    {
        Timers.Raise(DateTimeOffset.MinValue);
        Inside.Raise(DateTimeOffset.MinValue);
        Outside.Raise(DateTimeOffset.MinValue);
    }

    /// <summary>Looks at what a committed burst has left to be done.</summary>
    public void After(IReadOnlyList<Effect> effects)
    {
        foreach (var effect in effects)
        {
            if (effect is Effect.SetTimer timer)
                Timers.Raise(timer.DueAt);
            else if (effect is Effect.Send send)
                (OutboxClaims.StaysInside(send.Kind) ? Inside : Outside).Raise(DateTimeOffset.MinValue);
        }
    }
}

/// <summary>Wakes one sleeper early. Raised while nobody sleeps, it is remembered.</summary>
public sealed class Signal
{
    private readonly Lock door = new();
    private DateTimeOffset wakeAt = DateTimeOffset.MaxValue;
    private TaskCompletionSource raised = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>There is something to do at an instant; sleepers that sleep longer wake up.</summary>
    public void Raise(DateTimeOffset at)
    {
        lock (door)
        {
            if (at < wakeAt)
            {
                wakeAt = at;
                raised.TrySetResult();
            }
        }
    }

    /// <summary>Sleeps until an instant, or until something is raised that is due before it.</summary>
    public async Task SleepAsync(DateTimeOffset until, TimeProvider time, CancellationToken cancel)
    {
        Task called;
        lock (door)
        {
            if (wakeAt < until)
                until = wakeAt;
            wakeAt = until;
            raised = new(TaskCreationOptions.RunContinuationsAsynchronously);
            called = raised.Task;
        }
        var rest = until - time.GetUtcNow();
        if (rest > TimeSpan.Zero)
        {
            try
            {
                await called.WaitAsync(rest, time, cancel);
            }
            catch (TimeoutException)
            {
                // Slept as long as was wanted.
            }
        }
        lock (door)
            wakeAt = DateTimeOffset.MaxValue;
    }
}
