using Npgsql;
using PowerWorkflow.Server.Definitions;

namespace PowerWorkflow.Server.Scheduling;

/// <summary>What nodes tell each other.</summary>
public enum NodeCall
{
    /// <summary>Look for due timers and waiting messages.</summary>
    Wake,
    /// <summary>A definition was published or assigned: forget which versions are in force.</summary>
    Published,
}

/// <summary>
/// Calls all nodes on one PostgreSQL (LISTEN/NOTIFY); with SQLite there is one node and nobody to be called. A call that gets lost is made up for by the
/// sweeps, so nothing waits for one.
/// </summary>
public sealed class NodeCalls(IServiceProvider services, WakeUp wake, DefinitionCatalog catalog, TimeProvider time, ILogger<NodeCalls> log) : BackgroundService
{
    private const string Channel = "powerworkflow";

    private readonly NpgsqlDataSource? database = services.GetService<NpgsqlDataSource>();

    /// <summary>Tells every other node.</summary>
    public async Task CallAsync(NodeCall call, CancellationToken cancel = default)
    {
        if (database is null)
            return;
        await using var notify = database.CreateCommand("select pg_notify($1, $2)");
        notify.Parameters.Add(new() { Value = Channel });
        notify.Parameters.Add(new() { Value = call.ToString() });
        await notify.ExecuteNonQueryAsync(cancel);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (database is not null && !stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(database, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (NpgsqlException broken)
            {
                log.LogWarning(broken, "Calls of other nodes are not heard for the moment; sweeping goes on.");
                await Task.Delay(TimeSpan.FromSeconds(5), time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ListenAsync(NpgsqlDataSource source, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        connection.Notification += (_, message) => Answer(message.Payload);
        await using (var listen = new NpgsqlCommand($"listen {Channel}", connection))
            await listen.ExecuteNonQueryAsync(cancel);
        try
        {
            while (true)
                await connection.WaitAsync(cancel);
        }
        finally
        {
            // It goes back to the pool, where it must not go on listening.
            if (connection.State == System.Data.ConnectionState.Open)
            {
                await using var silence = new NpgsqlCommand("unlisten *", connection);
                await silence.ExecuteNonQueryAsync(CancellationToken.None);
            }
        }
    }

    private void Answer(string payload)
    {
        switch (Enum.TryParse<NodeCall>(payload, out var call) ? call : (NodeCall?)null)
        {
            case NodeCall.Wake:
                wake.Everybody();
                break;
            case NodeCall.Published:
                catalog.Forget();
                break;
            default:
                log.LogWarning("A node called '{Payload}', which this program does not know; it may be newer.", payload);
                break;
        }
    }
}
