using System.Text.Json.Nodes;
using PowerWorkflow.Engine.Definitions;

namespace PowerWorkflow.Engine.Activities;

/// <summary>Starts a case of another definition, through the outbox, and goes on.</summary>
public sealed class DispatchWorkflow : Activity
{
    private static readonly Input<string> definitionId = new("WorkflowDefinitionId") { UIHint = "workflow-definition-picker", Required = true };
    private static readonly Input<string> correlationId = new("CorrelationId");
    private static readonly Input<JsonObject> input = new("Input") { UIHint = "json-editor" };

    /// <summary>Elsa's DispatchWorkflow.</summary>
    public DispatchWorkflow() : base(new("Elsa.DispatchWorkflow", "Composition") { Inputs = [definitionId, correlationId, input] }) { }

    /// <summary>The definition a node starts; null when it is computed or absent.</summary>
    public static string? DefinitionIdOf(ActivityNode node) => node.LiteralOf(definitionId);

    /// <inheritdoc/>
    public override Turn Execute(ActivityContext context)
    {
        Send(context, context.Get(definitionId) ?? "", context.Get(input) ?? [], context.Get(correlationId));
        return Leave();
    }

    internal static void Send(ActivityContext context, string definitionId, JsonObject input, string? correlationId)
    {
        var message = new JsonObject { ["definitionId"] = definitionId, ["input"] = input.DeepClone(), ["by"] = context.Actor.Person };
        if (!string.IsNullOrEmpty(correlationId)) message["correlationId"] = correlationId;
        if (context.World.Case.Unit is { } unit) message["unit"] = unit;
        context.Send(MessageKind.StartCase, null, message, wantsReply: false);
    }
}
