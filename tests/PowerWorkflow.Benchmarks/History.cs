using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace PowerWorkflow.Benchmarks;

/// <summary>
/// Makes many finished cases out of a few by copying all their rows under new ids: the tables and indexes become as large as if the cases had been walked,
/// in a minute instead of an hour.
/// </summary>
internal static class History
{
    /// <summary>Tables that keep what a finished case leaves, with the columns that hold ids of the case's own.</summary>
    private static readonly (string Table, string[] Ids)[] Tables =
    [
        ("cases", ["case_id", "number"]), ("ended_case_states", ["case_id"]), ("case_data", ["case_id"]), ("closed_tasks", ["task_id", "case_id"]),
        ("journal", ["case_id"]), ("clocks", ["case_id"]), ("projections", ["case_id"]), ("commands", ["command_id", "case_id"]),
    ];

    /// <param name="connection">Open, to a database no server works on.</param>
    /// <param name="wanted">Finished cases there shall be at the end, at least.</param>
    public static async Task GrowAsync(DbConnection connection, int wanted)
    {
        var there = Convert.ToInt32(await Scalar(connection, "select count(*) from ended_case_states"), CultureInfo.InvariantCulture);
        await Execute(connection, "create temporary table templates as select case_id from ended_case_states");
        for (var copy = 1; there * (copy + 1L) < wanted + there; copy++)
        {
            await Execute(connection, "begin");
            foreach (var (table, ids) in Tables)
            {
                var columns = await ColumnsAsync(connection, table);
                var suffix = string.Create(CultureInfo.InvariantCulture, $"~{copy}");
                var values = columns.Select(c => ids.Contains(c) ? $"\"{c}\" || '{suffix}'" : $"\"{c}\"");
                await Execute(connection, $"insert into {table} ({string.Join(", ", columns.Select(c => $"\"{c}\""))}) select {string.Join(", ", values)} from {table} where case_id in (select case_id from templates)");
            }

            await Execute(connection, "commit");
        }

        await Execute(connection, "drop table templates");
        await Execute(connection, "analyze");
    }

    /// <summary>Bytes the database holds, without free pages.</summary>
    public static async Task<long> BytesAsync(DbConnection connection) => Convert.ToInt64(
        await Scalar(connection, connection is SqliteConnection
            ? "select (select page_count from pragma_page_count) * (select page_size from pragma_page_size) - (select freelist_count from pragma_freelist_count) * (select page_size from pragma_page_size)"
            : "select pg_database_size(current_database())"),
        CultureInfo.InvariantCulture);

    private static async Task<List<string>> ColumnsAsync(DbConnection connection, string table)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"select * from {table} limit 0";
        await using var rows = await command.ExecuteReaderAsync();
        return [.. Enumerable.Range(0, rows.FieldCount).Select(rows.GetName)];
    }

    private static async Task<object?> Scalar(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync();
    }

    private static async Task Execute(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }
}
