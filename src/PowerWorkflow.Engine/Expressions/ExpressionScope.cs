using System.Text.Json.Nodes;

namespace PowerWorkflow.Engine.Expressions;

/// <summary>What an expression can see and touch: the door from expressions to the case. One implementation runs cases, another the test of a single activity.</summary>
public abstract class ExpressionScope
{
    /// <summary>The instant of the stimulus: what <c>Date</c> says.</summary>
    public abstract DateTimeOffset Now { get; }

    /// <summary>Zone of local dates.</summary>
    public abstract TimeZoneInfo TimeZone { get; }

    /// <summary>The realm of this burst, created when the first script needs it.</summary>
    internal abstract ScriptRealm Realm { get; }

    /// <summary>Names of the variables in scope, innermost first.</summary>
    public abstract IEnumerable<string> VariableNames { get; }

    /// <summary>Whether a variable of this name is in scope.</summary>
    public abstract bool HasVariable(string name);

    /// <summary>Its value.</summary>
    /// <exception cref="ExpressionException">No such variable is in scope.</exception>
    public abstract JsonNode? GetVariable(string name);

    /// <summary>Assigns it, converted to its declared type.</summary>
    /// <exception cref="ExpressionException">No such variable is in scope, or the value is not of its type.</exception>
    public abstract void SetVariable(string name, object? value);

    /// <summary>Names of the definition's inputs.</summary>
    public abstract IEnumerable<string> InputNames { get; }

    /// <summary>An input of the definition; null when it was not given.</summary>
    public abstract JsonNode? GetInput(string name);

    /// <summary>Codes of the data sections that have been written.</summary>
    public abstract IEnumerable<string> Sections { get; }

    /// <summary>A section of the data document; null when nothing was written yet.</summary>
    public abstract JsonObject? GetSection(string code);

    /// <summary>What an activity of the same definition put out when it last completed.</summary>
    public abstract JsonNode? GetOutput(string activity, string? output);

    /// <summary>Who completed a step last; null when nobody has.</summary>
    public abstract string? GetPerformer(string step);

    /// <summary>A fact about the case: id, number, process, unit, startedBy, correlationId.</summary>
    public abstract string? GetCaseInfo(string member);

    /// <summary>An outcome chosen by a script (<c>setOutcome</c>).</summary>
    public virtual void SetOutcomes(IReadOnlyList<string> outcomes) { }

    /// <summary>A line written by a script (<c>console.log</c>).</summary>
    public virtual void WriteLine(string text) { }
}
