namespace PowerWorkflow.Server.Storage;

/// <summary>Lets one process change the schema at a time. It goes with the process that holds it, however that one ends.</summary>
public abstract class SchemaLock
{
    /// <summary>Waits for the lock, and clears what a predecessor that was killed has left behind.</summary>
    public abstract Task<IAsyncDisposable> TakeAsync(CancellationToken cancel);
}
