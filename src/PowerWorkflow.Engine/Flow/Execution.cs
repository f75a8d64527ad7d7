using System.Text.Json.Nodes;
using PowerWorkflow.Engine.Definitions;

namespace PowerWorkflow.Engine.Flow;

/// <summary>One execution of an activity that is under way: it waits, failed, or contains something that does.</summary>
public sealed class Execution
{
    private Dictionary<string, JsonNode?> variables = [];
    private bool sharesVariables = true;

    /// <summary>Unique in the case, ascending.</summary>
    public required long Id { get; init; }

    /// <summary>The container it is in; null for the case itself.</summary>
    public required Execution? Parent { get; init; }

    /// <summary>Path of activity ids from the case's definition down to the activity; empty for the case itself.</summary>
    public required string Path { get; init; }

    /// <summary>Path of the activity within its own definition.</summary>
    public required string NodePath { get; init; }

    /// <summary>When the token arrived, UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Whether an incident about it is open.</summary>
    public bool IsFaulted { get; internal set; }

    /// <summary>What wakes it.</summary>
    public IReadOnlyList<Wait> Waits { get; internal set; } = [];

    /// <summary>Set when this execution is a definition of its own: the case, or a called one.</summary>
    public DefinitionScope? Scope { get; internal set; }

    /// <summary>Values of the variables declared here, by name.</summary>
    public IReadOnlyDictionary<string, JsonNode?> Variables => variables;

    /// <summary>What the activity remembers; replaced as a whole, never edited.</summary>
    public JsonNode? Memory { get; internal set; }

    /// <summary>Tokens that wait at joins of this flowchart.</summary>
    internal IReadOnlyList<HeldToken> Tokens { get; set; } = [];

    /// <summary>The compiled activity; found again from <see cref="NodePath"/> after the state was read.</summary>
    internal ActivityNode? Node { get; set; }

    /// <summary>Place in the state's list.</summary>
    internal int Index { get; set; }

    /// <summary>Taken out of the case, while something may still refer to it in the burst.</summary>
    internal bool IsGone { get; set; }

    internal void SetVariable(string name, JsonNode? value)
    {
        if (sharesVariables) (variables, sharesVariables) = (new(variables), false);
        variables[name] = value;
    }

    internal void SetVariables(Dictionary<string, JsonNode?> values) => (variables, sharesVariables) = (values, false);

    internal Execution Copy(Execution? parent) => new()
    {
        Id = Id, Parent = parent, Path = Path, NodePath = NodePath, StartedAt = StartedAt, IsFaulted = IsFaulted, Waits = Waits,
        Scope = Scope, variables = variables, Memory = Memory, Tokens = Tokens, Node = Node,
    };
}

/// <summary>What a definition under way keeps besides its variables. A value: replaced, never edited.</summary>
/// <param name="DefinitionId">The process.</param>
/// <param name="VersionId">Its pinned version.</param>
/// <param name="IsSeparate">Whether Finish inside ends this definition only (ExecuteWorkflow) rather than the case.</param>
public sealed record DefinitionScope(string DefinitionId, string VersionId, bool IsSeparate)
{
    /// <summary>Inputs by name.</summary>
    public IReadOnlyDictionary<string, JsonNode?> Inputs { get; init; } = new Dictionary<string, JsonNode?>();

    /// <summary>Outputs set so far, by name.</summary>
    public IReadOnlyDictionary<string, JsonNode?> Outputs { get; init; } = new Dictionary<string, JsonNode?>();

    /// <summary>What activities put out when they last left, by activity id.</summary>
    public IReadOnlyDictionary<string, JsonObject> Results { get; init; } = new Dictionary<string, JsonObject>();
}

/// <summary>A token that waits at a join.</summary>
/// <param name="Source">Activity id it came from.</param>
/// <param name="Port">By which outcome.</param>
/// <param name="Target">Activity id of the join.</param>
public sealed record HeldToken(string Source, string Port, string Target);

/// <summary>What kind of thing wakes an execution.</summary>
public enum WaitKind
{
    /// <summary>A person's completion of a task.</summary>
    Task,
    /// <summary>A timer.</summary>
    Timer,
    /// <summary>A published event.</summary>
    Event,
    /// <summary>The reply to a message.</summary>
    Reply,
}

/// <summary>One thing that wakes an execution.</summary>
/// <param name="Id">Id of the task, timer, event wait or message.</param>
public sealed record Wait(WaitKind Kind, string Id);
