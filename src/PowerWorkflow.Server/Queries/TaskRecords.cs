using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace PowerWorkflow.Server.Queries;

/// <summary>A step that waits for people.</summary>
/// <param name="Unit">Whose people are asked.</param>
/// <param name="Person">The only person who may do it; null for anybody with the role.</param>
/// <param name="Late">none, soon (less than a day left) or late.</param>
/// <param name="Persons">How many different persons must sign.</param>
/// <param name="WhyNot">Why the person of the session can neither claim nor complete it, in their language.</param>
public record TaskFacts(
    string Id, string CaseId, string CaseNumber, string Process, string ProcessName, string Step, string Title, string? Customer, string? Role,
    string? RoleName, string Unit, string UnitName, string? Person, PersonRef? ClaimedBy, DateTimeOffset? ClaimedAt, DateTimeOffset CreatedAt,
    DateTimeOffset? DueAt, bool Provisional, string Late, int Priority, IReadOnlyList<CodeLabel> Outcomes, IReadOnlyList<IdLabel> ReturnTargets, int Persons,
    IReadOnlyList<Signature> SignedBy, IReadOnlyList<string> Evidence, bool AllowDelegate, bool CanClaim, bool CanComplete, string? WhyNot);

/// <summary>A task in lists.</summary>
/// <param name="Form">Form code.</param>
public sealed record TaskItem([property: JsonIgnore] TaskFacts Facts, string? Form) : TaskFacts(Facts);

public sealed record CodeLabel(string Code, string Label);

public sealed record IdLabel(string Id, string Label);

/// <summary>Somebody has signed a task that needs several signatures.</summary>
public sealed record Signature(string Id, string Name, DateTimeOffset? At);

/// <summary>A page of tasks with the numbers shown beside the lists.</summary>
public sealed record TaskPage(IReadOnlyList<TaskItem> Items, string? Next, TaskCounts Counts);

/// <param name="Mine">Claimed by or addressed to the person.</param>
/// <param name="Role">Open for one of the person's roles, claimed by nobody.</param>
/// <param name="Overdue">Of both, past their due instant.</param>
public sealed record TaskCounts(int Mine, int Role, int Overdue);

/// <summary>A task with its form, as it is filled in.</summary>
/// <param name="Values">Sections the form reads and writes, with the person's draft laid over them.</param>
/// <param name="Permitted">What the judge permits on the data as they stand; null without a judge.</param>
public sealed record TaskDetail(
    [property: JsonIgnore] TaskFacts Facts, FormDocument? Form, IReadOnlyDictionary<string, JsonNode?> Values, DraftMark? Draft,
    IReadOnlyList<string>? Permitted) : TaskFacts(Facts);

public sealed record DraftMark(DateTimeOffset SavedAt);

/// <summary>A form in both languages; the page picks.</summary>
/// <param name="Checklists">Checklist documents the schema refers to, by code.</param>
public sealed record FormDocument(
    string Code, int Version, JsonNode Title, IReadOnlyList<string> Reads, IReadOnlyList<string> Writes, JsonNode Schema, JsonNode? Labels,
    IReadOnlyDictionary<string, JsonNode?> Checklists);

/// <summary>What a judge says.</summary>
/// <param name="Derived">Values it computed (overall, defects …).</param>
public sealed record Judgement(IReadOnlyList<string> Permitted, IReadOnlyList<JudgementReason> Reasons, JsonNode? Derived);

/// <param name="Outcome">The outcome it rules out; null for all of them, or none.</param>
public sealed record JudgementReason(string Code, string Message, string? Outcome);
