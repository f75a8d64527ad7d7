using System.Collections.Frozen;
using System.Text.Json.Nodes;
using PowerWorkflow.Engine.Activities;
using PowerWorkflow.Engine.Expressions;
using PowerWorkflow.Engine.Flow;

namespace PowerWorkflow.Engine.Definitions;

/// <summary>How a flowchart treats several ways into an activity. docs/adr has the semantics and how they compare with Elsa's.</summary>
public enum MergeMode
{
    /// <summary>Goes on when nothing directly before it is still under way; ways not taken are ignored. The default.</summary>
    Stream,
    /// <summary>Waits for every forward way in.</summary>
    Merge,
    /// <summary>Waits for every way in, loops back included.</summary>
    Converge,
    /// <summary>Runs once for each arrival.</summary>
    Cascade,
    /// <summary>Runs for the first arrival and cancels what is still on its way here.</summary>
    Race,
    /// <summary>Waits for every way in that was taken: goes on when nothing that could still arrive is under way (FlowJoin's WaitAllActive).</summary>
    Active,
}

/// <summary>An activity of a definition, compiled: behaviour, inputs, children. Immutable once the definition is read.</summary>
public sealed class ActivityNode
{
    /// <summary>Unique in its definition.</summary>
    public required string Id { get; init; }

    /// <summary>Stable code of the step; the id when the document names none.</summary>
    public required string Name { get; init; }

    /// <summary>Type name.</summary>
    public required string Type { get; init; }

    /// <summary>Label in the drawing, or the name.</summary>
    public required string Label { get; init; }

    /// <summary>Ids from the definition's root down to this activity, joined by '/'.</summary>
    public required string Path { get; init; }

    /// <summary>The definition it belongs to.</summary>
    public required WorkflowDefinition Definition { get; init; }

    /// <summary>The activity it is drawn in; null for the root.</summary>
    public required ActivityNode? Parent { get; init; }

    /// <summary>The behaviour; null when the type is unknown to this engine.</summary>
    public required Activity? Activity { get; init; }

    /// <summary>As it is written.</summary>
    public required JsonObject Json { get; init; }

    /// <summary>Explicit merge mode, or null.</summary>
    public MergeMode? MergeMode { get; init; }

    /// <summary>May start the flowchart it is in when that has no Start.</summary>
    public bool CanStart { get; init; }

    /// <summary>Variables it declares for what is inside it.</summary>
    public IReadOnlyList<VariableDeclaration> Variables { get; internal set; } = [];

    /// <summary>Embedded activities by property name.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<ActivityNode>> Children { get; internal set; } = FrozenDictionary<string, IReadOnlyList<ActivityNode>>.Empty;

    /// <summary>The drawing, for a flowchart.</summary>
    public FlowGraph? Flow { get; internal set; }

    /// <summary>Expressions at the places of <see cref="ActivityDescriptor.Inputs"/>; null where the definition says nothing.</summary>
    internal CompiledInput?[] Inputs { get; set; } = [];

    /// <summary>Further wrapped inputs by property name: the inputs of a called definition.</summary>
    public IReadOnlyDictionary<string, Expression> ExtraInputs { get; internal set; } = FrozenDictionary<string, Expression>.Empty;

    /// <summary>Variable names that outputs are bound to, by output name (no matter the case of letters).</summary>
    public IReadOnlyDictionary<string, string> OutputBindings { get; internal set; } = FrozenDictionary<string, string>.Empty;

    /// <summary>Labelled conditions of a switch.</summary>
    public IReadOnlyList<SwitchCase> Cases { get; internal set; } = [];

    /// <summary>The embedded activity of a port, or null.</summary>
    public ActivityNode? Child(string property) => Children.TryGetValue(property, out var nodes) && nodes.Count > 0 ? nodes[0] : null;

    /// <summary>This activity and everything inside it.</summary>
    public IEnumerable<ActivityNode> Descend()
    {
        yield return this;
        foreach (var nodes in Children.Values)
        foreach (var node in nodes)
        foreach (var inner in node.Descend())
            yield return inner;
    }

    /// <summary>Every expression of this activity with the name of its input.</summary>
    public IEnumerable<(string Input, Expression Expression)> Expressions()
    {
        for (var i = 0; i < Inputs.Length; i++)
            if (Inputs[i] is { } input && Activity is { } known) yield return (known.Descriptor.Inputs[i].Name, input.Expression);
        foreach (var (name, expression) in ExtraInputs) yield return (name, expression);
        foreach (var one in Cases) yield return (one.Label, one.Condition);
    }

    /// <summary>The expression of a declared input; null when the definition says nothing.</summary>
    public Expression? ExpressionOf(ActivityInput input) => Inputs.Length > input.Index ? Inputs[input.Index]?.Expression : null;

    /// <summary>The text of a declared input when it is a literal; null when it is absent or computed.</summary>
    public string? LiteralOf(ActivityInput input) => ExpressionOf(input) is Literal literal ? literal.Source : null;

    /// <inheritdoc/>
    public override string ToString() => $"{Type} '{Path}'";
}

/// <summary>One labelled way out of a switch.</summary>
/// <param name="Child">The embedded activity, for the switch that is no flowchart activity.</param>
public sealed record SwitchCase(string Label, Expression Condition, ActivityNode? Child);

/// <summary>An input's expression, and the constant when it is one.</summary>
internal sealed record CompiledInput(Expression Expression, object? Constant, bool IsConstant);
