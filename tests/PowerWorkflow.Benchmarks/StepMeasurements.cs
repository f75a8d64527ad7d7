using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using PowerWorkflow.Testing;

namespace PowerWorkflow.Benchmarks;

/// <summary>The whole server as a process of its own: steps over HTTP, what a finished case leaves, what the process needs.</summary>
internal sealed class StepMeasurements(Databases databases, bool quick)
{
    private static readonly int[] Clients = [1, 8, 64];

    /// <summary>Measures both databases.</summary>
    /// <returns>What a step writes, for the raw floor.</returns>
    public async Task<StepShape> RunAsync(int finishedCases)
    {
        StepShape? shape = null;
        var rows = new List<string[]>();
        Report.Head("Steps over HTTP: shipped low-voltage cases, eight people, forms validated, journal hashed", "", "steps/s", "p50", "p99", "goal");
        foreach (var (name, newDatabase) in databases.All)
        {
            var database = newDatabase();
            using var server = new ServerProcess(database);
            _ = await server.StartAsync();
            shape = await StepsAsync(server, database, name, "");
            rows.Add([name, .. await FootprintAsync(server, database)]);
            if (finishedCases > 0)
            {
                await HistoryAsync(server, database, name, finishedCases);
            }
        }

        Report.Head("What it leaves and needs", "", "bytes per finished low-voltage case, indexes included", "resident memory after the load", "cold start");
        foreach (var row in rows)
        {
            Report.Row(row);
        }

        return shape!;
    }

    private async Task<StepShape> StepsAsync(ServerProcess server, string? database, string name, string remark)
    {
        using var walk = await HttpWalk.SignedInAsync(server.Address, () => Databases.Open(server, database));
        Report.Progress($"{name}: warming up");
        _ = await walk.RunAsync(quick ? 40 : 200, units => Load.ClosedAsync(16, units));
        var fastest = 0.0;
        foreach (var clients in Clients)
        {
            Report.Progress($"{name}: {clients} clients");
            var cases = (clients, quick) switch { (1, false) => 150, (8, false) => 500, (_, false) => 1000, (1, true) => 20, _ => 100 };
            var measured = await walk.RunAsync(cases, units => Load.ClosedAsync(clients, units));
            fastest = measured.PerSecond;
            Report.Row($"{name}, {clients} clients, closed loop{remark}", Report.Number(measured.PerSecond), Report.Milliseconds(measured.P50), Report.Milliseconds(measured.P99), clients == 64 ? "1,500" : "");
        }

        Report.Progress($"{name}: open loop");
        var open = await walk.RunAsync(quick ? 100 : 1000, units => Load.OpenAsync(fastest * 0.6, units));
        Report.Row($"{name}, open loop at 60 %{remark}", Report.Number(open.PerSecond), Report.Milliseconds(open.P50), Report.Milliseconds(open.P99), "p99 ≤ 50 ms");
        await using var connection = await OpenAsync(server, database);
        return await StepShape.ReadAsync(connection);
    }

    private async Task<string[]> FootprintAsync(ServerProcess server, string? database)
    {
        var memory = ResidentBytes(server.ProcessId);
        var cases = quick ? 100 : 1000;
        long before, after;
        using (var walk = await HttpWalk.SignedInAsync(server.Address, () => Databases.Open(server, database)))
        {
            await using (var connection = await OpenAsync(server, database))
            {
                before = await History.BytesAsync(connection);
            }

            _ = await walk.RunAsync(cases, units => Load.ClosedAsync(32, units));
            await using (var connection = await OpenAsync(server, database))
            {
                after = await History.BytesAsync(connection);
            }
        }

        server.Kill();
        var cold = await server.StartAsync();
        return
        [
            Report.Number((after - before) / (double)cases),
            string.Create(CultureInfo.InvariantCulture, $"{memory / 1048576.0:N0} MiB"),
            string.Create(CultureInfo.InvariantCulture, $"{cold.TotalSeconds:N1} s"),
        ];
    }

    private async Task HistoryAsync(ServerProcess server, string? database, string name, int finishedCases)
    {
        Report.Progress($"{name}: growing to {finishedCases} finished cases");
        server.Kill();
        await using (var connection = database is null ? new SqliteConnection($"Data Source={server.SqliteFile}") : Databases.Open(server, database))
        {
            await connection.OpenAsync();
            await History.GrowAsync(connection, finishedCases);
        }

        var cold = await server.StartAsync();
        Report.Progress(string.Create(CultureInfo.InvariantCulture, $"{name}: cold start {cold.TotalSeconds:N1} s"));
        _ = await StepsAsync(server, database, name, string.Create(CultureInfo.InvariantCulture, $", {finishedCases:N0} finished cases there"));
    }

    private static async Task<DbConnection> OpenAsync(ServerProcess server, string? database)
    {
        var connection = Databases.Open(server, database);
        await connection.OpenAsync();
        return connection;
    }

    private static long ResidentBytes(int process) => long.Parse(
        File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture) * 1024;
}
