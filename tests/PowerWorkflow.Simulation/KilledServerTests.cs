using System.Globalization;
using PowerWorkflow.Testing;
using Xunit;
using Xunit.Abstractions;

namespace PowerWorkflow.Simulation;

/// <summary>
/// <c>SIMULATION_SEED</c> repeats a run, <c>SIMULATION_KILLS</c> makes it longer (scripts/soak).
/// </summary>
public sealed class KilledServerTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("SQLite")]
    [InlineData("PostgreSQL")]
    public async Task A_killed_server_has_every_acknowledged_step_once_and_no_case_is_stuck(string database)
    {
        var experiment = new KilledServer(Setting("SIMULATION_KILLS", 4), Workers: 4, Setting("SIMULATION_SEED", 20261121));
        output.WriteLine($"{database}: {experiment}");

        var outcome = await experiment.RunAsync(database == "SQLite" ? null : PostgresServer.Shared.CreateDatabase());

        output.WriteLine($"{database}: {outcome}");
        Assert.True(outcome.Differences.Count == 0, string.Join(Environment.NewLine, outcome.Differences));
        Assert.True(outcome.Repeated > 0, "No request was hit by a kill: the experiment proved nothing.");
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
