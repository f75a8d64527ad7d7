using System.Globalization;
using System.Text.Json.Nodes;
using PowerWorkflow.Engine.Expressions;
using PowerWorkflow.Engine.Flow;

namespace PowerWorkflow.Engine;

/// <summary>What the domain can see of a case in a burst, and what it can ask for. Valid during the call it was given to.</summary>
public class CaseContext : ExpressionScope
{
    internal CaseContext(BurstRun run, Execution execution) => (Run, Execution) = (run, execution);

    internal BurstRun Run { get; }

    /// <summary>The execution whose turn it is; the case itself for rules.</summary>
    public Execution Execution { get; }

    /// <summary>What the burst may look at.</summary>
    public World World => Run.World;

    /// <summary>The case.</summary>
    public string CaseId => Run.State.CaseId;

    /// <summary>Who caused the burst.</summary>
    public Actor Actor => Run.Actor;

    /// <inheritdoc/>
    public override DateTimeOffset Now => Run.Now;

    /// <inheritdoc/>
    public override TimeZoneInfo TimeZone => Run.TimeZone;

    internal override ScriptRealm Realm => Run.Realm;

    /// <summary>The definition whose activities and variables are in sight: the called one inside a call.</summary>
    public DefinitionScope Scope => ScopeExecution.Scope!; // ScopeExecution is found by having one

    internal Execution ScopeExecution
    {
        get
        {
            var at = Execution;
            // A calling activity sees the definition it is drawn in, not the one it calls.
            if (at.Parent is not null && at.Scope is not null) at = at.Parent;
            while (at.Scope is null) at = at.Parent!; // the outermost execution is the case, which has a scope
            return at;
        }
    }

    /// <summary>A new id, unique in the installation, the same when the burst is run again.</summary>
    public string NextId() => Run.NextId();

    /// <summary>Asks for a row to be written with the burst.</summary>
    public void Emit(Effect effect) => Run.Ledger.Emit(effect);

    /// <summary>Records a fact about the activity whose turn it is.</summary>
    /// <param name="kind">PascalCase; documented in docs/journal.md.</param>
    /// <param name="detail">A fresh object; personal values go under <c>values</c>, which the journal seals.</param>
    public void Record(string kind, JsonObject detail) =>
        Run.Record(kind, Execution.Parent is null ? null : Execution, detail);

    /// <summary>Replaces a section of the data document.</summary>
    public void WriteSection(string code, JsonObject value) => Run.Ledger.WriteSection(code, value);

    /// <summary>Memory of the domain that lives as long as the case; null when nothing was kept under this name.</summary>
    public JsonNode? CaseMemory(string name) => Run.State.Memory.GetValueOrDefault(name);

    /// <summary>Keeps a value as long as the case lives, in place of the one before; null forgets it. It must not be edited afterwards.</summary>
    public void SetCaseMemory(string name, JsonNode? value) => Run.SetCaseMemory(name, value);

    /// <inheritdoc/>
    public override IEnumerable<string> VariableNames
    {
        get
        {
            var seen = new HashSet<string>();
            for (var at = Execution; at is not null; at = at.Parent)
            {
                foreach (var name in at.Variables.Keys)
                    if (Sees(at) && seen.Add(name)) yield return name;
                if (at.Scope is not null && Sees(at)) yield break;
            }
        }
    }

    // The variables of a called definition belong to it, not to the activity that calls.
    private bool Sees(Execution owner) => owner != Execution || owner.Scope is null || owner.Parent is null;

    private Execution? FindVariable(string name)
    {
        for (var at = Execution; at is not null; at = at.Parent)
        {
            if (!Sees(at)) continue;
            if (at.Variables.ContainsKey(name)) return at;
            if (at.Scope is not null) return null;
        }
        return null;
    }

    /// <inheritdoc/>
    public override bool HasVariable(string name) => FindVariable(name) is not null;

    /// <inheritdoc/>
    public override JsonNode? GetVariable(string name) => FindVariable(name) is { } owner
        ? owner.Variables[name]
        : throw new ExpressionException(name, $"there is no variable '{name}' here", null, null);

    /// <inheritdoc/>
    public override void SetVariable(string name, object? value) => SetVariable(name, value, literal: false);

    internal void SetVariable(string name, object? value, bool literal)
    {
        var owner = FindVariable(name) ?? throw new ExpressionException(name, $"there is no variable '{name}' here; declare it in the definition", null, null);
        Run.Assign(owner, name, value, literal);
    }

    /// <inheritdoc/>
    public override IEnumerable<string> InputNames => Scope.Inputs.Keys;

    /// <inheritdoc/>
    public override JsonNode? GetInput(string name)
    {
        var inputs = Scope.Inputs;
        if (inputs.TryGetValue(name, out var value)) return value;
        foreach (var (key, other) in inputs)
            if (string.Equals(key, name, StringComparison.OrdinalIgnoreCase)) return other;
        return null;
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Sections => Run.Ledger.SectionCodes(World);

    /// <inheritdoc/>
    public override JsonObject? GetSection(string code) => Run.Ledger.Section(World, code);

    /// <inheritdoc/>
    public override JsonNode? GetOutput(string activity, string? output)
    {
        var results = Scope.Results;
        if (!results.TryGetValue(activity, out var values))
        {
            var named = Run.Definition(Scope.VersionId).Nodes.Values.FirstOrDefault(n => n.Name == activity);
            if (named is null || !results.TryGetValue(named.Id, out values)) return null;
        }
        if (output is null) return values.Count == 1 ? values.First().Value : values;
        foreach (var (key, value) in values)
            if (string.Equals(key, output, StringComparison.OrdinalIgnoreCase)) return value;
        return null;
    }

    /// <inheritdoc/>
    public override string? GetPerformer(string step) => GetPerformers(step) is [.., var last] ? last : null;

    /// <summary>Everybody who signed a step when it was last completed: by its code in this definition, or <c>process/step</c>.</summary>
    public IReadOnlyList<string> GetPerformers(string step)
    {
        var performers = Run.State.Performers;
        if (performers.TryGetValue(step, out var exact) || performers.TryGetValue($"{Scope.DefinitionId}/{step}", out exact)) return exact;
        foreach (var (key, people) in performers)
            if (key.EndsWith('/' + step, StringComparison.Ordinal)) return people;
        return [];
    }

    /// <inheritdoc/>
    public override string? GetCaseInfo(string member) => member switch
    {
        "id" => CaseId,
        "number" => World.Case.Number,
        "process" => Run.State.DefinitionId,
        "unit" => World.Case.Unit,
        "startedBy" => Run.State.StartedBy,
        "correlationId" => Run.State.CorrelationId,
        "name" => Run.State.Name,
        _ => null,
    };

    /// <inheritdoc/>
    public override void WriteLine(string text) => Run.Ledger.WriteLine(text);

    /// <summary>Id of an execution as the journal writes it.</summary>
    internal static string ExecutionId(Execution execution) => execution.Id.ToString(CultureInfo.InvariantCulture);
}
