using Npgsql;

namespace PowerWorkflow.Server.Storage.Postgres;

/// <summary>Four statements in one round trip, on a connection of the pool.</summary>
public sealed class PostgresCaseReader(NpgsqlDataSource database) : CaseReader
{
    public override async Task<StoredCase> ReadAsync(string caseId, CommandIdentity? command, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var reading = connection.CreateCommand();
        Write(reading);
        return await FillAsync(reading, caseId, command, cancel);
    }
}
