using Npgsql;

namespace PowerWorkflow.Server.Storage.Postgres;

/// <summary>An advisory lock of a session: PostgreSQL frees it when the session ends, which a killed process's does.</summary>
public sealed class PostgresSchemaLock(NpgsqlDataSource database) : SchemaLock
{
    /// <summary>Any number that nobody else uses in this database ("PowerWF").</summary>
    private const long Key = 0x50_6F_77_65_72_57_46;

    public override async Task<IAsyncDisposable> TakeAsync(CancellationToken cancel)
    {
        // Outside the pool: closing it ends the session, and with it the lock.
        var session = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database.ConnectionString) { Pooling = false }.ConnectionString);
        await session.OpenAsync(cancel);
        await using var take = new NpgsqlCommand("select pg_advisory_lock($1)", session) { CommandTimeout = 0, Parameters = { new() { Value = Key } } };
        await take.ExecuteNonQueryAsync(cancel);
        return session;
    }
}
