using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PowerWorkflow.Server.Definitions;
using PowerWorkflow.Server.Storage;

namespace PowerWorkflow.Server.Outbox;

/// <summary>
/// Who is meant by a message's <c>to</c>: a role code, a person id, an e-mail address, <c>assignee</c>, <c>customer</c>, an object with <c>kind</c> (Assignee,
/// Customer, Role, Department) and <c>code</c> as reminders write it, or a list of those.
/// </summary>
public sealed class Addressees(IDbContextFactory<WorkflowDb> databases, CaseSurroundings surroundings, ServerClock clock)
{
    /// <summary>Who answers for a department.</summary>
    private static readonly string[] HeadsOfDepartment = ["R-MG", "R-FL"];

    /// <summary>People and addresses; the customer and plain addresses have an empty person id.</summary>
    public async Task<IReadOnlyList<Recipient>> OfAsync(string caseId, JsonNode? to, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var unit = await db.Cases.Where(row => row.CaseId == caseId).Select(row => row.Unit).SingleOrDefaultAsync(cancel) ?? "";
        var meant = new List<Recipient>();
        foreach (var one in to is JsonArray many ? many.ToArray() : [to])
        {
            var (kind, code) = Read(one);
            meant.AddRange(kind switch
            {
                "assignee" => (await db.Tasks.Where(row => row.CaseId == caseId).Select(row => row.ClaimedBy ?? row.Person).ToListAsync(cancel))
                    .OfType<string>().SelectMany(person => surroundings.Recipients(person, unit, clock.Now)),
                "customer" => await CustomerAsync(db, caseId, cancel),
                "department" when surroundings.ResolveUnit("@" + code, unit) is var department =>
                    HeadsOfDepartment.SelectMany(head => surroundings.Recipients(head, department, clock.Now)),
                "" when code.Contains('@', StringComparison.Ordinal) => [new Recipient("", code)],
                "" or "role" => surroundings.Recipients(code, unit, clock.Now),
                // A deputy is found by the rules of substitution; without any there is nobody.
                _ => [],
            });
        }
        return [.. meant.Distinct()];
    }

    private static (string Kind, string Code) Read(JsonNode? one) => one switch
    {
        JsonObject named => (((string?)named["kind"] ?? "").ToLowerInvariant(), (string?)named["code"] ?? ""),
        JsonValue plain when plain.TryGetValue(out string? text) => text is "assignee" or "customer" ? (text, "") : ("", text),
        _ => ("none", ""),
    };

    private static async Task<IReadOnlyList<Recipient>> CustomerAsync(WorkflowDb db, string caseId, CancellationToken cancel)
    {
        var customer = await db.Sections.Where(row => row.CaseId == caseId && row.Section == "CUST").Select(row => row.Json).SingleOrDefaultAsync(cancel);
        return customer is not null && (string?)JsonNode.Parse(customer)?["email"] is { Length: > 0 } email ? [new Recipient("", email)] : [];
    }
}
