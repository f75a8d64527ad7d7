using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PowerWorkflow.Server.Queries;
using PowerWorkflow.Server.Security;
using PowerWorkflow.Server.Storage;

namespace PowerWorkflow.Server.Api;

/// <summary>A message in a person's inbox.</summary>
/// <param name="Template">Which message; its words are in the application.</param>
/// <param name="Data">What the words name.</param>
public sealed record NotificationEntry(string Id, string? CaseId, string Template, JsonNode? Data, DateTimeOffset At, DateTimeOffset? ReadAt);

/// <summary>The inbox inside the application.</summary>
public static class NotificationsApi
{
    private const int Shown = 100;

    public static void MapNotifications(this IEndpointRouteBuilder api)
    {
        api.MapGet("/notifications", List).WithName("ListNotifications").WithTags("Notifications").WithSummary("The newest 100 messages to the person.");
        api.MapPost("/notifications/read", MarkRead).WithName("MarkNotificationsRead").WithTags("Notifications").WithSummary("Marks all of them as read.");
    }

    private static async Task<Ok<Listed<NotificationEntry>>> List(WorkflowDb db, SignedIn who, CancellationToken ct)
    {
        var rows = await db.Notifications.AsNoTracking().Where(n => n.Person == who.PersonId)
            .OrderByDescending(n => n.At).ThenBy(n => n.NotificationId).Take(Shown).ToListAsync(ct);
        return TypedResults.Ok(new Listed<NotificationEntry>(
            [.. rows.Select(n => new NotificationEntry(n.NotificationId, n.CaseId, n.Template, JsonNode.Parse(n.Data), n.At, n.ReadAt))]));
    }

    private static async Task<NoContent> MarkRead(WorkflowDb db, SignedIn who, TimeProvider time, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await db.WriteAsync(() => db.Notifications.Where(n => n.Person == who.PersonId && n.ReadAt == null)
            .ExecuteUpdateAsync(row => row.SetProperty(n => n.ReadAt, now), ct), ct);
        return TypedResults.NoContent();
    }
}
