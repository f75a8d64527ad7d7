using System.Text.Json.Nodes;

namespace PowerWorkflow.Engine.Expressions;

/// <summary>A compiled expression of a definition. Immutable; parsed once per definition version.</summary>
public abstract class Expression
{
    /// <summary>How it is written in the definition, for messages.</summary>
    public abstract string Source { get; }

    /// <summary>Whether the value was typed as text in the designer, so that "False" may stand for false.</summary>
    public virtual bool IsLiteral => false;

    /// <summary>The value in a scope: null, a plain value or JSON (see <see cref="Values"/>).</summary>
    public abstract object? Evaluate(ExpressionScope scope);
}

/// <summary>A value written in the definition. Literals are always text in what the designer saves.</summary>
public sealed class Literal(JsonNode? value) : Expression
{
    private readonly object? plain = Values.Primitive(value);

    /// <inheritdoc/>
    public override string Source => Values.ToText(plain);

    /// <inheritdoc/>
    public override bool IsLiteral => true;

    /// <inheritdoc/>
    public override object? Evaluate(ExpressionScope scope) => plain;
}

/// <summary>The value of a variable in scope.</summary>
public sealed class VariableReference(string name) : Expression
{
    /// <inheritdoc/>
    public override string Source { get; } = name;

    /// <inheritdoc/>
    public override object? Evaluate(ExpressionScope scope) => scope.GetVariable(Source);
}

/// <summary>The value of an input of the definition.</summary>
public sealed class InputReference(string name) : Expression
{
    /// <inheritdoc/>
    public override string Source { get; } = name;

    /// <inheritdoc/>
    public override object? Evaluate(ExpressionScope scope) => scope.GetInput(Source);
}

/// <summary>Refused or broken when the definition was read; kept so that every problem can be listed. Evaluating it is a fault.</summary>
public sealed class UnusableExpression(string source, string rule, string reason, int? line = null, string? language = null) : Expression
{
    /// <inheritdoc/>
    public override string Source { get; } = source;

    /// <summary>Slug of the broken rule.</summary>
    public string Rule { get; } = rule;

    /// <summary>Why it cannot be used.</summary>
    public string Reason { get; } = reason;

    /// <summary>Line within the expression, from 1.</summary>
    public int? Line { get; } = line;

    /// <summary>The refused language, when that is the reason.</summary>
    public string? Language { get; } = language;

    /// <inheritdoc/>
    public override object? Evaluate(ExpressionScope scope) => throw new ExpressionException(Source, Reason, Line, null);
}

/// <summary>An expression failed.</summary>
/// <param name="source">The expression.</param>
/// <param name="reason">What went wrong.</param>
/// <param name="line">Line within the expression, from 1.</param>
/// <param name="column">Column, from 1.</param>
public sealed class ExpressionException(string source, string reason, int? line, int? column) : Exception(reason)
{
    /// <summary>The expression.</summary>
    public string Expression { get; } = source;

    /// <summary>Line within the expression, from 1.</summary>
    public int? Line { get; } = line;

    /// <summary>Column, from 1.</summary>
    public int? Column { get; } = column;
}
