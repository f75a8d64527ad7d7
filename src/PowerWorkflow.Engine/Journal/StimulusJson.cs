using System.Globalization;
using System.Text.Json.Nodes;
using PowerWorkflow.Engine.Expressions;

namespace PowerWorkflow.Engine.Journal;

/// <summary>
/// A stimulus as the journal and a failed turn keep it, and back. What may be personal stands under <c>values</c>, which the journal seals; everything else
/// stays readable for good.
/// </summary>
public static class StimulusJson
{
    /// <summary>The journal kind of a stimulus, and what it holds besides the actor.</summary>
    public static (string Kind, JsonObject Detail) Write(Stimulus stimulus)
    {
        var values = new JsonObject();
        JsonObject detail;
        string kind;
        switch (stimulus)
        {
            case Stimulus.Start start:
                (kind, detail) = ("CaseStarted", []);
                if (start.Trigger is { } trigger) detail["trigger"] = trigger;
                foreach (var (name, value) in start.Inputs) values[$"input.{name}"] = value?.DeepClone();
                AddSections(values, start.Data);
                break;
            case Stimulus.CompleteTask completion:
                (kind, detail) = ("TaskCompleted", new() { ["task"] = completion.TaskId, ["outcome"] = completion.Outcome });
                if (completion.ReturnTo is { } target) detail["returnTo"] = target;
                if (completion.Comment is { } comment) values["comment"] = comment;
                if (completion.Evidence is { } evidence) values["evidence"] = evidence.DeepClone();
                AddSections(values, completion.Data);
                break;
            case Stimulus.FireTimer timer:
                (kind, detail) = ("TimerFired", new() { ["timer"] = timer.TimerId, ["dueAt"] = Instant(timer.DueAt) });
                break;
            case Stimulus.DeliverEvent delivery:
                (kind, detail) = ("EventDelivered", new() { ["wait"] = delivery.WaitId, ["event"] = delivery.EventName });
                if (delivery.Payload is { } payload) values["payload"] = payload.DeepClone();
                break;
            case Stimulus.MessageReply reply:
                (kind, detail) = ("MessageReplied", new() { ["message"] = reply.MessageId, ["delivered"] = reply.Delivered });
                if (reply.Reply is { } content) values["reply"] = content.DeepClone();
                if (reply.Error is { } error) values["error"] = error;
                break;
            case Stimulus.Cancel cancel:
                (kind, detail) = ("CaseCancelled", []);
                values["reason"] = cancel.Reason;
                break;
            case Stimulus.RetryIncident retry:
                (kind, detail) = ("IncidentRetried", new() { ["incident"] = retry.IncidentId });
                break;
            case Stimulus.SkipIncident skip:
                (kind, detail) = ("IncidentSkipped", new() { ["incident"] = skip.IncidentId, ["outcome"] = skip.Outcome });
                values["reason"] = skip.Reason;
                break;
            case Stimulus.Note note:
                (kind, detail) = (note.Kind, (JsonObject)note.Detail.DeepClone());
                detail["note"] = true;
                if (detail["values"] is JsonObject own)
                {
                    detail.Remove("values");
                    values = own;
                }
                AddSections(values, note.Data);
                break;
            default:
                throw new System.Diagnostics.UnreachableException($"The journal has no form for {stimulus.GetType().Name}.");
        }
        if (values.Count > 0) detail["values"] = values;
        return (kind, detail);
    }

    /// <summary>The stimulus of a journal entry; null for entries that only tell what followed from one.</summary>
    public static Stimulus? Read(string kind, JsonObject detail, string? activityId, Actor actor)
    {
        var values = detail.Object("values") ?? [];
        switch (kind)
        {
            case "CaseStarted":
                return new Stimulus.Start(values.Where(v => v.Key.StartsWith("input.", StringComparison.Ordinal)).ToDictionary(v => v.Key["input.".Length..], v => v.Value), actor, Sections(values)) { Trigger = detail.Text("trigger") };
            case "TaskCompleted" or "TaskSigned":
                return new Stimulus.CompleteTask(Required(detail, "task"), Required(detail, "outcome"), actor, Sections(values))
                {
                    ReturnTo = detail.Text("returnTo"), Comment = values.Text("comment"), Evidence = values.Object("evidence"),
                };
            case "TimerFired":
                return new Stimulus.FireTimer(Required(detail, "timer"), Values.ToInstant(Required(detail, "dueAt"), TimeZoneInfo.Utc));
            case "EventDelivered":
                return new Stimulus.DeliverEvent(Required(detail, "wait"), Required(detail, "event"), values["payload"]);
            case "MessageReplied":
                return new Stimulus.MessageReply(Required(detail, "message"), detail.Flag("delivered"), values["reply"], values.Text("error"));
            case "CaseCancelled":
                return new Stimulus.Cancel(actor, values.Text("reason") ?? "");
            case "IncidentRetried":
                return new Stimulus.RetryIncident(Required(detail, "incident"), actor);
            case "IncidentSkipped":
                return new Stimulus.SkipIncident(Required(detail, "incident"), Required(detail, "outcome"), actor, values.Text("reason") ?? "");
            default:
                if (!detail.Flag("note")) return null;
                var own = (JsonObject)detail.DeepClone();
                own.Remove("note");
                if (own["values"] is JsonObject kept)
                {
                    foreach (var section in kept.Select(v => v.Key).Where(k => k.StartsWith("section.", StringComparison.Ordinal)).ToList()) kept.Remove(section);
                    if (kept.Count == 0) own.Remove("values");
                }
                return new Stimulus.Note(kind, activityId, actor, own) { Data = Sections(values) };
        }
    }

    internal static string Instant(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static void AddSections(JsonObject values, IReadOnlyDictionary<string, JsonObject>? data)
    {
        if (data is null) return;
        foreach (var (code, section) in data) values[$"section.{code}"] = section.DeepClone();
    }

    private static Dictionary<string, JsonObject> Sections(JsonObject values) => values
        .Where(v => v.Key.StartsWith("section.", StringComparison.Ordinal) && v.Value is JsonObject)
        .ToDictionary(v => v.Key["section.".Length..], v => (JsonObject)v.Value!.DeepClone()); // filtered to objects

    private static string Required(JsonObject detail, string member) =>
        detail.Text(member) ?? throw new InvalidDataException($"The journal entry lacks '{member}'.");
}
