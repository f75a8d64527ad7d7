using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using PowerWorkflow.Testing;

namespace PowerWorkflow.Benchmarks;

/// <summary>The two databases everything is measured on, both waiting for the disk at each commit.</summary>
internal sealed class Databases : IDisposable
{
    private readonly Lazy<PostgresServer> postgres = new(() => PostgresServer.Start(durable: true));
    private readonly string folder = Directory.CreateTempSubdirectory("powerworkflow-bench-").FullName;
    private int files;

    /// <summary>Name in the report, and what <c>--database</c> of the server takes.</summary>
    public IEnumerable<(string Name, Func<string?> New)> All => [("SQLite", () => null), ("PostgreSQL", () => postgres.Value.CreateDatabase())];

    /// <summary>How to open an empty scratch database by bare ADO.NET.</summary>
    public Func<DbConnection> Scratch(string name)
    {
        if (name == "PostgreSQL")
        {
            var connection = postgres.Value.CreateDatabase() + ";Max Auto Prepare=50;Auto Prepare Min Usages=2";
            return () => new NpgsqlConnection(connection);
        }

        var file = Path.Combine(folder, $"scratch{++files}.db");
        return () => Sqlite(file);
    }

    /// <summary>Opens what a server left.</summary>
    public static DbConnection Open(ServerProcess server, string? database) =>
        database is null ? new SqliteConnection($"Data Source={server.SqliteFile};Mode=ReadOnly") : new NpgsqlConnection(database);

    public void Dispose()
    {
        if (postgres.IsValueCreated)
        {
            postgres.Value.Dispose();
        }

        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    private static SqliteConnection Sqlite(string file)
    {
        var connection = new SqliteConnection($"Data Source={file}");
        connection.StateChange += (_, change) =>
        {
            if (change.CurrentState == System.Data.ConnectionState.Open)
            {
                using var settings = connection.CreateCommand();
                settings.CommandText = "pragma journal_mode = wal; pragma synchronous = full";
                settings.ExecuteNonQuery();
            }
        };
        return connection;
    }
}
