using System.Text.Json.Nodes;
using PowerWorkflow.Engine;
using PowerWorkflow.Engine.Journal;
using PowerWorkflow.Server.Storage.Schema;

namespace PowerWorkflow.Server.Storage;

/// <summary>Whose command it is. The same person, id and request again is the same command; with another request it is refused.</summary>
/// <param name="Person">Person id, or <c>system</c> for commands of the server itself.</param>
/// <param name="CommandId">Chosen by the client, unique per person.</param>
/// <param name="RequestHash">SHA-256 of what was asked.</param>
public sealed record CommandIdentity(string Person, string CommandId, byte[] RequestHash);

/// <summary>What a command answers; stored with it and given again when it is repeated.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">JSON body.</param>
public sealed record Reply(int Status, JsonNode? Body);

/// <summary>A claim, release or delegation: who holds an open task now, and who is the only one who may do it.</summary>
/// <param name="ClaimedBy">Person, or null when nobody holds it.</param>
/// <param name="ClaimedAt">Since when.</param>
/// <param name="Person">The only person who may do it, or null for anybody with the role.</param>
public sealed record TaskHold(string TaskId, string? ClaimedBy, DateTimeOffset? ClaimedAt, string? Person);

/// <summary>A due timer that was claimed by this node.</summary>
public sealed record ClaimedTimer(string TimerId, string CaseId, string ActivityId, string Kind, DateTimeOffset DueAt, MissedTimer Missed, string Lease, int Attempts);

/// <summary>Everything one burst changes, to be committed whole or not at all.</summary>
public sealed record CommitUnit
{
    /// <summary>The case's header after the burst.</summary>
    public required CaseHeader Header { get; init; }
    /// <summary>The header before the burst; null for a new case.</summary>
    public CaseHeader? Before { get; init; }
    /// <summary>JSON of the pins of a new case; null otherwise.</summary>
    public string? Pins { get; init; }
    /// <summary>Version that was read; 0 for a new case.</summary>
    public required long ReadVersion { get; init; }
    /// <summary>State after the burst, UTF-8 JSON.</summary>
    public required byte[] State { get; init; }
    /// <summary>Chained entries, at least one.</summary>
    public required IReadOnlyList<ChainedEntry> Journal { get; init; }
    public required IReadOnlyList<Effect> Effects { get; init; }
    /// <summary>Open tasks before the burst, by task id.</summary>
    public required IReadOnlyDictionary<string, TaskRow> Tasks { get; init; }
    public IReadOnlyList<TaskHold> Holds { get; init; } = [];
    /// <summary>Further rows of the command, for tables that no other code writes inside a case's transaction (files bound to it …).</summary>
    public IReadOnlyList<Statement> Rows { get; init; } = [];
    public CommandIdentity? Command { get; init; }
    public Reply? Reply { get; init; }
    /// <summary>The timer whose firing this is.</summary>
    public ClaimedTimer? Fired { get; init; }
    /// <summary>Who acted and what they said, for the history of closed tasks.</summary>
    public Stimulus? Stimulus { get; init; }
    /// <summary>Server time.</summary>
    public required DateTimeOffset At { get; init; }
}
