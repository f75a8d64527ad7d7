using System.Collections.Frozen;
using System.Text.Json.Nodes;
using PowerWorkflow.Engine;
using PowerWorkflow.Server.Commands;
using PowerWorkflow.Server.Scheduling;
using PowerWorkflow.Server.Storage;
using PowerWorkflow.Server.Storage.Schema;

namespace PowerWorkflow.Server.Outbox;

/// <summary>
/// Delivers what bursts left in the outbox: takes a lease, delivers, and settles the row. No lock is held meanwhile. A message that fails is tried again after
/// ever longer waits and given up after <see cref="Attempts"/>.
/// </summary>
public sealed class OutboxSender(
    bool inside, OutboxClaims claims, IEnumerable<Channel> channels, CaseExecutor executor, WakeUp wake, ServerClock clock, NodeReadiness readiness,
    ILogger<OutboxSender> log) : BackgroundService
{
    /// <summary>With the waits between them this is about two days.</summary>
    public const int Attempts = 12;

    public static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(30);

    private const int Batch = 32;
    private const int Concurrent = 8;

    private static readonly Sql Settled = new("delete from outbox where message_id = $1", "t");

    private readonly FrozenDictionary<MessageKind, Channel> channels =
        channels.SelectMany(channel => channel.Kinds, (channel, kind) => KeyValuePair.Create(kind, channel)).ToFrozenDictionary();

    /// <summary>How long to wait after a failed attempt: 5 s, 15 s, 45 s … at most 12 h.</summary>
    public static TimeSpan WaitAfter(int attempts) => TimeSpan.FromSeconds(Math.Min(5 * Math.Pow(3, Math.Clamp(attempts - 1, 0, 20)), 12 * 3600));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var signal = inside ? wake.Inside : wake.Outside;
        while (!stoppingToken.IsCancellationRequested)
        {
            var next = clock.Now + SweepEvery;
            try
            {
                if (readiness.IsReady)
                {
                    await DrainAsync(stoppingToken);
                    next = await claims.NextAsync(inside, stoppingToken) is { } at && at < next ? at : next;
                }
                await signal.SleepAsync(next, clock, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // The sender must outlive a database that is away for a while; what was claimed comes back when its lease ends.
            catch (Exception broken)
            {
                log.LogError(broken, "Messages could not be claimed; trying again in {Seconds} s.", 5);
                await Task.Delay(TimeSpan.FromSeconds(5), clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
#pragma warning restore CA1031
        }
    }

    /// <summary>Sends everything that may be sent now.</summary>
    /// <returns>How many messages were tried.</returns>
    public async Task<int> DrainAsync(CancellationToken cancel)
    {
        var tried = 0;
        while (await claims.ClaimAsync(inside, clock.Now, Batch, cancel) is { Count: > 0 } claimed)
        {
            await Parallel.ForEachAsync(claimed, new ParallelOptions { MaxDegreeOfParallelism = Concurrent, CancellationToken = cancel },
                async (message, stop) => await SendAsync(message, stop));
            tried += claimed.Count;
        }
        return tried;
    }

    private async Task SendAsync(OutboxMessage message, CancellationToken cancel)
    {
        try
        {
            var reply = await DeliverAsync(message, cancel);
            if (message.WantsReply)
                await TellCaseAsync(message, new(message.MessageId, Delivered: true, reply, Error: null), cancel);
            else
                await claims.DoneAsync(message, cancel);
        }
        catch (DeliveryFailedException failed) when (failed.Again && message.Attempts < Attempts)
        {
            await claims.PostponeAsync(message, clock.Now + WaitAfter(message.Attempts), failed.Message, cancel);
        }
        catch (DeliveryFailedException failed)
        {
            log.LogError(failed, "Message {Message} of case {Case} is given up after {Attempts} attempts: {Reason}", message.MessageId, message.CaseId, message.Attempts, failed.Message);
            if (message.WantsReply)
                await TellCaseAsync(message, new(message.MessageId, Delivered: false, Reply: null, failed.Message), cancel);
            else
                await claims.GiveUpAsync(message, failed.Message, clock.Now, cancel);
        }
#pragma warning disable CA1031 // A message that breaks its channel must not stop the others; it waits like one that was not delivered.
        catch (Exception broken) when (broken is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            log.LogError(broken, "Message {Message} of case {Case} broke its channel.", message.MessageId, message.CaseId);
            if (message.Attempts < Attempts)
                await claims.PostponeAsync(message, clock.Now + WaitAfter(message.Attempts), broken.Message, cancel);
            else
                await claims.GiveUpAsync(message, broken.Message, clock.Now, cancel);
        }
#pragma warning restore CA1031
    }

    private Task<JsonNode?> DeliverAsync(OutboxMessage message, CancellationToken cancel)
    {
        if (!channels.TryGetValue(message.Kind, out var channel))
            throw new DeliveryFailedException($"This server has no way of delivering messages of kind {message.Kind}.", again: false);
        var payload = JsonNode.Parse(message.Payload) as JsonObject ?? throw new DeliveryFailedException($"Message '{message.MessageId}' is not a JSON object.", again: false);
        return channel.DeliverAsync(message, payload, cancel);
    }

    /// <summary>The case moves and the row goes in one transaction, so a reply is told once.</summary>
    private async Task TellCaseAsync(OutboxMessage message, Stimulus.MessageReply reply, CancellationToken cancel)
    {
        try
        {
            await executor.ExecuteAsync(message.CaseId, new CaseCommand
            {
                Decide = _ => ValueTask.FromResult(new Move(reply) { Rows = [Statement.Of(Settled, message.MessageId)] }),
                Lane = Lane.Background,
            }, cancel);
        }
        catch (Exception refused) when (refused is StimulusRefusedException or CaseNotFoundException)
        {
            if (log.IsEnabled(LogLevel.Information))
                log.LogInformation(refused, "Nobody waits for the reply to message {Message} any more.", message.MessageId);
            await claims.DoneAsync(message, cancel);
        }
    }
}
