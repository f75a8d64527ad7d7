using System.Text.Json.Nodes;
using PowerWorkflow.Processes.Checklists;
using PowerWorkflow.Processes.Documents;
using PowerWorkflow.Processes.Forms;

namespace PowerWorkflow.Processes.Judges;

/// <summary>What a judge looks at. Nothing else: the same input always gives the same judgement.</summary>
public sealed record JudgeInput
{
    /// <summary>The case; decides random samples.</summary>
    public required string CaseId { get; init; }

    /// <summary>Outcome codes of the task, in its order.</summary>
    public required IReadOnlyList<string> Outcomes { get; init; }

    /// <summary>The case's data document before this submission, by section key.</summary>
    public required IReadOnlyDictionary<string, JsonObject> Data { get; init; }

    /// <summary>The submitted sections, by section key, round included.</summary>
    public required IReadOnlyDictionary<string, JsonObject> Submitted { get; init; }

    /// <summary>The form they came in; carries the figures and the checklist a judge goes by. Null for a task without a form.</summary>
    public FormDefinition? Form { get; init; }

    /// <summary>The variable <c>round</c> of the definition the task belongs to; 1 where it has none.</summary>
    public int Round { get; init; } = 1;

    /// <summary>Server time, in the offset of the case's unit: its date is the local day.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>The checklists in force for the case, by code.</summary>
    public IReadOnlyDictionary<string, Checklist> Checklists { get; init; } = new Dictionary<string, Checklist>();

    /// <summary>The contractor group somebody belongs to, by person id; nobody else is in it.</summary>
    public IReadOnlyDictionary<string, string> ContractorGroups { get; init; } = new Dictionary<string, string>();
}

/// <summary>One reason of a judgement.</summary>
/// <param name="Code">Stable slug.</param>
/// <param name="Message">The sentence for people.</param>
/// <param name="Outcome">The outcome it rules out; null when it rules out all.</param>
public sealed record Reason(string Code, LocalText Message, string? Outcome = null);

/// <summary>What the data permit.</summary>
/// <param name="Permitted">Outcome codes that may be chosen; empty when the data have to be mended first.</param>
/// <param name="Reasons">Why others may not, and what was found.</param>
/// <param name="Derived">What the judge concluded, by section key: to be merged into the submitted sections before they are written.</param>
public sealed record Judgement(IReadOnlyList<string> Permitted, IReadOnlyList<Reason> Reasons, IReadOnlyDictionary<string, JsonObject> Derived);

/// <summary>Decides which outcomes of a task its data permit.</summary>
public sealed class Judge
{
    private readonly Action<Ruling> rules;

    internal Judge(string code, Action<Ruling> rules)
    {
        Code = code;
        this.rules = rules;
    }

    /// <summary>The code that definitions name.</summary>
    public string Code { get; }

    /// <summary>Judges.</summary>
    public Judgement Of(JudgeInput input)
    {
        var ruling = new Ruling(input);
        rules(ruling);
        return ruling.Close();
    }
}
