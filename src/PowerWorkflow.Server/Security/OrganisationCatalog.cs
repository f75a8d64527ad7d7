using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using PowerWorkflow.Server.Storage;

namespace PowerWorkflow.Server.Security;

/// <summary>Keeps the organisation of the database in memory.</summary>
public sealed class OrganisationCatalog(IServiceScopeFactory scopes, TimeProvider time)
{
    /// <summary>Assignments begin and end at midnight; nobody keeps a role longer than this beyond it.</summary>
    private static readonly TimeSpan ReachKept = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, (Reach Reach, Organisation Of, DateTimeOffset At)> reaches = new();
    private volatile Organisation current = Organisation.Empty;

    /// <summary>The organisation as last loaded; empty before the server has started.</summary>
    public Organisation Current => current;

    /// <summary>What the person may reach now; kept for half a minute, since it is asked by every request.</summary>
    public Reach ReachOf(string personId)
    {
        var now = time.GetUtcNow();
        var organisation = current;
        if (reaches.TryGetValue(personId, out var kept) && kept.Of == organisation && now >= kept.At && now - kept.At < ReachKept)
        {
            return kept.Reach;
        }

        var reach = organisation.ReachOf(personId, now);
        reaches[personId] = (reach, organisation, now);
        return reach;
    }

    /// <summary>Reads it again; to be called at start and after a change.</summary>
    public async Task Reload(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WorkflowDb>();
        current = new Organisation(
            await db.Set<Unit>().AsNoTracking().OrderBy(u => u.Code).ToListAsync(ct),
            await db.Set<Person>().AsNoTracking().OrderBy(p => p.Id).ToListAsync(ct),
            await db.Set<Assignment>().AsNoTracking().OrderBy(a => a.Id).ToListAsync(ct));
    }
}
