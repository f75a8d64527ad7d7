using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace PowerWorkflow.Testing;

/// <summary>
/// A PostgreSQL server of the tests' own: loopback only, a free port, its files in a temporary folder, gone with the process that started it.
/// </summary>
/// <remarks>
/// The system's PostgreSQL is used where there is one, else the one of tests/tools. PostgreSQL refuses to run as root; there it runs as
/// <c>postgres</c> or, failing that, <c>nobody</c>.
/// </remarks>
public sealed class PostgresServer : IDisposable
{
    private static readonly Lazy<PostgresServer> SharedServer = new(() =>
    {
        var server = Start();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.Dispose();
        return server;
    });

    private readonly Process guard;
    private int databases;

    private PostgresServer(string folder, Process guard, int port)
    {
        Folder = folder;
        this.guard = guard;
        Port = port;
    }

    /// <summary>One server for all tests of this process, started when it is first asked for. Each test class makes a database of its own on it.</summary>
    public static PostgresServer Shared => SharedServer.Value;

    /// <summary>Its files.</summary>
    public string Folder { get; }

    /// <summary>Where it listens on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>Process id of the postmaster.</summary>
    public int ProcessId => int.Parse(File.ReadLines(Path.Combine(Folder, "data", "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    /// <summary>Starts a server with an empty cluster.</summary>
    /// <param name="durable">Whether a commit waits for the disk. Tests that only kill our own server do not need it; measurements do.</param>
    public static PostgresServer Start(bool durable = false)
    {
        var folder = Directory.CreateTempSubdirectory("powerworkflow-pg-").FullName;
        var (bin, user) = (Programs(folder), UnprivilegedUser());
        if (user.Length > 0)
        {
            TestTools.Run("chown", "-R", user[0].Split('=')[1], folder);
        }

        string[] prefix = user.Length == 0 ? [] : ["setpriv", .. user, "--clear-groups", "--"];
        var data = Path.Combine(folder, "data");
        string[] initdb = [.. prefix, Path.Combine(bin, "initdb"), "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"];
        TestTools.Run("env", ["-C", folder, .. initdb]);

        var port = FreePort.Next();
        string[] postgres =
        [
            .. prefix, Path.Combine(bin, "postgres"), "-D", data, "-p", port.ToString(CultureInfo.InvariantCulture),
            "-c", "listen_addresses=127.0.0.1", "-c", $"unix_socket_directories={folder}", "-c", "max_connections=300",
            "-c", durable ? "synchronous_commit=on" : "fsync=off",
        ];
        // The shell holds our end of a pipe: whichever way this process ends, the pipe closes and the server is stopped with it.
        var start = new ProcessStartInfo("sh") { RedirectStandardInput = true, WorkingDirectory = folder };
        foreach (var argument in (string[])["-c", "\"$@\" >log 2>&1 & pid=$!; cat >/dev/null; kill -QUIT $pid; wait $pid; cd /; rm -rf \"$PWD_TO_REMOVE\"", "sh", .. postgres])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["PWD_TO_REMOVE"] = folder;
        var guard = Process.Start(start) ?? throw new InvalidOperationException("sh did not start.");
        var server = new PostgresServer(folder, guard, port);
        server.AwaitReady();
        return server;
    }

    /// <summary>Makes an empty database.</summary>
    /// <returns>Its connection string.</returns>
    public string CreateDatabase()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref databases)}");
        using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false");
        connection.Open();
        using var create = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        create.ExecuteNonQuery();
        return ConnectionString(name);
    }

    /// <summary>How to reach a database of this server.</summary>
    public string ConnectionString(string database) =>
        string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={Port};Username=postgres;Database={database}");

    /// <summary>Stops the server at once and removes its files.</summary>
    public void Dispose()
    {
        if (!guard.HasExited)
        {
            guard.StandardInput.Close();
            guard.WaitForExit();
        }

        guard.Dispose();
    }

    private void AwaitReady()
    {
        for (var patience = Stopwatch.StartNew(); ;)
        {
            try
            {
                using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false;Timeout=2");
                connection.Open();
                return;
            }
            catch (NpgsqlException e) when (patience.Elapsed < TimeSpan.FromSeconds(30) && !guard.HasExited)
            {
                // Refused, or "the database system is starting up": both pass.
                guard.WaitForExit(e is PostgresException ? 20 : 50);
            }
            catch (NpgsqlException e)
            {
                var log = File.Exists(Path.Combine(Folder, "log")) ? File.ReadAllText(Path.Combine(Folder, "log")) : "no log";
                throw new InvalidOperationException($"PostgreSQL in {Folder} did not answer on port {Port} within 30 s: {log}", e);
            }
        }
    }

    private static string Programs(string folder)
    {
        var system = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(d => int.TryParse(Path.GetFileName(d), out var v) ? v : 0).Select(d => Path.Combine(d, "bin"))
            : [];
        var onPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Where(p => p.Length > 0);
        var found = system.Concat(onPath).FirstOrDefault(p => File.Exists(Path.Combine(p, "initdb")) && File.Exists(Path.Combine(p, "postgres")));
        if (found is not null)
        {
            return found;
        }

        // Copied, because the other user may not be allowed to look into the folders above the repository.
        TestTools.Run("cp", "-r", Path.Combine(TestTools.Folder, "postgres"), folder);
        return Path.Combine(folder, "postgres", "bin");
    }

    private static string[] UnprivilegedUser()
    {
        if (Environment.UserName != "root")
        {
            return [];
        }

        var users = File.ReadLines("/etc/passwd").Select(line => line.Split(':')).ToDictionary(f => f[0], f => (Uid: f[2], Gid: f[3]));
        foreach (var name in (string[])["postgres", "nobody"])
        {
            if (users.TryGetValue(name, out var ids))
            {
                return [$"--reuid={ids.Uid}", $"--regid={ids.Gid}"];
            }
        }

        throw new InvalidOperationException("PostgreSQL refuses to run as root, and /etc/passwd has neither 'postgres' nor 'nobody'. Run the tests as another user.");
    }
}
