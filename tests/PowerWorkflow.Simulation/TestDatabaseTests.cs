using Npgsql;
using PowerWorkflow.Testing;
using Xunit;

namespace PowerWorkflow.Simulation;

/// <summary>The ground the other tests stand on.</summary>
public sealed class TestDatabaseTests
{
    [Fact]
    public async Task Each_test_class_gets_an_empty_database_of_its_own()
    {
        var (one, other) = (PostgresServer.Shared.CreateDatabase(), PostgresServer.Shared.CreateDatabase());
        await using (var source = NpgsqlDataSource.Create(one))
        {
            await using var create = source.CreateCommand("CREATE TABLE cases (id text)");
            await create.ExecuteNonQueryAsync();
        }

        await using var empty = NpgsqlDataSource.Create(other);
        await using var count = empty.CreateCommand("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'");

        Assert.Equal(0L, await count.ExecuteScalarAsync());
    }

    [Fact]
    public void A_stopped_server_leaves_neither_process_nor_files()
    {
        var server = PostgresServer.Start();
        var id = server.ProcessId;

        server.Dispose();

        Assert.False(Directory.Exists($"/proc/{id}"));
        Assert.False(Directory.Exists(server.Folder));
    }
}
