using Microsoft.Data.Sqlite;

namespace PowerWorkflow.Server.Storage.Sqlite;

/// <summary>One connection, one writer. Statements are prepared once; a group is one <c>BEGIN IMMEDIATE … COMMIT</c>, which syncs the log once.</summary>
public sealed class SqliteBurstWriter : BurstWriter
{
    private readonly WriteGate gate;
    private readonly SqliteConnection connection;
    private readonly Dictionary<Sql, SqliteCommand> prepared = [];
    private readonly Sql begin = new("begin immediate", "");
    private readonly Sql finish = new("commit", "");
    private readonly Sql rollback = new("rollback", "");

    public SqliteBurstWriter(SqliteFile file, WriteGate gate)
    {
        this.gate = gate;
        connection = file.Open();
        Run(writers: 1);
    }

    private protected override async Task WriteAsync(IReadOnlyList<Pending> group)
    {
        using var pass = await gate.EnterAsync();
        if (!TryWriteTogether(group))
        {
            foreach (var unit in group)
                WriteAlone(unit);
        }
    }

    /// <summary>False when a unit broke or had to be stopped after it had written something: nothing is committed then.</summary>
    private bool TryWriteTogether(IReadOnlyList<Pending> group)
    {
        if (group.Count == 1)
            return false;
        var results = new Commit[group.Count];
        try
        {
            Execute(begin, []);
            for (var i = 0; i < group.Count; i++)
            {
                results[i] = Execute(group[i], out var written);
                if (results[i] != Commit.Done && written)
                {
                    Execute(rollback, []);
                    return false;
                }
            }
            CommitWritten();
        }
#pragma warning disable CA1031 // Whatever broke the group is met again, and reported, by the one unit that it belongs to.
        catch (Exception)
        {
            RollBack();
            return false;
        }
#pragma warning restore CA1031
        for (var i = 0; i < group.Count; i++)
            group[i].SetResult(results[i]);
        return true;
    }

    private void WriteAlone(Pending unit)
    {
        try
        {
            Execute(begin, []);
            var result = Execute(unit, out _);
            if (result == Commit.Done)
                CommitWritten();
            else
                Execute(rollback, []);
            unit.SetResult(result);
        }
#pragma warning disable CA1031 // Handed to the caller who waits for this unit.
        catch (Exception broken)
        {
            RollBack();
            unit.SetException(broken);
        }
#pragma warning restore CA1031
    }

    private Commit Execute(Pending unit, out bool written)
    {
        written = false;
        foreach (var statement in unit.Statements)
        {
            Probe?.Invoke(statement.Sql.Text);
            var touched = Execute(statement.Sql, statement.Values);
            if (touched == 0 && statement.Sql.Guard != Commit.Done)
                return statement.Sql.Guard;
            written |= touched > 0;
        }
        return Commit.Done;
    }

    private void CommitWritten()
    {
        Probe?.Invoke("commit");
        Execute(finish, []);
        Probe?.Invoke("committed");
    }

    private void RollBack()
    {
        // SQLite rolls back by itself on some errors (disk full, I/O); then there is nothing left to do.
        if (SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle) == 0)
            Execute(rollback, []);
    }

    private int Execute(Sql sql, object?[] values)
    {
        if (!prepared.TryGetValue(sql, out var command))
            prepared[sql] = command = Prepare(sql);
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return command.ExecuteNonQuery();
    }

    private SqliteCommand Prepare(Sql sql)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // A constant of BurstSql or of a command; values are parameters.
        command.CommandText = sql.Text;
#pragma warning restore CA2100
        for (var i = 1; i <= sql.Types.Length; i++)
            command.Parameters.Add(new SqliteParameter { ParameterName = $"${i}" });
        command.Prepare();
        return command;
    }

    protected override ValueTask CloseAsync()
    {
        foreach (var command in prepared.Values)
            command.Dispose();
        return connection.DisposeAsync();
    }
}
