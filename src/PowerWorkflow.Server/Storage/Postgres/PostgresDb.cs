using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace PowerWorkflow.Server.Storage.Postgres;

/// <summary>The database on a PostgreSQL server.</summary>
public sealed class PostgresDb(DbContextOptions<PostgresDb> options, WriteGate gate) : WorkflowDb(options, gate)
{
    /// <summary>For <c>scripts/migrations</c>.</summary>
    internal sealed class DesignTime : IDesignTimeDbContextFactory<PostgresDb>
    {
        public PostgresDb CreateDbContext(string[] args) =>
            new(new DbContextOptionsBuilder<PostgresDb>().UseNpgsql("Host=localhost").Options, new WriteGate(oneWriter: false));
    }
}
