using Microsoft.Data.Sqlite;

namespace PowerWorkflow.Server.Storage.Sqlite;

/// <summary>Where the main database file is, and how it is opened.</summary>
public sealed class SqliteFile(string path)
{
    public string Path { get; } = path;

    /// <summary>For EF: the same file, with the settings of <see cref="Open"/> given by an interceptor.</summary>
    public string ConnectionString { get; } = new SqliteConnectionStringBuilder { DataSource = path, Pooling = true, DefaultTimeout = 30 }.ToString();

    /// <summary>A connection outside the pool, kept open by its owner: its prepared statements live as long as it does.</summary>
    public SqliteConnection Open()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path, Pooling = false, DefaultTimeout = 30 }.ToString());
        connection.Open();
        Configure(connection);
        return connection;
    }

    /// <summary>Write-ahead log; a commit returns when it is on disk.</summary>
    internal static void Configure(SqliteConnection connection)
    {
        using var settings = connection.CreateCommand();
        settings.CommandText = "pragma journal_mode = wal; pragma synchronous = full; pragma temp_store = memory; pragma cache_size = -16000;";
        settings.ExecuteNonQuery();
    }
}
