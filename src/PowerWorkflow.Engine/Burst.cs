using System.Text.Json.Nodes;
using PowerWorkflow.Engine.Journal;

namespace PowerWorkflow.Engine;

/// <summary>What one stimulus did: to be committed whole, in one transaction, or not at all.</summary>
/// <param name="State">The case after the burst.</param>
/// <param name="Effects">Rows to be written with it, in order.</param>
/// <param name="Journal">What is recorded, in order; numbered and hashed when it is committed.</param>
/// <param name="Lines">Text written by WriteLine activities, for the command line.</param>
public sealed record Burst(CaseState State, IReadOnlyList<Effect> Effects, IReadOnlyList<JournalEntry> Journal, IReadOnlyList<string> Lines);

/// <summary>One row-level consequence of a burst. The closed set of everything a burst can ask the storage to do.</summary>
public abstract record Effect
{
    private Effect() { }

    /// <summary>A step waits for people.</summary>
    public sealed record OpenTask(TaskSpecification Task) : Effect;

    /// <summary>An open task was signed by one more person and still waits for others.</summary>
    public sealed record SignTask(string TaskId, IReadOnlyList<string> SignedBy, string Outcome) : Effect;

    /// <summary>An open task is due at another time, or (null) at none while a pause holds its clock.</summary>
    public sealed record RescheduleTask(string TaskId, DateTimeOffset? DueAt) : Effect;

    /// <summary>A task is no longer open.</summary>
    /// <param name="Outcome">How a person left it; null when it was cancelled with its branch or case.</param>
    /// <param name="CompletedBy">Who; null when cancelled.</param>
    public sealed record CloseTask(string TaskId, string? Outcome, string? CompletedBy) : Effect;

    /// <summary>The case wants to be woken.</summary>
    /// <param name="TimerId">Unique in the installation; setting it again moves it.</param>
    /// <param name="DueAt">UTC.</param>
    /// <param name="Missed">What to do when it was missed while nothing ran.</param>
    /// <param name="Kind">Delay, StartAt, Timer, Cron, Deadline, Rung … for lists and measures.</param>
    public sealed record SetTimer(string TimerId, DateTimeOffset DueAt, MissedTimer Missed, string Kind, string ActivityId) : Effect;

    /// <summary>The timer is no longer wanted; not an error when it is gone.</summary>
    public sealed record ClearTimer(string TimerId) : Effect;

    /// <summary>The case waits for an event.</summary>
    public sealed record AwaitEvent(string WaitId, string EventName, string? CorrelationId) : Effect;

    /// <summary>The case no longer waits for it.</summary>
    public sealed record DropEvent(string WaitId) : Effect;

    /// <summary>A section of the data document has this value from now on.</summary>
    public sealed record WriteSection(string Section, JsonObject Value) : Effect;

    /// <summary>A message to the outside or to another case; delivered at least once under its id as idempotency key.</summary>
    /// <param name="MessageId">Unique in the installation, the same when the burst is run again.</param>
    /// <param name="Kind">What kind of delivery.</param>
    /// <param name="Connection">The administrator's name for where it goes; null for internal kinds.</param>
    /// <param name="Payload">What is delivered.</param>
    /// <param name="WantsReply">Whether the case waits for a <see cref="Stimulus.MessageReply"/>.</param>
    public sealed record Send(string MessageId, MessageKind Kind, string? Connection, JsonObject Payload, bool WantsReply) : Effect;

    /// <summary>A row the domain keeps beside the case (clock, register entry, document). The last value for a kind and key wins; null removes it.</summary>
    public sealed record Project(string Kind, string Key, JsonObject? Value) : Effect;
}

/// <summary>Where a message goes.</summary>
public enum MessageKind
{
    /// <summary>HTTP POST to a connection.</summary>
    Webhook,
    /// <summary>E-mail through the SMTP connection.</summary>
    Email,
    /// <summary>To people inside: shown in their inbox.</summary>
    InApp,
    /// <summary>HTTP request of a SendHttpRequest activity to a connection; the reply comes back to the case.</summary>
    Http,
    /// <summary>Starts another case here (DispatchWorkflow, StartCase).</summary>
    StartCase,
    /// <summary>Delivers an event to waiting cases here (PublishEvent).</summary>
    PublishEvent,
}

/// <summary>What happens to a timer that came due while nothing ran.</summary>
public enum MissedTimer
{
    /// <summary>Fires once, late.</summary>
    FireOnce,
    /// <summary>A recurring timer fires once for each missed occurrence, in order.</summary>
    FireAll,
    /// <summary>Does not fire; the journal says so; a recurring timer goes on with its next occurrence.</summary>
    Skip,
    /// <summary>Does not fire; the activity plans anew from now.</summary>
    Replan,
}

/// <summary>A step that waits for people, as the definition and the case's data describe it.</summary>
public sealed record TaskSpecification
{
    /// <summary>Unique in the installation: case id and sequence.</summary>
    public required string TaskId { get; init; }
    /// <summary>Path of activity ids from the case's definition down to the step, joined by '/'.</summary>
    public required string ActivityId { get; init; }
    /// <summary>Stable code of the step (the activity's name in the definition, e.g. <c>survey</c>); labels hang on it.</summary>
    public required string Step { get; init; }
    /// <summary>Title shown to people, already evaluated.</summary>
    public required string Title { get; init; }
    /// <summary>Definition (id) the step was drawn in; its labels and forms belong there.</summary>
    public required string Process { get; init; }
    /// <summary>Role code that may do it (R-SV …); null when only a named person may.</summary>
    public string? Role { get; init; }
    /// <summary>Person id who must do it; null for anybody with the role.</summary>
    public string? Person { get; init; }
    /// <summary>Unit code whose people are asked; null means the case's unit.</summary>
    public string? Unit { get; init; }
    /// <summary>Form code, or null for a step without one.</summary>
    public string? Form { get; init; }
    /// <summary>Judge code when the data decide which outcomes are permitted.</summary>
    public string? Judge { get; init; }
    /// <summary>Outcome codes, at least one.</summary>
    public required IReadOnlyList<string> Outcomes { get; init; }
    /// <summary>0 normal, 1 green channel, 2 emergency. Higher is shown first.</summary>
    public int Priority { get; init; }
    /// <summary>How many different persons must sign; 1 normally, 2 for a two-person inspection.</summary>
    public int Persons { get; init; } = 1;
    /// <summary>Persons who may not do it because they did a step that must be checked by somebody else.</summary>
    public IReadOnlyList<string> NotPersons { get; init; } = [];
    /// <summary>Whether the task may be handed to another qualified person.</summary>
    public bool AllowDelegate { get; init; } = true;
    /// <summary>Activity ids (same container) the person may send the case back to.</summary>
    public IReadOnlyList<string> ReturnTargets { get; init; } = [];
    /// <summary>Evidence that must be attached before completion: photo, position, signature, document.</summary>
    public IReadOnlyList<string> Evidence { get; init; } = [];
    /// <summary>When the step should be done, UTC; null without a deadline.</summary>
    public DateTimeOffset? DueAt { get; init; }
    /// <summary>Policy item that measures the step (ACCEPT, PLAN_REPLY …), if any.</summary>
    public string? Limit { get; init; }
    /// <summary>Ladder code that reminds about it, if any.</summary>
    public string? Ladder { get; init; }
}
