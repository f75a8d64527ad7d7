using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.SignalR;
using Microsoft.EntityFrameworkCore;
using PowerWorkflow.Server.Queries;
using PowerWorkflow.Server.Storage;
using PowerWorkflow.Server.Storage.Schema;

namespace PowerWorkflow.Server.Api.Studio;

/// <summary>Tells open viewers that their case has moved.</summary>
public sealed class StudioHub(StudioRuns runs, ObservedRuns observed) : Hub
{
    /// <summary>Called by the viewer; a case the person may not see is not observed.</summary>
    public async Task ObserveInstanceAsync(string instanceId)
    {
        await runs.Find(instanceId, Context.ConnectionAborted);
        await Groups.AddToGroupAsync(Context.ConnectionId, instanceId, Context.ConnectionAborted);
        observed.Add(Context.ConnectionId, instanceId);
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        observed.Remove(Context.ConnectionId);
        return base.OnDisconnectedAsync(exception);
    }
}

/// <summary>Which cases somebody looks at on this node.</summary>
public sealed class ObservedRuns
{
    private readonly ConcurrentDictionary<string, HashSet<string>> byConnection = new();

    public void Add(string connection, string instance)
    {
        var set = byConnection.GetOrAdd(connection, _ => []);
        lock (set) set.Add(instance);
    }

    public void Remove(string connection) => byConnection.TryRemove(connection, out _);

    public HashSet<string> All()
    {
        HashSet<string> all = [];
        foreach (var set in byConnection.Values) lock (set) all.UnionWith(set);
        return all;
    }
}

/// <summary>
/// Looks twice a second whether a case that somebody watches has a new journal entry. The journal is the one thing every node and every way of moving a case
/// writes, so nothing has to remember to tell the viewers.
/// </summary>
public sealed class StudioWatch(ObservedRuns observed, IHubContext<StudioHub> hub, IServiceScopeFactory scopes, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);
    private readonly Dictionary<string, long> last = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var watched = observed.All();
            foreach (var gone in last.Keys.Except(watched).ToList()) last.Remove(gone);
            if (watched.Count > 0) await Look([.. watched], stoppingToken);
        }
    }

    private async Task Look(string[] watched, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WorkflowDb>();
        var now = await db.Journal.Where(j => watched.Contains(j.CaseId)).GroupBy(j => j.CaseId).Select(g => new { Id = g.Key, At = g.Max(j => j.Sequence) }).ToListAsync(ct);
        var tests = await db.Set<TestCaseRow>().Where(t => watched.Contains(t.TestCaseId)).Select(t => new { t.TestCaseId, t.UpdatedAt }).ToListAsync(ct);
        foreach (var (id, at) in now.Select(n => (n.Id, n.At)).Concat(tests.Select(t => (t.TestCaseId, t.UpdatedAt.ToUnixTimeMilliseconds()))))
        {
            var known = last.TryGetValue(id, out var before);
            last[id] = at;
            // Also when it was just begun to be watched: it may have moved between the page and the first look.
            if (!known || before != at) await Tell(id, ct);
        }
    }

    /// <summary>Only that something happened: each viewer fetches what it may see with its own rights.</summary>
    private async Task Tell(string id, CancellationToken ct)
    {
        var group = hub.Clients.Group(id);
        await using var scope = scopes.CreateAsyncScope();
        var stats = await scope.ServiceProvider.GetRequiredService<RunBadges>().Of(id, ct);
        await group.SendAsync("ActivityExecutionLogUpdatedAsync", new { stats }, ct);
        await group.SendAsync("WorkflowExecutionLogUpdatedAsync", new { }, ct);
        await group.SendAsync("WorkflowInstanceUpdatedAsync", new { workflowInstanceId = id }, ct);
    }
}

/// <summary>Counts of a case's activities, without any of its content: what the hub may send to everybody who was let into the case's group.</summary>
public sealed class RunBadges(StudioRuns runs)
{
    public async Task<IReadOnlyList<JsonObject>> Of(string id, CancellationToken ct) => [.. InstanceJson.Stats(await runs.Load(id, ct))];
}
