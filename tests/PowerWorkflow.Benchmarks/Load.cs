using System.Collections.Concurrent;
using System.Diagnostics;

namespace PowerWorkflow.Benchmarks;

/// <summary>What a load saw.</summary>
/// <param name="PerSecond">Finished units per second.</param>
/// <param name="P50">Median latency.</param>
/// <param name="P99">Latency that 1 in 100 exceeded.</param>
/// <param name="Count">Finished units.</param>
internal sealed record Measured(double PerSecond, TimeSpan P50, TimeSpan P99, int Count)
{
    private TimeSpan Elapsed { get; init; }
    private TimeSpan[] Sorted { get; init; } = [];

    public static Measured From(TimeSpan elapsed, IEnumerable<TimeSpan> latencies)
    {
        var sorted = latencies.Order().ToArray();
        return sorted.Length == 0
            ? new Measured(0, TimeSpan.Zero, TimeSpan.Zero, 0)
            : new Measured(sorted.Length / elapsed.TotalSeconds, sorted[sorted.Length / 2], sorted[(int)Math.Min(sorted.Length - 1, Math.Ceiling(sorted.Length * 0.99))], sorted.Length)
            {
                Elapsed = elapsed,
                Sorted = sorted,
            };
    }

    /// <summary>Several loads one after the other as one.</summary>
    public static Measured Together(IReadOnlyCollection<Measured> parts) =>
        From(parts.Aggregate(TimeSpan.Zero, (sum, part) => sum + part.Elapsed), parts.SelectMany(part => part.Sorted));
}

/// <summary>The two ways to put a load on something.</summary>
internal static class Load
{
    /// <summary>Closed loop: each client asks again as soon as it was answered.</summary>
    /// <param name="clients">At the same time.</param>
    /// <param name="units">Work, each done once; a unit is told which client does it.</param>
    public static async Task<Measured> ClosedAsync(int clients, IReadOnlyCollection<Func<int, Task>> units)
    {
        var (queue, latencies) = (new ConcurrentQueue<Func<int, Task>>(units), new ConcurrentBag<List<TimeSpan>>());
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(async () =>
        {
            var mine = new List<TimeSpan>();
            latencies.Add(mine);
            while (queue.TryDequeue(out var unit))
            {
                var start = Stopwatch.GetTimestamp();
                await unit(client);
                mine.Add(Stopwatch.GetElapsedTime(start));
            }
        })));
        return Measured.From(watch.Elapsed, latencies.SelectMany(l => l));
    }

    /// <summary>
    /// Open loop: units arrive at an even rate whether or not the ones before were answered; latency counts from the instant a unit was due, so that a stall
    /// is felt by everybody who arrived during it.
    /// </summary>
    public static async Task<Measured> OpenAsync(double perSecond, IReadOnlyCollection<Func<int, Task>> units)
    {
        var (running, latencies) = (new List<Task>(units.Count), new ConcurrentBag<TimeSpan>());
        var watch = Stopwatch.StartNew();
        var arrived = 0;
        foreach (var unit in units)
        {
            var due = TimeSpan.FromSeconds(arrived++ / perSecond);
            var ahead = due - watch.Elapsed;
            if (ahead > TimeSpan.FromMilliseconds(1))
            {
                await Task.Delay(ahead);
            }

            running.Add(Task.Run(async () =>
            {
                await unit(0);
                latencies.Add(watch.Elapsed - due);
            }));
        }

        await Task.WhenAll(running);
        return Measured.From(watch.Elapsed, latencies);
    }
}
