using System.Text.Json.Nodes;
using PowerWorkflow.Processes.Documents;
using PowerWorkflow.Processes.Forms;

namespace PowerWorkflow.Processes.Judges;

/// <summary>A judgement in the making: everything is permitted until a rule says why not.</summary>
internal sealed class Ruling(JudgeInput input)
{
    private readonly HashSet<string> denied = [];
    private readonly List<Reason> reasons = [];
    private readonly Dictionary<string, JsonObject> derived = [];

    public JudgeInput Input { get; } = input;

    /// <summary>A section as it will be after this submission: of the round where it comes in rounds.</summary>
    public Section this[string section] => new(Find(FormDefinition.KeyOf(section, Input.Round)) ?? (Input.Round > 1 && !InRounds(section) ? Find(section) : null));

    /// <summary>A section of a given round.</summary>
    public Section InRound(string section, int round) => new(Find(FormDefinition.KeyOf(section, round)));

    /// <summary>Whether the submission brings this section.</summary>
    public bool Brings(string section) => Input.Submitted.Keys.Any(key => FormDefinition.BaseOf(key) == section);

    public bool Has(string outcome) => Input.Outcomes.Contains(outcome);

    /// <summary>A figure the form carries with its source; null when the process owner removed it, and the rule with it.</summary>
    public decimal? Figure(string name) => Input.Form?.FigureOf(name);

    /// <summary>Rules an outcome out when the fault is there.</summary>
    public void Deny(string outcome, bool fault, string code, string zh, string en)
    {
        if (fault && Has(outcome))
        {
            denied.Add(outcome);
            reasons.Add(new Reason(code, new LocalText(zh, en), outcome));
        }
    }

    /// <summary>Rules every outcome out: the data have to be mended first.</summary>
    public void DenyAll(bool fault, string code, string zh, string en)
    {
        if (fault)
        {
            denied.UnionWith(Input.Outcomes);
            reasons.Add(new Reason(code, new LocalText(zh, en)));
        }
    }

    /// <summary>Says something that rules nothing out.</summary>
    public void Note(string code, LocalText message) => reasons.Add(new Reason(code, message));

    public void Derive(string section, JsonObject values) => derived[section] = values;

    public Judgement Close() => new([.. Input.Outcomes.Where(outcome => !denied.Contains(outcome))], reasons, derived);

    // A plain section stands for round 1: a later round of a section that comes in rounds must not fall back to it.
    private bool InRounds(string section) =>
        Input.Form?.Writes.Contains(section + "#") == true || Input.Submitted.Keys.Concat(Input.Data.Keys).Any(key => key.StartsWith(section + "#", StringComparison.Ordinal));

    private JsonObject? Find(string key) => Input.Submitted.GetValueOrDefault(key) ?? Input.Data.GetValueOrDefault(key);
}
