using System.Runtime.CompilerServices;
using PowerWorkflow.Engine;
using PowerWorkflow.Server.Commands;
using PowerWorkflow.Server.Storage;

namespace PowerWorkflow.Server.Scheduling;

/// <summary>
/// Fires due timers. Sleeps until the earliest one it knows of, is woken when an earlier one is set, and looks by itself every <see cref="SweepEvery"/> so that a
/// lost signal makes a timer late and nothing worse.
/// </summary>
public sealed class TimerPump(
    TimerClaims claims, CaseExecutor executor, WakeUp wake, ServerClock clock, NodeReadiness readiness, ILogger<TimerPump> log) : BackgroundService
{
    public static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(30);

    /// <summary>Timers claimed at once: few enough to be worked off long before their lease ends.</summary>
    private const int Batch = 256;

    /// <summary>Timers under way at the same moment. Enough to fill group commits; people's commands overtake them in <see cref="BurstWriter"/>.</summary>
    private const int Concurrent = 32;

    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var next = clock.Now + SweepEvery;
            try
            {
                if (readiness.IsReady)
                {
                    await DrainAsync(stoppingToken);
                    next = await claims.NextAsync(stoppingToken) is { } due && due < next ? due : next;
                }
                await wake.Timers.SleepAsync(next, clock, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // The pump must outlive a database that is away for a while; what was claimed comes back when its lease ends.
            catch (Exception broken)
            {
                log.LogError(broken, "Timers could not be claimed; trying again in {Seconds} s.", 5);
                await Task.Delay(TimeSpan.FromSeconds(5), clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
#pragma warning restore CA1031
        }
    }

    /// <summary>Fires everything that is due now, and what comes due meanwhile.</summary>
    /// <returns>How many timers were worked on.</returns>
    public async Task<int> DrainAsync(CancellationToken cancel)
    {
        var fired = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = Concurrent, CancellationToken = cancel };
        await Parallel.ForEachAsync(ClaimedAsync(cancel), options, async (timer, stop) =>
        {
            Interlocked.Increment(ref fired);
            await FireAsync(timer, stop);
        });
        return fired;
    }

    private async IAsyncEnumerable<ClaimedTimer> ClaimedAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        while (true)
        {
            var claimed = await claims.ClaimAsync(clock.Now, Batch, cancel);
            if (claimed.Count == 0)
                yield break;
            foreach (var timer in claimed)
                yield return timer;
        }
    }

    private async Task FireAsync(ClaimedTimer timer, CancellationToken cancel)
    {
        try
        {
            await executor.ExecuteAsync(timer.CaseId, new CaseCommand
            {
                Decide = _ => ValueTask.FromResult(new Move(new Stimulus.FireTimer(timer.TimerId, timer.DueAt))),
                Fired = timer,
                Lane = Lane.Background,
            }, cancel);
        }
        catch (TimerGoneException)
        {
            // Cleared by a person's step, or taken by a node that thought us dead. Either way it is in order.
        }
        catch (Exception refused) when (refused is StimulusRefusedException or CaseNotFoundException)
        {
            log.LogWarning("Timer {Timer} of case {Case} is dropped, its case does not wait for it: {Reason}", timer.TimerId, timer.CaseId, refused.Message);
            await claims.DropAsync(timer, cancel);
        }
#pragma warning disable CA1031 // One case that cannot run must not stop the timers of all others; it stays, and is tried again.
        catch (Exception broken) when (broken is not OperationCanceledException)
        {
            var wait = TimeSpan.FromSeconds(Math.Min(LongestWait.TotalSeconds, 5 * Math.Pow(2, Math.Min(timer.Attempts, 12))));
            log.LogError(broken, "Timer {Timer} of case {Case} failed for the {Attempt}. time; trying again in {Wait}.", timer.TimerId, timer.CaseId, timer.Attempts, wait);
            await claims.PostponeAsync(timer, clock.Now + wait, cancel);
        }
#pragma warning restore CA1031
    }
}
