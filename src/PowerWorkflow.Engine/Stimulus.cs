using System.Collections.Frozen;
using System.Text.Json.Nodes;

namespace PowerWorkflow.Engine;

/// <summary>Something that happened to a case. The closed set of everything that can move one.</summary>
public abstract record Stimulus
{
    private Stimulus() { }

    /// <summary>The case begins with the pinned version of its definition.</summary>
    /// <param name="Inputs">Workflow inputs by name; already of their declared types.</param>
    /// <param name="Actor">Who started it.</param>
    /// <param name="Data">First sections of the data document (for instance CASE and CUST from the start form).</param>
    public sealed record Start(IReadOnlyDictionary<string, JsonNode?> Inputs, Actor Actor, IReadOnlyDictionary<string, JsonObject>? Data = null) : Stimulus
    {
        /// <summary>Id of the activity at the head of the definition (Timer, Cron, Event) that started the case and need not wait any more; null for a start by a person.</summary>
        public string? Trigger { get; init; }
    }

    /// <summary>A person finished a task, or gave one of several needed signatures.</summary>
    /// <param name="TaskId">The open task.</param>
    /// <param name="Outcome">The chosen outcome's code.</param>
    /// <param name="Actor">Who acts, and on whose behalf.</param>
    /// <param name="Data">Whole sections to be written, by field-set code; replaces each named section.</param>
    public sealed record CompleteTask(string TaskId, string Outcome, Actor Actor, IReadOnlyDictionary<string, JsonObject> Data) : Stimulus
    {
        /// <summary>With an outcome that goes back: the activity to return to, one of the task's permitted return targets.</summary>
        public string? ReturnTo { get; init; }

        /// <summary>Why; asked for when a task is returned.</summary>
        public string? Comment { get; init; }

        /// <summary>What the device knew and the server cannot: device time, position, file hashes. Goes to the journal as it is.</summary>
        public JsonObject? Evidence { get; init; }
    }

    /// <summary>A timer of the case came due.</summary>
    public sealed record FireTimer(string TimerId, DateTimeOffset DueAt) : Stimulus;

    /// <summary>An event the case waits for was published.</summary>
    public sealed record DeliverEvent(string WaitId, string EventName, JsonNode? Payload) : Stimulus;

    /// <summary>What came back for a message of this case that had been sent outside.</summary>
    public sealed record MessageReply(string MessageId, bool Delivered, JsonNode? Reply, string? Error) : Stimulus;

    /// <summary>The case is ended by a person before its natural end.</summary>
    public sealed record Cancel(Actor Actor, string Reason) : Stimulus;

    /// <summary>A faulted activity runs again.</summary>
    public sealed record RetryIncident(string IncidentId, Actor Actor) : Stimulus;

    /// <summary>A faulted activity is left by the given outcome without running again.</summary>
    public sealed record SkipIncident(string IncidentId, string Outcome, Actor Actor, string Reason) : Stimulus;

    /// <summary>
    /// Something to be recorded that moves no token: a claim, a release, a delegation, an attachment, a correction. The domain's clocks answer to some.
    /// </summary>
    /// <param name="Kind">Journal kind, PascalCase (TaskClaimed, TaskDelegated …).</param>
    /// <param name="ActivityId">Path of the activity concerned, if any.</param>
    /// <param name="Actor">Who did it.</param>
    /// <param name="Detail">What the journal shall hold.</param>
    public sealed record Note(string Kind, string? ActivityId, Actor Actor, JsonObject Detail) : Stimulus
    {
        /// <summary>Whole sections to be written with the note.</summary>
        public IReadOnlyDictionary<string, JsonObject> Data { get; init; } = FrozenDictionary<string, JsonObject>.Empty;
    }
}

/// <summary>Who acts.</summary>
/// <param name="Person">Person id, or <c>system</c>.</param>
/// <param name="OnBehalfOf">The person whose task it is when a substitute acts; both stand in the journal.</param>
public sealed record Actor(string Person, string? OnBehalfOf = null)
{
    /// <summary>The system itself: timers, jobs.</summary>
    public static Actor System { get; } = new("system");
}
