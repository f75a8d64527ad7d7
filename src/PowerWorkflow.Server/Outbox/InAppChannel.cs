using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PowerWorkflow.Engine;
using PowerWorkflow.Server.Storage;
using PowerWorkflow.Server.Storage.Schema;

namespace PowerWorkflow.Server.Outbox;

/// <summary>Puts a message into the inboxes of the people it is for. A repetition finds it there.</summary>
public sealed class InAppChannel(IDbContextFactory<WorkflowDb> databases, Addressees addressees) : Channel
{
    public override IReadOnlyList<MessageKind> Kinds => [MessageKind.InApp];

    public override async Task<JsonNode?> DeliverAsync(OutboxMessage message, JsonObject payload, CancellationToken cancel)
    {
        var people = (await addressees.OfAsync(message.CaseId, payload["to"], cancel)).Select(one => one.Person).Where(person => person.Length > 0).Distinct().ToList();
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.WriteAsync(
            async () =>
            {
                var there = await db.Notifications.Where(row => row.NotificationId.StartsWith(message.MessageId + "/")).Select(row => row.Person).ToListAsync(cancel);
                db.AddRange(people.Except(there).Select(person => new Notification
                {
                    NotificationId = $"{message.MessageId}/{person}",
                    Person = person,
                    CaseId = message.CaseId,
                    Template = (string?)payload["template"] ?? "message",
                    Data = MessageText.Values(payload).ToJsonString(BurstRows.Readable),
                    At = message.CreatedAt,
                }));
                return await db.SaveChangesAsync(cancel);
            },
            cancel);
        return null;
    }
}
