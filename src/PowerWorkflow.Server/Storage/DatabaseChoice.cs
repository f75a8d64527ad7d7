namespace PowerWorkflow.Server.Storage;

/// <summary>Which database this server works on.</summary>
public abstract record DatabaseChoice
{
    private DatabaseChoice() { }

    /// <summary>A file; made at the first start.</summary>
    public sealed record Sqlite(string Path) : DatabaseChoice;

    /// <summary>A server.</summary>
    public sealed record Postgres(string ConnectionString) : DatabaseChoice;

    /// <summary>
    /// <c>--database</c>, else <c>ConnectionStrings:Default</c>, else <c>data/powerworkflow.db</c> below the content root. Whatever names a host is a PostgreSQL
    /// connection string; everything else is a file, with or without <c>Data Source=</c> before it.
    /// </summary>
    public static DatabaseChoice From(IConfiguration configuration, string contentRoot)
    {
        var given = configuration["database"] ?? configuration.GetConnectionString("Default");
        if (string.IsNullOrWhiteSpace(given))
            return new Sqlite(Path.Combine(contentRoot, "data", "powerworkflow.db"));
        if (given.Contains("Host=", StringComparison.OrdinalIgnoreCase))
            return new Postgres(given);
        const string source = "Data Source=";
        var path = given.StartsWith(source, StringComparison.OrdinalIgnoreCase) ? given[source.Length..].TrimEnd(';') : given;
        return new Sqlite(Path.GetFullPath(path, contentRoot));
    }
}
