using System.Text.Json.Nodes;
using PowerWorkflow.Engine;
using PowerWorkflow.Server.Definitions;
using PowerWorkflow.Server.Storage;
using PowerWorkflow.Server.Storage.Schema;

namespace PowerWorkflow.Server.Commands;

/// <summary>A case as a command finds it, or as it stands after its burst.</summary>
/// <param name="Data">Sections of the data document; read, not changed.</param>
/// <param name="Tasks">Open tasks, oldest first.</param>
public sealed record CaseSnapshot(
    CaseHeader Header, CaseState State, IReadOnlyDictionary<string, JsonObject> Data, IReadOnlyList<TaskRow> Tasks, CasePins Pins, World World)
{
    /// <summary>The open task, or null when it is not open any more.</summary>
    public TaskRow? Task(string taskId) => Tasks.FirstOrDefault(task => task.TaskId == taskId);
}

/// <summary>What a command does to a case.</summary>
/// <param name="Stimulus">What happened.</param>
public sealed record Move(Stimulus Stimulus)
{
    /// <summary>Claims, releases, delegations that go with it.</summary>
    public IReadOnlyList<TaskHold> Holds { get; init; } = [];

    /// <summary>Further rows to be committed with it, for tables of the command's own (files bound to the case …).</summary>
    public IReadOnlyList<Statement> Rows { get; init; } = [];
}

/// <summary>A command for one case, in the parts that <see cref="CaseExecutor"/> calls in their order. All but the identity may be called again after a lost race.</summary>
public sealed record CaseCommand
{
    /// <summary>Null for what is safe to repeat by itself: a timer goes with its firing.</summary>
    public CommandIdentity? Identity { get; init; }

    /// <summary>May this person do this here at all? Throws when not. Asked before a stored reply is given, too.</summary>
    public Action<CaseSnapshot> Allow { get; init; } = _ => { };

    /// <summary>Checks the command against the case (the task is open, the form is valid, the judge permits the outcome …) and says what it does. Throws to refuse.</summary>
    public required Func<CaseSnapshot, ValueTask<Move>> Decide { get; init; }

    /// <summary>What is answered and stored, from the case as it will stand. No clock and no database in here: it runs before the commit.</summary>
    public Func<CaseSnapshot, Burst, Reply> Answer { get; init; } = (_, _) => new Reply(204, null);

    /// <summary>The timer whose firing this is.</summary>
    public ClaimedTimer? Fired { get; init; }

    public Lane Lane { get; init; } = Lane.People;
}

/// <summary>A case that shall be started.</summary>
/// <param name="Process">Definition id.</param>
/// <param name="Unit">Unit code.</param>
/// <param name="StartedBy">Person id, or <c>system</c>.</param>
public sealed record NewCase(string Process, string Unit, string CustomerName, string? CustomerNumber, string StartedBy, string? CorrelationId = null);

/// <summary>What a command was answered.</summary>
/// <param name="CaseId">The case; for a start the new one, or the one that the same command started before.</param>
/// <param name="Replayed">The command had been carried out before; nothing happened now.</param>
/// <param name="After">The case after the burst; null when replayed.</param>
public sealed record Executed(string CaseId, Reply Reply, bool Replayed, CaseSnapshot? After);

/// <summary>There is no case with this id.</summary>
public sealed class CaseNotFoundException(string caseId) : Exception($"There is no case '{caseId}'.")
{
    public string CaseId { get; } = caseId;
}

/// <summary>The same command id came with another request.</summary>
public sealed class CommandReusedException(string commandId) : Exception(
    $"Command id '{commandId}' was used for another request before. Every command needs an id of its own; only a repetition of the very same request keeps it.")
{
    public string CommandId { get; } = commandId;
}
