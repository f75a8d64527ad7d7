using Npgsql;

namespace PowerWorkflow.Server.Storage.Postgres;

/// <summary>Four statements in one round trip, on a connection of the pool.</summary>
public sealed class PostgresCaseReader(NpgsqlDataSource database) : CaseReader
{
    public override async Task<StoredCase> ReadAsync(string caseId, CommandIdentity? command, CancellationToken cancel)
    {
        try
        {
            await using var connection = await database.OpenConnectionAsync(cancel);
            await using var reading = connection.CreateCommand();
            Write(reading);
            return await FillAsync(reading, caseId, command, cancel);
        }
        catch (NpgsqlException broken) when (broken.IsTransient)
        {
            // Whatever took this connection took the idle ones too; the next attempt shall not meet one of them.
            database.Clear();
            throw;
        }
    }
}
