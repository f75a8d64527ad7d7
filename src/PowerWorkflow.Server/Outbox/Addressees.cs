using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PowerWorkflow.Server.Definitions;
using PowerWorkflow.Server.Storage;

namespace PowerWorkflow.Server.Outbox;

/// <summary>Who is meant by a message's <c>to</c>: a role code, a person id, <c>assignee</c>, <c>customer</c>, an e-mail address, or a list of those.</summary>
public sealed class Addressees(IDbContextFactory<WorkflowDb> databases, CaseSurroundings surroundings, ServerClock clock)
{
    /// <summary>People and addresses; the customer and plain addresses have no person id inside (it is empty).</summary>
    public async Task<IReadOnlyList<Recipient>> OfAsync(string caseId, JsonNode? to, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var unit = await db.Cases.Where(row => row.CaseId == caseId).Select(row => row.Unit).SingleOrDefaultAsync(cancel) ?? "";
        var meant = new List<Recipient>();
        foreach (var one in to is JsonArray many ? many.Select(item => (string?)item) : [(string?)to])
        {
            meant.AddRange(one switch
            {
                null or "" => [],
                "assignee" => (await db.Tasks.Where(row => row.CaseId == caseId).Select(row => row.ClaimedBy ?? row.Person).ToListAsync(cancel))
                    .OfType<string>().SelectMany(person => surroundings.Recipients(person, unit, clock.Now)),
                "customer" => await CustomerAsync(db, caseId, cancel),
                _ when one.Contains('@', StringComparison.Ordinal) => [new Recipient("", one)],
                _ => surroundings.Recipients(one, unit, clock.Now),
            });
        }
        return [.. meant.Distinct()];
    }

    private static async Task<IReadOnlyList<Recipient>> CustomerAsync(WorkflowDb db, string caseId, CancellationToken cancel)
    {
        var customer = await db.Sections.Where(row => row.CaseId == caseId && row.Section == "CUST").Select(row => row.Json).SingleOrDefaultAsync(cancel);
        return customer is not null && (string?)JsonNode.Parse(customer)?["email"] is { Length: > 0 } email ? [new Recipient("", email)] : [];
    }
}
