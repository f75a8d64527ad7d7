using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace PowerWorkflow.Server.Storage.Sqlite;

/// <summary>The database in a SQLite file.</summary>
public sealed class SqliteDb(DbContextOptions<SqliteDb> options, WriteGate gate) : WorkflowDb(options, gate)
{
    /// <summary>For <c>scripts/migrations</c>.</summary>
    internal sealed class DesignTime : IDesignTimeDbContextFactory<SqliteDb>
    {
        public SqliteDb CreateDbContext(string[] args) =>
            new(new DbContextOptionsBuilder<SqliteDb>().UseSqlite("Data Source=:memory:").Options, new WriteGate(oneWriter: true));
    }
}
