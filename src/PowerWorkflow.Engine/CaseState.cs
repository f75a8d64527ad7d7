using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using PowerWorkflow.Engine.Flow;

namespace PowerWorkflow.Engine;

/// <summary>Where a case stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CaseStatus>))]
public enum CaseStatus
{
    /// <summary>Some branch waits.</summary>
    Running,
    /// <summary>Came to its end.</summary>
    Finished,
    /// <summary>An incident waits for somebody; other branches may still go on.</summary>
    Faulted,
    /// <summary>Ended by a person.</summary>
    Cancelled,
}

/// <summary>
/// The hot state of a case: where every branch waits, and its variables. Small on purpose: business data live in the data document, finished steps in the journal.
/// Serialised as versioned JSON; scopes are addressed by the path of activity ids, never by position. JSON values inside are shared between states and must not be edited.
/// </summary>
public sealed partial class CaseState
{
    /// <summary>The format this build writes. Older formats are brought up when read; newer ones are refused.</summary>
    public const int CurrentFormat = 1;

    /// <summary>Format number of the serialised state.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>The case.</summary>
    public required string CaseId { get; init; }

    /// <summary>Definition id of the process.</summary>
    public required string DefinitionId { get; init; }

    /// <summary>Pinned definition version id.</summary>
    public required string DefinitionVersionId { get; set; }

    /// <summary>Where it stands.</summary>
    public CaseStatus Status { get; set; } = CaseStatus.Running;

    /// <summary>Set by SetName; shown in lists.</summary>
    public string? Name { get; set; }

    /// <summary>Set by Correlate or at start; events find the case by it.</summary>
    public string? CorrelationId { get; set; }

    /// <summary>Server time of the last stimulus, UTC; time never runs backwards inside a case.</summary>
    public DateTimeOffset LastAt { get; set; }

    /// <summary>Person who started it; null before the start.</summary>
    public string? StartedBy { get; set; }

    /// <summary>The last number given to an execution, task, timer, wait or message of this case.</summary>
    public long Sequence { get; internal set; }

    /// <summary>Activities under way, oldest first: containers, and whatever waits or failed inside them.</summary>
    public IReadOnlyList<Execution> Executions => OpenExecutions;

    /// <summary>Faults that wait for somebody, oldest first.</summary>
    public IReadOnlyList<Incident> Incidents => OpenIncidents;

    /// <summary>Outputs of the case so far, by name.</summary>
    public IReadOnlyDictionary<string, JsonNode?> Outputs => OutputValues;

    /// <summary>Who completed each step last, by <c>process/step</c>; more than one person when several had to sign.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Performers => LastPerformers;

    /// <summary>Memory of the domain that lives as long as the case, by name.</summary>
    public IReadOnlyDictionary<string, JsonNode> Memory => DomainMemory;

    /// <summary>Ids of the activities where branches wait: open tasks, timers, events, replies, incidents and joins that wait for another branch.</summary>
    public IReadOnlyList<string> WaitingAt
    {
        get
        {
            var places = new List<string>();
            foreach (var execution in OpenExecutions)
            {
                if (execution.Waits.Count > 0 || execution.IsFaulted) Add(LastId(execution.Path));
                foreach (var token in execution.Tokens) Add(token.Target);
            }
            return places;

            void Add(string id)
            {
                if (!places.Contains(id)) places.Add(id);
            }
        }
    }

    internal List<Execution> OpenExecutions { get; init; } = [];
    internal List<Incident> OpenIncidents { get; init; } = [];
    internal Dictionary<string, JsonNode?> OutputValues { get; init; } = [];
    internal Dictionary<string, IReadOnlyList<string>> LastPerformers { get; init; } = [];
    internal Dictionary<string, JsonNode> DomainMemory { get; init; } = [];

    /// <summary>Serialised size when last read or written, bytes; the base for the size limit.</summary>
    internal int SizeHint { get; set; }

    /// <summary>A case that has not started yet.</summary>
    public static CaseState New(string caseId, string definitionId, string definitionVersionId) =>
        new() { CaseId = caseId, DefinitionId = definitionId, DefinitionVersionId = definitionVersionId };

    internal static string LastId(string path) => path[(path.LastIndexOf('/') + 1)..];

    /// <summary>A copy to work on; everything in it that is a value is shared.</summary>
    internal CaseState Copy()
    {
        var copy = new CaseState
        {
            CaseId = CaseId, DefinitionId = DefinitionId, DefinitionVersionId = DefinitionVersionId, Status = Status, Name = Name,
            CorrelationId = CorrelationId, LastAt = LastAt, StartedBy = StartedBy, Sequence = Sequence, SizeHint = SizeHint,
            OpenExecutions = new(OpenExecutions.Count + 4),
            OpenIncidents = [.. OpenIncidents],
            OutputValues = new(OutputValues),
            LastPerformers = new(LastPerformers),
            DomainMemory = new(DomainMemory),
        };
        // Parents stand before their children, so their copies exist already.
        foreach (var execution in OpenExecutions)
            copy.OpenExecutions.Add(execution.Copy(execution.Parent is null ? null : copy.OpenExecutions[execution.Parent.Index]));
        return copy;
    }

    /// <summary>Notes every execution's place, which the next copy relies on.</summary>
    internal void Seal()
    {
        for (var i = 0; i < OpenExecutions.Count; i++) OpenExecutions[i].Index = i;
    }
}

/// <summary>A fault that waits for somebody: retry, skip, or cancel the case.</summary>
/// <param name="Id">Unique in the installation.</param>
/// <param name="ExecutionId">The execution that failed.</param>
/// <param name="Path">Path of its activity.</param>
/// <param name="Code">Slug: expression, input-type, limit-activities, definition-missing, fault …</param>
/// <param name="Message">What happened, which activity and expression, where; English.</param>
/// <param name="At">When, UTC.</param>
public sealed record Incident(string Id, long ExecutionId, string Path, string Code, string Message, DateTimeOffset At)
{
    /// <summary>What is done again when it is retried.</summary>
    internal PendingTurn Pending { get; init; } = PendingTurn.Execute;
}

/// <summary>The turn of an activity that failed: its execution, or its answer to a stimulus or to a child that had left.</summary>
internal abstract record PendingTurn
{
    private PendingTurn() { }

    public static PendingTurn Execute { get; } = new First();

    public sealed record First : PendingTurn;

    public sealed record Resume(Stimulus Stimulus) : PendingTurn;

    public sealed record ChildLeft(string Child, IReadOnlyList<string> Outcomes) : PendingTurn;
}
