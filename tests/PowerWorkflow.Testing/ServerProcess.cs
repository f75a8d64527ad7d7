using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace PowerWorkflow.Testing;

/// <summary>
/// The built server as a process of its own on a loopback port, in Development, so that it has the demo accounts. It can be killed and started again on the
/// same port and database.
/// </summary>
public sealed class ServerProcess : IDisposable
{
    private const int KeptLines = 400;
    private readonly ConcurrentQueue<string> output = new();
    private readonly string[] arguments;
    private readonly IReadOnlyDictionary<string, string> environment;
    private readonly string folder;
    private Process? process;

    /// <summary>Describes a server; it is not started yet.</summary>
    /// <param name="database">A PostgreSQL connection string, or null for a SQLite file of its own.</param>
    /// <param name="environment">Configuration, e.g. <c>Timers__SweepEvery</c>.</param>
    public ServerProcess(string? database = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        folder = Directory.CreateTempSubdirectory("powerworkflow-server-").FullName;
        SqliteFile = database is null ? Path.Combine(folder, "powerworkflow.db") : null;
        Address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Next()}"));
        this.environment = environment ?? new Dictionary<string, string>();
        arguments =
        [
            Repository.File("src", "PowerWorkflow.Server", "bin", Repository.Configuration, "net10.0", "PowerWorkflow.Server.dll"),
            "serve", "--database", database ?? SqliteFile!, "--urls", Address.GetLeftPart(UriPartial.Authority), "--environment", "Development",
        ];
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Dispose();
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Its SQLite file; null when it uses PostgreSQL.</summary>
    public string? SqliteFile { get; }

    /// <summary>The last lines it wrote, for a failing test's message.</summary>
    public string Output => string.Join(Environment.NewLine, output);

    /// <summary>Process id while it runs.</summary>
    public int ProcessId => process?.Id ?? throw new InvalidOperationException("The server is not running.");

    /// <summary>Starts it and waits until it says it is ready.</summary>
    /// <returns>How long that took.</returns>
    /// <exception cref="InvalidOperationException">It ended, or was not ready after a minute; the message holds what it wrote.</exception>
    public async Task<TimeSpan> StartAsync()
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Repository.File("src", "PowerWorkflow.Server"),
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var watch = Stopwatch.StartNew();
        process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await AwaitReadyAsync(watch);
        return watch.Elapsed;
    }

    /// <summary>Ends it the hard way (SIGKILL), whatever it is doing.</summary>
    public void Kill()
    {
        if (process is { HasExited: false } running)
        {
            running.Kill();
            running.WaitForExit();
        }

        process?.Dispose();
        process = null;
    }

    /// <summary>Kills it and removes its files.</summary>
    public void Dispose()
    {
        Kill();
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task AwaitReadyAsync(Stopwatch watch)
    {
        using var http = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(5) };
        while (!process!.HasExited && watch.Elapsed < TimeSpan.FromMinutes(1))
        {
            try
            {
                using var reply = await http.GetAsync(new Uri("/api/health", UriKind.Relative));
                if (reply.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
            {
                // Not listening yet.
            }

            await Task.Delay(25);
        }

        throw new InvalidOperationException($"The server at {Address} was not ready after {watch.Elapsed.TotalSeconds:F0} s{(process.HasExited ? $", it ended with {process.ExitCode}" : "")}:{Environment.NewLine}{Output}");
    }

    private void Keep(string? line)
    {
        if (line is null)
        {
            return;
        }

        output.Enqueue(line);
        while (output.Count > KeptLines)
        {
            output.TryDequeue(out _);
        }
    }
}
