using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PowerWorkflow.Engine;
using PowerWorkflow.Server.Commands;
using PowerWorkflow.Server.Definitions;
using PowerWorkflow.Server.Storage;
using PowerWorkflow.Server.Storage.Schema;

namespace PowerWorkflow.Server.Outbox;

/// <summary>From one case to others: starts a case, or delivers an event to those that wait for it. The message id makes each happen once.</summary>
public sealed class CaseChannel(IDbContextFactory<WorkflowDb> databases, CaseExecutor executor) : Channel
{
    public override IReadOnlyList<MessageKind> Kinds => [MessageKind.StartCase, MessageKind.PublishEvent];

    public override async Task<JsonNode?> DeliverAsync(OutboxMessage message, JsonObject payload, CancellationToken cancel)
    {
        if (message.Kind == MessageKind.StartCase)
            await StartAsync(message, payload, cancel);
        else
            await PublishAsync(message, payload, cancel);
        return null;
    }

    private async Task StartAsync(OutboxMessage message, JsonObject payload, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var source = await db.Cases.AsNoTracking().SingleAsync(row => row.CaseId == message.CaseId, cancel);
        var by = (string?)payload["by"] ?? Actor.System.Person;
        var inputs = (payload["input"] as JsonObject ?? []).ToDictionary(input => input.Key, input => input.Value?.DeepClone());
        var data = (payload["data"] as JsonObject)?.Where(section => section.Value is JsonObject)
            .ToDictionary(section => section.Key, section => (JsonObject)section.Value!.DeepClone()); // just filtered
        try
        {
            await executor.StartAsync(
                new NewCase((string?)payload["definitionId"] ?? "", (string?)payload["unit"] ?? source.Unit, source.CustomerName, source.CustomerNumber, by,
                    (string?)payload["correlationId"]),
                new CaseCommand
                {
                    Identity = Identity(message, "start"),
                    Decide = _ => ValueTask.FromResult(new Move(new Stimulus.Start(inputs, new Actor(by), data))),
                    Lane = Lane.Background,
                },
                cancel);
        }
        catch (Exception refused) when (refused is DefinitionNotFoundException or StimulusRefusedException)
        {
            throw new DeliveryFailedException($"Case '{source.Number}' could not start another: {refused.Message}", again: false, refused);
        }
    }

    private async Task PublishAsync(OutboxMessage message, JsonObject payload, CancellationToken cancel)
    {
        var (name, correlation, own) = ((string?)payload["event"] ?? "", (string?)payload["correlationId"], (string?)payload["case"]);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var waiting = await db.EventWaits.AsNoTracking()
            .Where(row => row.EventName == name && (correlation == null || row.CorrelationId == correlation) && (own == null || row.CaseId == own))
            .OrderBy(row => row.WaitId).ToListAsync(cancel);
        foreach (var wait in waiting)
        {
            try
            {
                await executor.ExecuteAsync(wait.CaseId, new CaseCommand
                {
                    Identity = Identity(message, wait.WaitId),
                    Decide = _ => ValueTask.FromResult(new Move(new Stimulus.DeliverEvent(wait.WaitId, name, payload["payload"]?.DeepClone()))),
                    Lane = Lane.Background,
                }, cancel);
            }
            catch (StimulusRefusedException)
            {
                // It stopped waiting between our look and now.
            }
        }
    }

    private static CommandIdentity Identity(OutboxMessage message, string to) =>
        new(Actor.System.Person, $"{message.MessageId}>{to}", SHA256.HashData(Encoding.UTF8.GetBytes(message.Payload)));
}
