using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace PowerWorkflow.Server.Storage.Sqlite;

/// <summary>Keeps connections with the prepared query for whoever comes next; as many as read at the same moment.</summary>
public sealed class SqliteCaseReader(SqliteFile file) : CaseReader, IDisposable
{
    private readonly ConcurrentBag<SqliteCommand> idle = [];

    public override async Task<StoredCase> ReadAsync(string caseId, CommandIdentity? command, CancellationToken cancel)
    {
        if (!idle.TryTake(out var reading))
        {
            reading = file.Open().CreateCommand();
            Write(reading);
        }
        var stored = await FillAsync(reading, caseId, command, cancel);
        idle.Add(reading);
        return stored;
    }

    public void Dispose()
    {
        while (idle.TryTake(out var reading))
        {
            reading.Connection?.Dispose();
            reading.Dispose();
        }
    }
}
