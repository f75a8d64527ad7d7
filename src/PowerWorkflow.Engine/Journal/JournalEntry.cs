using System.Text.Json.Nodes;

namespace PowerWorkflow.Engine.Journal;

/// <summary>
/// One fact about a case, before it is numbered and chained (see <see cref="JournalChain"/>). With the stimulus entries alone and the pinned definitions the
/// state of the case can be rebuilt.
/// </summary>
/// <param name="Kind">CaseStarted, TaskOpened, TaskCompleted, ActivityCompleted, VariableSet, SectionWritten, TimerSet, Incident … PascalCase, documented in docs/journal.md.</param>
/// <param name="At">Server time, UTC, whole milliseconds.</param>
/// <param name="Actor">Who.</param>
/// <param name="ActivityId">Path of the activity, or null for the case itself.</param>
/// <param name="ActivityType">Its type name.</param>
/// <param name="ExecutionId">Which execution of it (a loop executes an activity many times).</param>
/// <param name="Detail">What: outcome, values before and after, evidence, versions.</param>
public sealed record JournalEntry(
    string Kind,
    DateTimeOffset At,
    Actor Actor,
    string? ActivityId,
    string? ActivityType,
    string? ExecutionId,
    JsonObject Detail);
