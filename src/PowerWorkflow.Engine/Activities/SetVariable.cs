using System.Text.Json.Nodes;
using PowerWorkflow.Engine.Definitions;
using PowerWorkflow.Engine.Expressions;

namespace PowerWorkflow.Engine.Activities;

/// <summary>Assigns a variable; the value must be of its declared type.</summary>
public sealed class SetVariable : Activity
{
    private static readonly Input<JsonNode> variable = new("Variable") { UIHint = "variable-picker", IsWrapped = false };
    private static readonly Input<JsonNode> value = new("Value");

    /// <summary>Elsa's SetVariable.</summary>
    public SetVariable() : base(new("Elsa.SetVariable", "Primitives") { Inputs = [variable, value] }) { }

    /// <inheritdoc/>
    public override Turn Execute(ActivityContext context)
    {
        var name = VariableOf(context.Node)
            ?? throw new ActivityFaultException("variable-unknown", $"Activity '{context.Node.Id}' ({context.Node.Label}) assigns a variable that is not declared.");
        var expression = context.Node.ExpressionOf(value);
        try
        {
            // Literals are converted by the variable's type: "5" is the number 5 for an Int32.
            if (expression is { IsLiteral: true }) context.SetLiteral(name, expression.Evaluate(context));
            else context.SetVariable(name, expression is null ? null : context.Evaluate<JsonNode>(expression, value.Name));
        }
        catch (ExpressionException error)
        {
            return Fault($"Activity '{context.Node.Id}' ({context.Node.Label}): {error.Message}.", "input-type");
        }
        return Leave();
    }

    /// <summary>The name of the variable it assigns; null when the definition declares none such.</summary>
    public static string? VariableOf(ActivityNode node)
    {
        var reference = node.Json["variable"] switch
        {
            JsonObject json => json.Object("expression")?["value"] is { } wrapped ? Values.JsonOrText(Values.ToText(wrapped)) : json,
            JsonValue text => Values.JsonOrText(Values.ToText(text)),
            _ => null,
        };
        var fields = reference as JsonObject;
        var id = fields.Text("id") ?? fields.Object("memoryReference").Text("id") ?? (fields is null ? Values.ToText(reference) : null);
        return node.Definition.VariableName(id, fields.Text("name"), node);
    }
}
