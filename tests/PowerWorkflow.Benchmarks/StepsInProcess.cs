using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PowerWorkflow.Engine;
using PowerWorkflow.Server.Commands;
using PowerWorkflow.Server.Definitions;
using PowerWorkflow.Server.Storage;

namespace PowerWorkflow.Benchmarks;

/// <summary>The path of a command without HTTP: load, run, one durable transaction, reply. A chain of user tasks, every client with a case of its own.</summary>
internal static class StepsInProcess
{
    private const int TasksOfACase = 8;

    /// <summary>Measures both databases at 1, 8 and 64 clients.</summary>
    /// <param name="commands">Completed tasks per measurement with 64 clients; fewer clients do fewer.</param>
    public static async Task MeasureAsync(Databases databases, int commands)
    {
        Report.Head("Steps in process: load, engine, one durable transaction, reply", "steps/s", "1 client", "p99", "8 clients", "p99", "64 clients", "p99", "our processor time a step");
        foreach (var (name, fresh) in databases.All)
        {
            Report.Progress($"in process {name}");
            await using var services = await OpenAsync(fresh());
            List<string> cells = [name];
            _ = await RunAsync(services, 8, commands / 10);
            foreach (var clients in (int[])[1, 8, 64])
            {
                var before = Environment.CpuUsage.TotalTime;
                var measured = await RunAsync(services, clients, commands / (clients == 1 ? 8 : clients == 8 ? 2 : 1));
                cells.AddRange([Report.Number(measured.PerSecond), Report.Milliseconds(measured.P99)]);
                if (clients == 64)
                    cells.Add(Report.Milliseconds((Environment.CpuUsage.TotalTime - before) / measured.Count));
            }
            Report.Row([.. cells]);
        }
    }

    private static async Task<ServiceProvider> OpenAsync(string? postgres)
    {
        var folder = Directory.CreateTempSubdirectory("powerworkflow-bench-").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "chain"));
        await File.WriteAllTextAsync(Path.Combine(folder, "chain", "definition.json"), ChainDefinition.Of(TasksOfACase, expression: false).ToJsonString());
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(new WorkflowFolder(folder));
        services.AddStorage(postgres is null ? new DatabaseChoice.Sqlite(Path.Combine(folder, "bench.db")) : new DatabaseChoice.Postgres(postgres));
        var provider = services.BuildServiceProvider();
        foreach (var start in provider.GetServices<IHostedService>().OfType<IHostedLifecycleService>())
            await start.StartingAsync(default);
        return provider;
    }

    /// <summary>Cases are started before the clock runs, so that only completions are measured.</summary>
    private static async Task<Measured> RunAsync(ServiceProvider services, int clients, int commands)
    {
        var executor = services.GetRequiredService<CaseExecutor>();
        var cases = await Task.WhenAll(Enumerable.Range(0, Math.Max(clients, commands / TasksOfACase)).Select(_ => StartAsync(executor)));
        // Step after step over all cases: two clients rarely meet in one.
        var units = Enumerable.Range(0, TasksOfACase).SelectMany(step => cases.Select(caseId => (Func<int, Task>)(client =>
            CompleteAsync(executor, caseId, string.Create(CultureInfo.InvariantCulture, $"{caseId}-{step}"), $"person-{client}")))).ToList();
        return await Load.ClosedAsync(clients, units);
    }

    private static async Task<string> StartAsync(CaseExecutor executor) => (await executor.StartAsync(
        new NewCase("chain", "3601", "示范电子有限公司", null, "li-na"),
        new CaseCommand
        {
            Decide = _ => ValueTask.FromResult(new Move(new Stimulus.Start(new Dictionary<string, JsonNode?>(), new Actor("li-na"),
                new Dictionary<string, JsonObject> { ["LOAD"] = new() { ["applyCap"] = 315 } }))),
        })).CaseId;

    private static Task<Executed> CompleteAsync(CaseExecutor executor, string caseId, string commandId, string person) => executor.ExecuteAsync(caseId, new CaseCommand
    {
        Identity = new CommandIdentity(person, commandId, SHA256.HashData(Encoding.UTF8.GetBytes(commandId))),
        Decide = found => ValueTask.FromResult(new Move(new Stimulus.CompleteTask(found.Tasks[0].TaskId, "Done", new Actor(person), new Dictionary<string, JsonObject>
        {
            ["SURVEY"] = new() { ["openCap"] = 630, ["result"] = "ready", ["remark"] = "现场具备供电条件，变压器容量满足要求。" },
        }))),
        Answer = (after, _) => new Reply(200, new JsonObject { ["id"] = after.Header.CaseId, ["status"] = after.Header.Status.ToString() }),
    });
}
