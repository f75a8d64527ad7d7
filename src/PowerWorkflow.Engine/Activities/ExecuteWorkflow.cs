using System.Text.Json.Nodes;
using PowerWorkflow.Engine.Definitions;
using PowerWorkflow.Engine.Expressions;

namespace PowerWorkflow.Engine.Activities;

/// <summary>Runs another definition inside the case and waits for its end; without waiting it starts a case of its own, through the outbox.</summary>
public sealed class ExecuteWorkflow : Activity
{
    private static readonly Input<string> definitionId = new("WorkflowDefinitionId") { UIHint = "workflow-definition-picker", Required = true };
    private static readonly Input<string> correlationId = new("CorrelationId");
    private static readonly Input<JsonObject> input = new("Input") { UIHint = "json-editor" };
    private static readonly Input<bool> wait = new("WaitForCompletion", true) { UIHint = "checkbox" };

    /// <summary>Elsa's ExecuteWorkflow; it waits unless told not to.</summary>
    public ExecuteWorkflow() : base(new("Elsa.ExecuteWorkflow", "Composition")
    {
        Inputs = [definitionId, correlationId, input, wait], Outputs = [new("Result", "Object")],
    }) { }

    /// <summary>The definition a node calls; null when it is computed or absent.</summary>
    public static string? DefinitionIdOf(ActivityNode node) => node.LiteralOf(definitionId);

    /// <inheritdoc/>
    public override Turn Execute(ActivityContext context)
    {
        var id = context.Get(definitionId) ?? "";
        var given = context.Get(input) ?? [];
        if (!context.Get(wait))
        {
            DispatchWorkflow.Send(context, id, given, context.Get(correlationId));
            return Leave();
        }
        var called = CallDefinition.Find(context, id);
        var inputs = new Dictionary<string, JsonNode?>();
        foreach (var (name, value) in given)
        {
            var declared = called.Inputs.FirstOrDefault(p => string.Equals(p.Name, name, StringComparison.OrdinalIgnoreCase));
            inputs[declared?.Name ?? name] = declared is null ? value?.DeepClone() : CallDefinition.Convert(context, declared, Values.Primitive(value), literal: true);
        }
        return CallDefinition.Enter(context, called, inputs, isSeparate: true);
    }

    /// <inheritdoc/>
    public override Turn ChildLeft(ActivityContext context, ActivityNode child, IReadOnlyList<string> outcomes)
    {
        var outputs = new JsonObject(context.Execution.Scope!.Outputs.Select(o => KeyValuePair.Create(o.Key, o.Value?.DeepClone()))); // a called definition has entered
        context.SetOutput("Result", new JsonObject { ["status"] = "Finished", ["output"] = outputs });
        return Leave();
    }
}
