using System.Data;
using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace PowerWorkflow.Benchmarks;

/// <summary>
/// The rows of one completed step, written by prepared statements and nothing else: no engine, no rules, no journal hashes. What the database itself costs, and
/// so the most that any server over it could do.
/// </summary>
internal static class RawFloor
{
    private const string Tables =
        """
        create table floor_commands (person text not null, command_id text not null, request_hash {blob} not null, case_id text not null, status integer not null, reply text not null, at bigint not null, primary key (person, command_id));
        create table floor_states (case_id text not null primary key, row_version bigint not null, journal_sequence bigint not null, journal_hash {blob} not null, state {blob} not null);
        create table floor_data (case_id text not null, section text not null, json text not null, primary key (case_id, section));
        create table floor_tasks (task_id text not null primary key, case_id text not null, step text not null, title text not null, role text, unit text not null, detail text not null, opened_at bigint not null);
        create index floor_tasks_case on floor_tasks (case_id);
        create index floor_tasks_role on floor_tasks (role, unit);
        create table floor_closed (task_id text not null primary key, case_id text not null, step text not null, title text not null, role text, unit text not null, outcome text not null, closed_at bigint not null);
        create index floor_closed_case on floor_closed (case_id);
        create table floor_journal (case_id text not null, sequence bigint not null, kind text not null, at bigint not null, canonical {blob} not null, hash {blob} not null, primary key (case_id, sequence));
        create table floor_clocks (case_id text not null, key text not null, json text not null, primary key (case_id, key));
        """;

    /// <summary>Writes units one by one, or in groups that share a commit.</summary>
    /// <param name="open">A connection to an empty scratch database.</param>
    /// <param name="shape">How large a step is.</param>
    /// <param name="clients">Connections that write at the same time; SQLite has one writer.</param>
    /// <param name="group">Units in a commit.</param>
    /// <param name="units">How many in all.</param>
    public static async Task<Measured> RunAsync(Func<DbConnection> open, StepShape shape, int clients, int group, int units)
    {
        await using (var first = open())
        {
            await first.OpenAsync();
            var blob = first is SqliteConnection ? "blob" : "bytea";
            await Execute(first, "drop table if exists floor_commands; drop table if exists floor_states; drop table if exists floor_data; drop table if exists floor_tasks; drop table if exists floor_closed; drop table if exists floor_journal; drop table if exists floor_clocks");
            await Execute(first, Tables.Replace("{blob}", blob, StringComparison.Ordinal));
        }

        var connections = new List<FloorWriter>();
        for (var i = 0; i < clients; i++)
        {
            var connection = open();
            await connection.OpenAsync();
            connections.Add(new FloorWriter(connection, shape, i));
        }

        var work = Enumerable.Range(0, units / group).Select(_ => (Func<int, Task>)(client => connections[client].WriteAsync(group))).ToList();
        var measured = await Load.ClosedAsync(clients, work);
        foreach (var connection in connections)
        {
            await connection.DisposeAsync();
        }

        return measured with { PerSecond = measured.PerSecond * group, Count = measured.Count * group };
    }

    private static async Task Execute(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private sealed class FloorWriter(DbConnection connection, StepShape shape, int client) : IAsyncDisposable
    {
        private readonly Dictionary<string, DbCommand> prepared = [];
        private readonly byte[] state = new byte[shape.State];
        private readonly byte[] canonical = new byte[shape.Canonical];
        private readonly byte[] hash = new byte[32];
        private readonly string reply = new('r', shape.Reply);
        private readonly string section = new('s', shape.Section);
        private (double Journal, double Opened, double Clocks) owed;
        private long sequence;

        public async Task WriteAsync(int group)
        {
            var statements = Enumerable.Range(0, group).SelectMany(_ => Unit()).ToList();
            if (connection is NpgsqlConnection postgres)
            {
                await using var batch = new NpgsqlBatch(postgres);
                foreach (var (sql, values) in statements)
                {
                    var command = new NpgsqlBatchCommand(sql);
                    foreach (var value in values)
                    {
                        command.Parameters.Add(new NpgsqlParameter { Value = value });
                    }

                    batch.BatchCommands.Add(command);
                }

                await batch.ExecuteNonQueryAsync();
                return;
            }

            var sqlite = (SqliteConnection)connection;
            await using var transaction = sqlite.BeginTransaction(IsolationLevel.Serializable, deferred: false);
            foreach (var (sql, values) in statements)
            {
                var command = Prepared(sql, values.Length);
                command.Transaction = transaction;
                for (var i = 0; i < values.Length; i++)
                {
                    command.Parameters[i].Value = values[i];
                }

                command.ExecuteNonQuery();
            }

            transaction.Commit();
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var command in prepared.Values)
            {
                await command.DisposeAsync();
            }

            await connection.DisposeAsync();
        }

        private IEnumerable<(string Sql, object[] Values)> Unit()
        {
            var number = sequence++;
            // A case has about ten steps: its first one makes the state row, the others find it.
            var caseId = string.Create(CultureInfo.InvariantCulture, $"{client:D3}{number / 10:D20}");
            yield return ("insert into floor_commands values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing",
                ["li-na", string.Create(CultureInfo.InvariantCulture, $"{caseId}-{number}-command-id-of-36"), hash, caseId, 200, reply, number]);
            yield return number % 10 == 0
                ? ("insert into floor_states values ($1, $2, $3, $4, $5)", [caseId, 1L, number, hash, state])
                : ("update floor_states set row_version = $2, journal_sequence = $3, journal_hash = $4, state = $5 where case_id = $1 and row_version = $6", [caseId, number % 10 + 1, number, hash, state, number % 10]);
            yield return ("insert into floor_data values ($1, $2, $3) on conflict (case_id, section) do update set json = excluded.json", [caseId, string.Create(CultureInfo.InvariantCulture, $"S{number % 10}"), section]);
            var taskId = string.Create(CultureInfo.InvariantCulture, $"{client:D3}t{number:D20}");
            var closing = string.Create(CultureInfo.InvariantCulture, $"{client:D3}t{number - 1:D20}");
            yield return ("insert into floor_closed select task_id, case_id, step, title, role, unit, $2, $3 from floor_tasks where task_id = $1", [closing, "ready", number]);
            yield return ("delete from floor_tasks where task_id = $1", [closing]);
            for (owed.Opened += Math.Max(1, shape.Opened); owed.Opened >= 1; owed.Opened--)
            {
                yield return ("insert into floor_tasks values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing",
                    [taskId, caseId, "survey", "现场勘查", "R-SV", "360102-01", "[\"ready\",\"not-ready\"] [] [] [] form judge", number]);
            }

            for (owed.Journal += shape.Journal; owed.Journal >= 1; owed.Journal--)
            {
                yield return ("insert into floor_journal values ($1, $2, $3, $4, $5, $6)", [caseId, number * 100 + (long)owed.Journal, "ActivityCompleted", number, canonical, hash]);
            }

            for (owed.Clocks += shape.Clocks; owed.Clocks >= 1; owed.Clocks--)
            {
                yield return ("insert into floor_clocks values ($1, $2, $3) on conflict (case_id, key) do update set json = excluded.json", [caseId, "STAGE:SURVEY", section]);
            }
        }

        private DbCommand Prepared(string sql, int parameters)
        {
            if (prepared.TryGetValue(sql, out var known))
            {
                return known;
            }

            var command = connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 1; i <= parameters; i++)
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = string.Create(CultureInfo.InvariantCulture, $"${i}");
                parameter.Value = DBNull.Value;
                command.Parameters.Add(parameter);
            }

            return prepared[sql] = command;
        }
    }
}
