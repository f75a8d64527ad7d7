using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace PowerWorkflow.Server.Queries;

/// <summary>A step the case waits at.</summary>
/// <param name="Since">UTC.</param>
/// <param name="Assignee">Name of the person who claimed it or must do it.</param>
public sealed record WaitingStep(
    string Step, string Title, string? Role, string? RoleName, DateTimeOffset Since, string? Assignee, DateTimeOffset? DueAt);

/// <summary>A case in lists.</summary>
/// <param name="Status">Running, Finished, Faulted or Cancelled.</param>
/// <param name="Name">What SetName called it.</param>
/// <param name="Customer">The customer's name.</param>
/// <param name="Priority">0 normal, 1 green channel, 2 emergency.</param>
/// <param name="StartedBy">Name of the person.</param>
public record CaseSummary(
    string Id, string Number, string Process, string ProcessName, int Version, string Status, string Unit, string UnitName, string? Name, string? Customer,
    int Priority, DateTimeOffset CreatedAt, DateTimeOffset? FinishedAt, string? StartedBy, IReadOnlyList<WaitingStep> WaitingAt);

/// <summary>A case with everything its page shows.</summary>
/// <param name="Data">The data document: sections by field-set code.</param>
/// <param name="Pins">Versions the case is tied to.</param>
public sealed record CaseDetail(
    [property: JsonIgnore] CaseSummary Summary, IReadOnlyDictionary<string, JsonNode?> Data, JsonNode? Pins, Drawing Drawing,
    IReadOnlyList<TaskItem> Tasks, IReadOnlyList<HistoryEntry> History, IReadOnlyList<IncidentEntry> Incidents, IReadOnlyList<ClockEntry> Clocks,
    IReadOnlyList<Attachment> Attachments, bool CanCancel) : CaseSummary(Summary);

/// <summary>The drawn process and where the case stands in it.</summary>
/// <param name="Document">The pinned definition document, positions included.</param>
/// <param name="States">By path of activity ids.</param>
/// <param name="Nested">Definitions drawn inside, each under the path of the activity that runs it.</param>
public sealed record Drawing(JsonNode Document, IReadOnlyDictionary<string, DrawnState> States, IReadOnlyList<NestedDrawing> Nested);

/// <param name="Status">waiting, done, faulted or cancelled.</param>
/// <param name="Count">How often it was completed.</param>
public sealed record DrawnState(string Status, int Count, DateTimeOffset? LastAt);

public sealed record NestedDrawing(string Path, string DefinitionId, string Name, JsonNode Document);

/// <summary>A step that is done or was withdrawn.</summary>
public sealed record HistoryEntry(
    string TaskId, string Step, string Title, DateTimeOffset OpenedAt, DateTimeOffset? ClaimedAt, DateTimeOffset? CompletedAt, string? CompletedBy,
    string? Outcome, string? OutcomeLabel, string? Comment);

/// <summary>Something that failed and waits for somebody.</summary>
/// <param name="Outcomes">By which ports it may be skipped.</param>
public sealed record IncidentEntry(
    string Id, string Activity, string ActivityTitle, string Type, string Message, DateTimeOffset At, IReadOnlyList<string> Outcomes);

/// <summary>A time limit of the case.</summary>
/// <param name="Provisional">The due date rests on a year without an official calendar yet.</param>
/// <param name="Remaining">ISO 8601 duration until due, negative when late; null when it does not run.</param>
public sealed record ClockEntry(
    string Code, string? Item, DateTimeOffset? StartedAt, DateTimeOffset? DueAt, bool Provisional, string State, string? PausedBy, string? Remaining);

/// <summary>A file of the case.</summary>
public sealed record Attachment(string Id, string Name, long Size, string ContentType, string Sha256, DateTimeOffset At, string? ByName);

/// <summary>One entry of the journal.</summary>
/// <param name="Hash">Hex; chains to the entry before.</param>
public sealed record JournalItem(
    long Sequence, string Kind, DateTimeOffset At, string? Actor, string? ActorName, string? OnBehalfOf, string? Activity, string? ActivityTitle,
    JsonNode? Detail, string Hash);

/// <param name="Next">Sequence to ask behind for the next page; null on the last one.</param>
public sealed record JournalPage(IReadOnlyList<JournalItem> Items, long? Next, JournalHead? Head);

/// <summary>The last entry of the chain.</summary>
public sealed record JournalHead(long Sequence, string Hash);
