using System.Text.Json.Nodes;
using PowerWorkflow.Engine.Definitions;
using PowerWorkflow.Engine.Expressions;

namespace PowerWorkflow.Engine.Activities;

/// <summary>Sets an output of the definition it is in.</summary>
public sealed class SetOutput : Activity
{
    private static readonly Input<string> outputName = new("OutputName") { UIHint = "output-picker", Required = true };
    private static readonly Input<JsonNode> outputValue = new("OutputValue");

    /// <summary>Elsa's SetOutput.</summary>
    public SetOutput() : base(new("Elsa.SetOutput", "Composition") { Inputs = [outputName, outputValue] }) { }

    /// <summary>The output a node sets; null when it is computed or absent.</summary>
    public static string? NameOf(ActivityNode node) => node.LiteralOf(outputName);

    /// <inheritdoc/>
    public override Turn Execute(ActivityContext context)
    {
        var name = context.Get(outputName) ?? "";
        var declared = context.Node.Definition.Outputs.FirstOrDefault(o => o.Name == name);
        if (declared is null)
            return Fault($"Activity '{context.Node.Id}' sets output '{name}', which definition '{context.Node.Definition.DefinitionId}' does not declare.", "output-unknown");
        var expression = context.Node.ExpressionOf(outputValue);
        try
        {
            var literal = expression is { IsLiteral: true };
            var value = literal ? expression!.Evaluate(context) : context.Get(outputValue);
            context.SetDefinitionOutput(name, declared.Type.ToJson(value, literal, context.TimeZone));
        }
        catch (ConversionException error)
        {
            return Fault($"Activity '{context.Node.Id}', output '{name}': {error.Message}.", "output-type");
        }
        return Leave();
    }
}
