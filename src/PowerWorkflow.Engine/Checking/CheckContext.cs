using System.Collections.Frozen;
using PowerWorkflow.Engine.Definitions;

namespace PowerWorkflow.Engine.Checking;

/// <summary>What a definition is checked against. What is null is not at hand, and rules about it are left out.</summary>
public sealed record CheckContext
{
    /// <summary>Every definition that calls can reach, by definition id; the checked one need not be among them.</summary>
    public IReadOnlyDictionary<string, WorkflowDefinition> Definitions { get; init; } = FrozenDictionary<string, WorkflowDefinition>.Empty;

    /// <summary>Forms by <c>process/form</c>.</summary>
    public IReadOnlySet<string>? Forms { get; init; }

    /// <summary>Role codes that somebody holds.</summary>
    public IReadOnlySet<string>? RolesHeld { get; init; }

    /// <summary>The file the definition was read from, for the list.</summary>
    public string? File { get; init; }
}

/// <summary>Whether a problem refuses a definition.</summary>
public enum Severity
{
    /// <summary>The definition cannot be published.</summary>
    Error,
    /// <summary>Elsa allows it; publishing needs a word of consent.</summary>
    Warning,
}

/// <summary>One thing wrong in a definition, with what to do about it, in both languages of the product.</summary>
/// <param name="Rule">Slug of the rule, for programs.</param>
/// <param name="Where">File, or the definition's id.</param>
/// <param name="ActivityId">The activity; null when the definition as a whole is meant.</param>
/// <param name="ActivityLabel">Its label in the drawing.</param>
public sealed record DefinitionProblem(
    Severity Severity, string Rule, string Where, string? ActivityId, string? ActivityLabel, string MessageZh, string MessageEn, string RemedyZh, string RemedyEn)
{
    /// <inheritdoc/>
    public override string ToString() =>
        $"{Where}{(ActivityId is null ? "" : $": {ActivityId}{(ActivityLabel == ActivityId ? "" : $" ({ActivityLabel})")}")}: {(Severity == Severity.Error ? "error" : "warning")} {Rule}: {MessageEn} {RemedyEn}";
}
