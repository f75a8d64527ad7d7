using Microsoft.Data.Sqlite;

namespace PowerWorkflow.Server.Storage.Sqlite;

/// <summary>Where the main database file is, and how it is opened.</summary>
public sealed class SqliteFile
{
    /// <summary>Creates the folder when it is not there: on a first start whoever asks first opens the file.</summary>
    public SqliteFile(string path)
    {
        Path = System.IO.Path.GetFullPath(path);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path) ?? ".");
        ConnectionString = new SqliteConnectionStringBuilder { DataSource = Path, Pooling = true, DefaultTimeout = 30 }.ToString();
    }

    public string Path { get; }

    /// <summary>For EF: the same file, with the settings of <see cref="Open"/> given by an interceptor.</summary>
    public string ConnectionString { get; }

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
