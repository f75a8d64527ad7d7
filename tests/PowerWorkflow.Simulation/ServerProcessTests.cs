using PowerWorkflow.Testing;
using Xunit;
using Xunit.Abstractions;

namespace PowerWorkflow.Simulation;

public sealed class ServerProcessTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("SQLite")]
    [InlineData("PostgreSQL")]
    public async Task A_server_killed_at_once_starts_again_and_people_stay_signed_in(string database)
    {
        using var server = new ServerProcess(database == "SQLite" ? null : PostgresServer.Shared.CreateDatabase());
        var cold = await server.StartAsync();
        using var person = new ApiPerson(server.Address, "li-na");
        _ = (await person.SignInAsync()).Body;

        server.Kill();
        var again = await server.StartAsync();
        var session = await person.GetAsync("/api/session");

        output.WriteLine($"first start {cold.TotalSeconds:F1} s, second {again.TotalSeconds:F1} s");
        Assert.Equal("li-na", (string?)session.Body["personId"]);
    }
}
