using System.Collections.Concurrent;
using System.Globalization;
using PowerWorkflow.Testing;

namespace PowerWorkflow.Simulation;

/// <summary>Kills a server at random moments while people work, and says what was lost, doubled or stuck.</summary>
/// <param name="Kills">How often it is killed.</param>
/// <param name="Workers">Cases walked at the same time.</param>
/// <param name="Seed">Decides the moments.</param>
internal sealed record KilledServer(int Kills, int Workers, int Seed)
{
    /// <summary>Runs the experiment.</summary>
    /// <param name="database">PostgreSQL connection string; null for SQLite.</param>
    public async Task<Outcome> RunAsync(string? database)
    {
        using var server = new ServerProcess(database);
        using var people = new PatientClient(server.Address);
        await server.StartAsync();
        var scenario = Scenario.Read("new-connection-lv-resident", "happy", TimeProvider.System.GetLocalNow());
        using var enough = new CancellationTokenSource();
        var cases = new ConcurrentBag<WalkedCase>();
        var load = Enumerable.Range(0, Workers).Select(worker => WorkAsync(worker, enough.Token)).ToArray();

        var random = new Random(Seed);
        for (var kill = 0; kill < Kills; kill++)
        {
            await Task.WhenAny(Task.Delay(random.Next(50, 1500)), Task.WhenAll(load));
            server.Kill();
            await server.StartAsync();
        }

        await enough.CancelAsync();
        await Task.WhenAll(load);
        var differences = new List<string>();
        foreach (var walked in cases)
        {
            differences.AddRange(await walked.ReplayDifferencesAsync());
            differences.AddRange(await walked.DifferencesAsync());
        }

        return new Outcome(cases.Count, cases.Sum(walked => walked.Steps.Count), people.Repeated, differences);

        async Task WorkAsync(int worker, CancellationToken stop)
        {
            var commands = new Random(Seed + 1 + worker);
            // At least one case each, and no new one once the killing is over.
            do
            {
                var walked = new WalkedCase(people, scenario, () => NewId(commands));
                cases.Add(walked);
                await walked.WalkAsync();
            }
            while (!stop.IsCancellationRequested);
        }
    }

    /// <summary>What came of it.</summary>
    /// <param name="Cases">Cases walked to their end.</param>
    /// <param name="Steps">Completed steps the server acknowledged.</param>
    /// <param name="Repeated">Requests without an answer, sent again.</param>
    /// <param name="Differences">What was lost, doubled or stuck; should be empty.</param>
    internal sealed record Outcome(int Cases, int Steps, int Repeated, IReadOnlyList<string> Differences)
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Cases} cases, {Steps} acknowledged steps, {Repeated} tries without an answer, {Differences.Count} differences");
    }

    private static string NewId(Random random)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes).ToString();
    }
}
