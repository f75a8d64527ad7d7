namespace PowerWorkflow.Server.Storage.Sqlite;

/// <summary>
/// A lock on a file beside the database, kept as long as the server runs: two servers on one SQLite file would not see each other's writes in time.
/// </summary>
public sealed class SqliteSchemaLock(SqliteFile file) : SchemaLock, IDisposable
{
    private FileStream? held;

    public override async Task<IAsyncDisposable> TakeAsync(CancellationToken cancel)
    {
        held ??= Lock(file.Path);
        await ClearLeftoversAsync(cancel);
        return new Kept();
    }

    /// <summary>Locks a database file for this process.</summary>
    /// <exception cref="DatabaseServedException">Another process has it.</exception>
    public static FileStream Lock(string path)
    {
        try
        {
            // The operating system holds this lock, so it ends with the process.
            return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException taken)
        {
            throw new DatabaseServedException(path, taken);
        }
    }

    public void Dispose() => held?.Dispose();

    /// <summary>EF notes in a table that it is migrating; after a kill the note stays, and the next migration would wait for ever.</summary>
    private async Task ClearLeftoversAsync(CancellationToken cancel)
    {
        await using var connection = file.Open();
        await using var find = connection.CreateCommand();
        find.CommandText = "select count(*) from sqlite_master where name = '__EFMigrationsLock'";
        if (await find.ExecuteScalarAsync(cancel) is long and > 0)
        {
            await using var clear = connection.CreateCommand();
            clear.CommandText = "delete from __EFMigrationsLock";
            await clear.ExecuteNonQueryAsync(cancel);
        }
    }

    private sealed class Kept : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

/// <summary>Another process works on this database file.</summary>
public sealed class DatabaseServedException(string path, Exception inner) : Exception(
    $"'{path}' is in use by another PowerWorkflow process. Stop it first, or use PostgreSQL, which several may share.", inner);
