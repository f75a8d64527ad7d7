using System.Text.Json.Nodes;
using PowerWorkflow.Engine;
using PowerWorkflow.Engine.Activities;

namespace PowerWorkflow.Processes.Activities;

/// <summary>Starts another case of the same unit with its own number and clocks, once, and goes on without waiting for it.</summary>
public sealed class StartCase : Activity
{
    private static readonly Input<string> definitionId = new("DefinitionId") { Required = true, UIHint = "dropdown" };
    private static readonly Input<JsonNode> inputs = new("Inputs") { DefaultSyntax = "Object", UIHint = "json-editor" };

    /// <summary>Starts another case.</summary>
    public StartCase() : base(new("PowerWorkflow.StartCase", "PowerWorkflow") { Inputs = [definitionId, inputs] }) { }

    /// <inheritdoc/>
    public override Turn Execute(ActivityContext context)
    {
        context.Send(MessageKind.StartCase, null, new JsonObject
        {
            ["definitionId"] = context.Get(definitionId),
            ["input"] = context.Get(inputs)?.DeepClone() ?? new JsonObject(),
            ["unit"] = context.GetCaseInfo("unit"),
            ["correlationId"] = context.GetCaseInfo("number"),
        }, wantsReply: false);
        return Leave();
    }
}
