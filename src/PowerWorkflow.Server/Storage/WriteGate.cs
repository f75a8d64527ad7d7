namespace PowerWorkflow.Server.Storage;

/// <summary>
/// SQLite has one writer at a time, and its own way of waiting for the lock sleeps 150 ms. Everybody in this process who writes to the main file passes here
/// first, so the lock is free when it is asked for. On PostgreSQL the gate stands open.
/// </summary>
public sealed class WriteGate(bool oneWriter) : IDisposable
{
    private readonly SemaphoreSlim? turn = oneWriter ? new(1, 1) : null;

    /// <summary>Waits for the turn; disposing what is returned hands it on.</summary>
    public async ValueTask<Pass> EnterAsync(CancellationToken cancel = default)
    {
        if (turn is not null)
            await turn.WaitAsync(cancel);
        return new Pass(turn);
    }

    /// <inheritdoc cref="EnterAsync"/>
    public Pass Enter()
    {
        turn?.Wait();
        return new Pass(turn);
    }

    public void Dispose() => turn?.Dispose();

    /// <summary>The right to write, until disposed.</summary>
    public sealed class Pass(SemaphoreSlim? turn) : IDisposable
    {
        private SemaphoreSlim? held = turn;

        public void Dispose() => Interlocked.Exchange(ref held, null)?.Release();
    }
}
