using System.Text.Json.Nodes;
using PowerWorkflow.Engine.Definitions;
using PowerWorkflow.Engine.Expressions;

namespace PowerWorkflow.Engine.Activities;

/// <summary>
/// A definition used as an activity. It runs inside the case, as a scope of its own: its inputs come from this activity's properties, its outputs go to bound
/// variables, and it is left by the outcomes its Complete names.
/// </summary>
public sealed class CallDefinition() : Activity(new(TypeName, "Composition") { IsBrowsable = false })
{
    /// <summary>Nobody writes this type: in a document the type is the called definition's name, told by <c>workflowDefinitionId</c>.</summary>
    internal const string TypeName = "PowerWorkflow.CallDefinition";

    private const int Deepest = 16;

    /// <inheritdoc/>
    public override Turn Execute(ActivityContext context)
    {
        var called = Find(context, DefinitionIdOf(context.Node) ?? "");
        var inputs = new Dictionary<string, JsonNode?>();
        foreach (var parameter in called.Inputs)
        {
            if (!context.Node.ExtraInputs.TryGetValue(parameter.Name, out var expression)) continue;
            inputs[parameter.Name] = Convert(context, parameter, context.Evaluate<JsonNode>(expression, parameter.Name), expression.IsLiteral);
        }
        return Enter(context, called, inputs, isSeparate: false);
    }

    /// <inheritdoc/>
    public override Turn ChildLeft(ActivityContext context, ActivityNode child, IReadOnlyList<string> outcomes)
    {
        foreach (var (name, value) in context.Execution.Scope!.Outputs) // a called definition has entered
            context.SetOutput(name, value);
        return Leave(outcomes is [] ? ["Done"] : outcomes);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string>? OutcomesOf(ActivityNode node, Func<string, WorkflowDefinition?> called) =>
        DefinitionIdOf(node) is { } id && called(id) is { } definition ? definition.Outcomes is { Count: > 0 } named ? named : ["Done"] : null;

    /// <summary>The definition a node calls; null when the document does not say.</summary>
    public static string? DefinitionIdOf(ActivityNode node) => node.Json.Text("workflowDefinitionId");

    internal static WorkflowDefinition Find(ActivityContext context, string definitionId)
    {
        if (context.World.Versions.TryGetValue(definitionId, out var version)) return context.Run.Definition(version);
        throw new ActivityFaultException("definition-missing", $"Activity '{context.Node.Id}' calls definition '{definitionId}', which is not there. Publish it, or correct the call.");
    }

    internal static JsonNode? Convert(ActivityContext context, ParameterDeclaration parameter, object? value, bool literal)
    {
        try
        {
            return Values.Detached(parameter.Type.ToJson(value, literal, context.TimeZone));
        }
        catch (ConversionException error)
        {
            throw new ActivityFaultException("input-type", $"Activity '{context.Node.Id}' ({context.Node.Label}), input {parameter.Name}: {error.Message}.");
        }
    }

    internal static Turn Enter(ActivityContext context, WorkflowDefinition called, IReadOnlyDictionary<string, JsonNode?> inputs, bool isSeparate)
    {
        if (called.Root is not { } root) return Fault($"Definition '{called.DefinitionId}' has no root activity.", "definition-empty");
        var depth = 0;
        for (var at = context.Execution; at is not null; at = at.Parent)
            if (at.Scope is not null && ++depth > Deepest) return Fault($"Definitions call each other more than {Deepest} deep, last '{called.DefinitionId}'. Look for a cycle of calls.", "calls-too-deep");
        context.Run.OpenScope(context.Execution, called, isSeparate, inputs);
        context.Schedule(root);
        return Stay;
    }
}
