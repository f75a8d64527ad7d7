using System.Collections.Concurrent;

namespace PowerWorkflow.Server.Storage;

/// <summary>Who waits for a unit: people go first.</summary>
public enum Lane
{
    /// <summary>Somebody looks at a screen.</summary>
    People,
    /// <summary>Timers and messages.</summary>
    Background,
}

/// <summary>
/// The only code that writes the rows of cases. Units that wait at the same moment share a transaction (group commit): whoever is free takes what is there,
/// without waiting for more. A unit is in the transaction whole or not at all; one that fails its guard or breaks is left out and does not harm the others.
/// </summary>
public abstract class BurstWriter : IAsyncDisposable
{
    /// <summary>Large enough to spread a sync of the disk over many, small enough that nobody waits long for the group before.</summary>
    protected const int GroupSize = 64;

    private readonly ConcurrentQueue<Pending> people = new();
    private readonly ConcurrentQueue<Pending> background = new();
    private readonly SemaphoreSlim waiting = new(0);
    private readonly CancellationTokenSource closing = new();
    private Task[] loops = [];

    /// <summary>Called with each statement before it runs, with <c>commit</c> before and <c>committed</c> after each commit. Tests break things here.</summary>
    internal Action<string>? Probe { get; set; }

    /// <summary>
    /// Commits a unit. When the task ends with <see cref="Commit.Done"/> the unit is on disk; with an exception it may or may not be, and the
    /// caller has to ask again (by its command id, or by the row version).
    /// </summary>
    public Task<Commit> CommitAsync(CommitUnit unit, Lane lane = Lane.People)
    {
        ObjectDisposedException.ThrowIf(closing.IsCancellationRequested, this);
        var pending = new Pending(unit.Header.CaseId, BurstRows.Of(unit));
        (lane == Lane.People ? people : background).Enqueue(pending);
        waiting.Release();
        return pending.Task;
    }

    /// <summary>Starts the loops that take groups and write them.</summary>
    protected void Run(int writers) => loops = [.. Enumerable.Range(0, writers).Select(_ => Task.Run(DrainAsync))];

    /// <summary>Writes a group and completes each of its units.</summary>
    private protected abstract Task WriteAsync(IReadOnlyList<Pending> group);

    public async ValueTask DisposeAsync()
    {
        if (closing.IsCancellationRequested)
            return;
        await closing.CancelAsync();
        await Task.WhenAll(loops);
        await CloseAsync();
        waiting.Dispose();
        closing.Dispose();
        GC.SuppressFinalize(this);
    }

    protected abstract ValueTask CloseAsync();

    private async Task DrainAsync()
    {
        var group = new List<Pending>(GroupSize);
        while (true)
        {
            // What was accepted is written even while closing; only waiting for more ends.
            if (!waiting.Wait(0))
            {
                try
                {
                    await waiting.WaitAsync(closing.Token);
                }
                catch (OperationCanceledException)
                {
                    return;
                }
            }
            do
                group.Add(Next());
            while (group.Count < GroupSize && waiting.Wait(0));
            await WriteAsync(group);
            group.Clear();
        }
    }

    private Pending Next()
    {
        // Each permit stands for one queued unit, so one of the two queues has it.
        var spin = new SpinWait();
        Pending? next;
        while (!people.TryDequeue(out next) && !background.TryDequeue(out next))
            spin.SpinOnce();
        return next;
    }

    /// <summary>A unit that waits for its commit.</summary>
    private protected sealed class Pending(string caseId, IReadOnlyList<Statement> statements)
        : TaskCompletionSource<Commit>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public string CaseId { get; } = caseId;
        public IReadOnlyList<Statement> Statements { get; } = statements;
    }
}
