using System.Globalization;
using System.Text.Json.Nodes;
using PowerWorkflow.Engine;
using PowerWorkflow.Processes.Clocks;
using PowerWorkflow.Processes.Reminders;

namespace PowerWorkflow.Processes.Activities;

/// <summary>
/// The ladders of a case's clocks. Each clock has one timer, at its next rung; which rungs were sent stands in the case, so that none is sent twice whoever
/// crashes. Rungs that came due together (nothing ran for three days) are sent as one message, that of the highest, to everybody concerned.
/// </summary>
internal sealed class CaseReminders(CaseContext context, CaseWorld world)
{
    private const string Memory = "rungs";

    /// <summary>Sets, moves and clears the timers for clocks as they stand.</summary>
    public void Plan(IReadOnlyList<ClockReading> clocks)
    {
        var kept = Kept();
        foreach (var clock in clocks)
        {
            var next = clock.Status == ClockStatus.Stopped ? null : Waiting(clock, kept).FirstOrDefault()?.At;
            Set(clock.Clock, next, kept);
        }
        context.SetCaseMemory(Memory, kept);
    }

    /// <summary>Sends the rungs that are due.</summary>
    /// <returns>False when the timer belongs to no clock of the case.</returns>
    public bool Fire(string timerId, IReadOnlyList<ClockReading> clocks)
    {
        if (clocks.FirstOrDefault(clock => TimerOf(clock.Clock) == timerId) is not { } clock) return false;
        var kept = Kept();
        Planned(kept).Remove(clock.Clock);
        if (clock.Status != ClockStatus.Stopped)
        {
            var due = Waiting(clock, kept).TakeWhile(rung => rung.At <= context.Now).ToList();
            if (due.Count > 0) Send(clock, due, kept);
            Set(clock.Clock, Waiting(clock, kept).FirstOrDefault()?.At, kept);
        }
        context.SetCaseMemory(Memory, kept);
        return true;
    }

    /// <summary>The case has ended: nobody is reminded any more.</summary>
    public void Clear(IReadOnlyList<ClockReading> clocks)
    {
        var kept = Kept();
        foreach (var clock in clocks) Set(clock.Clock, null, kept);
        context.SetCaseMemory(Memory, kept);
    }

    private IEnumerable<RungTime> Waiting(ClockReading clock, JsonObject kept)
    {
        if (world.Ladders.ByCode.Values.FirstOrDefault(ladder => ladder.Kinds.Contains(clock.Terms.Kind)) is not { } ladder || clock.Terms.Limit is null) return [];
        var sent = Sent(kept).Select(key => (string?)key).ToHashSet();
        return RungTimes.Of(ladder, clock, world.WorkingCalendar, world.Ladders.Quiet).Where(rung => rung.At is not null && !sent.Contains(rung.Key)).OrderBy(rung => rung.At);
    }

    private void Send(ClockReading clock, IReadOnlyList<RungTime> due, JsonObject kept)
    {
        foreach (var rung in due) Sent(kept).Add(rung.Key);
        var highest = due[^1].Rung;
        var recipients = due.SelectMany(rung => rung.Rung.To).Distinct().ToList();
        foreach (var channel in due.SelectMany(rung => rung.Rung.Channels).Distinct())
        {
            var payload = Payload(clock, due, highest, recipients);
            context.Emit(new Effect.Send(context.NextId(), KindOf(channel), channel == ReminderChannel.Webhook ? "reminders" : null, payload, WantsReply: false));
        }
        context.Record("RungReached", new JsonObject
        {
            ["clock"] = clock.Clock,
            ["rungs"] = new JsonArray([.. due.Select(rung => (JsonNode)rung.Rung.Key)]),
            ["dueAt"] = clock.Due?.At,
            ["to"] = Recipients(recipients),
            ["marks"] = new JsonArray([.. due.SelectMany(rung => rung.Rung.Marks).Distinct().Select(mark => (JsonNode)mark)]),
        });
    }

    private JsonObject Payload(ClockReading clock, IReadOnlyList<RungTime> due, Rung highest, IReadOnlyList<Recipient> recipients) => new()
    {
        ["template"] = "deadline-" + (clock.Late ? "overdue" : "reminder"),
        ["to"] = Recipients(recipients),
        ["values"] = new JsonObject
        {
            ["caseNumber"] = context.GetCaseInfo("number"),
            ["clock"] = clock.Clock,
            ["rung"] = highest.Key,
            ["rungs"] = due.Count,
            ["dueAt"] = clock.Due?.At,
            ["remaining"] = clock.Remaining,
            ["overdue"] = clock.Overdue,
            ["provisional"] = clock.Provisional,
        },
        ["urgent"] = due.Any(rung => rung.Rung.Urgent),
    };

    private static JsonArray Recipients(IEnumerable<Recipient> recipients) => new([.. recipients.Select(recipient => (JsonNode)new JsonObject
    {
        ["kind"] = recipient.Kind.ToString(), ["code"] = recipient.Code, ["level"] = recipient.Level, ["digest"] = recipient.Digest, ["copy"] = recipient.Copy,
    })]);

    private static MessageKind KindOf(ReminderChannel channel) => channel switch
    {
        ReminderChannel.InApp => MessageKind.InApp,
        ReminderChannel.Email => MessageKind.Email,
        ReminderChannel.Webhook => MessageKind.Webhook,
        _ => throw new System.Diagnostics.UnreachableException($"No message kind for channel {channel}."),
    };

    private void Set(string clock, DateTimeOffset? at, JsonObject kept)
    {
        var planned = Planned(kept);
        var text = at?.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);
        if ((string?)planned[clock] == text) return;
        if (at is { } instant)
        {
            planned[clock] = text;
            var utc = instant.UtcDateTime;
            // Timers hold whole milliseconds; a rung is never sent before its time.
            var whole = new DateTimeOffset(utc.Ticks + (TimeSpan.TicksPerMillisecond - utc.Ticks % TimeSpan.TicksPerMillisecond) % TimeSpan.TicksPerMillisecond, TimeSpan.Zero);
            context.Emit(new Effect.SetTimer(TimerOf(clock), whole, MissedTimer.FireOnce, "Rung", clock));
        }
        else
        {
            planned.Remove(clock);
            context.Emit(new Effect.ClearTimer(TimerOf(clock)));
        }
    }

    private string TimerOf(string clock) => $"{context.CaseId}.rung.{clock}";

    private JsonObject Kept() => context.CaseMemory(Memory)?.DeepClone() as JsonObject ?? new JsonObject { ["sent"] = new JsonArray(), ["planned"] = new JsonObject() };

    private static JsonArray Sent(JsonObject kept) => kept["sent"]!.AsArray(); // Kept gives both

    private static JsonObject Planned(JsonObject kept) => kept["planned"]!.AsObject(); // Kept gives both
}
