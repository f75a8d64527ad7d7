using System.Globalization;
using Npgsql;
using NpgsqlTypes;

namespace PowerWorkflow.Server.Storage.Postgres;

/// <summary>
/// A few connections; each takes what waits and sends it as one batch in one round trip, which is one transaction. Units are ordered by case so that two
/// batches cannot lock each other; when one unit stops its batch, the units are sent one by one.
/// </summary>
public sealed class PostgresBurstWriter : BurstWriter
{
    /// <summary>More connections than this only make groups smaller.</summary>
    private const int Writers = 4;

    private const int Attempts = 4;

    private readonly NpgsqlDataSource database;

    public PostgresBurstWriter(NpgsqlDataSource database)
    {
        this.database = database;
        Run(Writers);
    }

    private protected override async Task WriteAsync(IReadOnlyList<Pending> group)
    {
        try
        {
            await using var connection = await database.OpenConnectionAsync();
            // Two units of one case cannot both win, so only the first may be in the batch.
            var ordered = group.GroupBy(unit => unit.CaseId).OrderBy(units => units.Key, StringComparer.Ordinal).ToList();
            var together = ordered.ConvertAll(units => units.First());
            if (together.Count == 1 || !await TryWriteTogetherAsync(connection, together))
            {
                foreach (var unit in together)
                    await WriteAloneAsync(connection, unit);
            }
            foreach (var unit in ordered.SelectMany(units => units.Skip(1)))
                await WriteAloneAsync(connection, unit);
        }
#pragma warning disable CA1031 // Handed to the callers who wait for these units.
        catch (Exception broken)
        {
            // Whatever took this connection took the idle ones too; nobody else needs to find out.
            database.Clear();
            // Npgsql has no exception of its own for a connection that was lost before the batch was sent; the callers may ask again.
            var told = broken is InvalidOperationException ? new NpgsqlException("The connection was lost before the batch was sent.", new IOException(broken.Message, broken)) : broken;
            foreach (var unit in group)
                unit.TrySetException(told);
        }
#pragma warning restore CA1031
    }

    private async Task<bool> TryWriteTogetherAsync(NpgsqlConnection connection, List<Pending> units)
    {
        try
        {
            if (await SendAsync(connection, units) != Commit.Done)
                return false;
        }
        catch (PostgresException)
        {
            return false;
        }
        foreach (var unit in units)
            unit.SetResult(Commit.Done);
        return true;
    }

    private async Task WriteAloneAsync(NpgsqlConnection connection, Pending unit)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                unit.SetResult(await SendAsync(connection, [unit]));
                return;
            }
            catch (PostgresException broken) when (attempt < Attempts && broken.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure)
            {
                // The server chose us to give way; nothing was written.
            }
            catch (PostgresException broken)
            {
                unit.SetException(broken);
                return;
            }
        }
    }

    /// <summary>One round trip, one transaction.</summary>
    /// <returns>Which guard stopped it; <see cref="Commit.Done"/> when none did and everything is durable.</returns>
    private async Task<Commit> SendAsync(NpgsqlConnection connection, List<Pending> units)
    {
        var statements = units.SelectMany(unit => unit.Statements).ToList();
        await using var batch = new NpgsqlBatch(connection);
        foreach (var statement in statements)
        {
            Probe?.Invoke(statement.Sql.Text);
            batch.BatchCommands.Add(CommandOf(statement));
        }
        Probe?.Invoke("commit");
        try
        {
            await batch.ExecuteNonQueryAsync();
        }
        catch (PostgresException stopped) when (stopped is { SqlState: PostgresErrorCodes.DivisionByZero, BatchCommand: { } command }
            && statements[batch.BatchCommands.IndexOf(command)].Sql.Guard is not Commit.Done and var guard)
        {
            return guard;
        }
        Probe?.Invoke("committed");
        return Commit.Done;
    }

    private static NpgsqlBatchCommand CommandOf(Statement statement)
    {
        var command = new NpgsqlBatchCommand(statement.Sql.StoppingText);
        for (var i = 0; i < statement.Values.Length; i++)
        {
            var value = statement.Values[i];
            command.Parameters.Add(statement.Sql.Types[i] switch
            {
                't' => new NpgsqlParameter<string> { TypedValue = (string?)value, NpgsqlDbType = NpgsqlDbType.Text },
                'l' => new NpgsqlParameter { Value = value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint },
                'n' => new NpgsqlParameter { Value = value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Integer },
                'z' => new NpgsqlParameter { Value = value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Boolean },
                'b' => new NpgsqlParameter { Value = value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bytea },
                var letter => throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"Parameter type '{letter}' of: {statement.Sql.Text}")),
            });
        }
        return command;
    }

    protected override ValueTask CloseAsync() => ValueTask.CompletedTask;
}
