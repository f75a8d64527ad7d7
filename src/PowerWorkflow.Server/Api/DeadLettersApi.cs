using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PowerWorkflow.Server.Outbox;
using PowerWorkflow.Server.Queries;
using PowerWorkflow.Server.Refusals;
using PowerWorkflow.Server.Scheduling;
using PowerWorkflow.Server.Security;
using PowerWorkflow.Server.Storage;

namespace PowerWorkflow.Server.Api;

/// <summary>A message that was given up.</summary>
/// <param name="Error">What went wrong last, in the receiver's words.</param>
public sealed record DeadLetterEntry(
    string Id, string CaseId, string CaseNumber, string Kind, string? Connection, int Attempts, string Error, DateTimeOffset CreatedAt, DateTimeOffset GivenUpAt);

/// <summary>Messages that could not be delivered: whoever leads the case's unit corrects the cause and sends them again.</summary>
public static class DeadLettersApi
{
    private const int Shown = 200;

    public static void MapDeadLetters(this IEndpointRouteBuilder api)
    {
        api.MapGet("/dead-letters", List).WithName("ListDeadLetters").WithTags("Messages")
            .WithSummary("Messages of the cases you may see that were given up, newest first, at most 200.");
        api.MapPost("/dead-letters/{id}/send-again", SendAgain).WithName("SendDeadLetterAgain").WithTags("Messages")
            .WithSummary("Sends a message again under the same idempotency key.");
    }

    private static async Task<Ok<Listed<DeadLetterEntry>>> List(WorkflowDb db, SignedIn who, CancellationToken ct)
    {
        var units = who.Reach.Seen.ToArray();
        var rows = await db.DeadLetters.AsNoTracking()
            .Join(db.Cases, letter => letter.CaseId, found => found.CaseId, (letter, found) => new { letter, found.Number, found.Unit })
            .Where(row => units.Contains(row.Unit))
            .OrderByDescending(row => row.letter.GivenUpAt).ThenBy(row => row.letter.MessageId).Take(Shown).ToListAsync(ct);
        return TypedResults.Ok(new Listed<DeadLetterEntry>(
        [
            .. rows.Select(row => new DeadLetterEntry(row.letter.MessageId, row.letter.CaseId, row.Number, row.letter.Kind.ToString(), row.letter.Connection,
                row.letter.Attempts, row.letter.LastError, row.letter.CreatedAt, row.letter.GivenUpAt)),
        ]));
    }

    private static async Task<NoContent> SendAgain(string id, WorkflowDb db, SignedIn who, OutboxClaims outbox, WakeUp wake, ServerClock clock, CancellationToken ct)
    {
        var found = await db.DeadLetters.Where(letter => letter.MessageId == id)
            .Join(db.Cases, letter => letter.CaseId, row => row.CaseId, (_, row) => new { row.Unit, row.Number }).SingleOrDefaultAsync(ct);
        // Somebody who may not see the case is not told that there is one.
        if (found is null || !who.Reach.Seen.Contains(found.Unit))
            throw new RefusedException(Problems.NotFound("未送达消息", "undelivered message", id));
        if (!who.Reach.Leads(found.Unit))
            throw new RefusedException(Problems.MayNotManage(found.Number));
        await outbox.ReviveAsync(id, clock.Now, ct);
        wake.Everybody();
        return TypedResults.NoContent();
    }
}
