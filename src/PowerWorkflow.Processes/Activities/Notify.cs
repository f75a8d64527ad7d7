using System.Text.Json.Nodes;
using PowerWorkflow.Engine;
using PowerWorkflow.Engine.Activities;

namespace PowerWorkflow.Processes.Activities;

/// <summary>
/// Tells somebody: the customer, a role up the tree from the case's unit, or whoever has the case's open tasks. The text is a template by code; it never waits
/// for delivery.
/// </summary>
public sealed class Notify : Activity
{
    private static readonly Input<string> template = new("Template") { Required = true };
    private static readonly Input<string> to = new("To") { Required = true, UIHint = "dropdown" };
    private static readonly Input<string> channel = new("Channel", "InApp") { UIHint = "dropdown", Choices = ["InApp", "Email", "Webhook"] };
    private static readonly Input<JsonNode> data = new("Data") { DefaultSyntax = "Object", UIHint = "json-editor" };

    /// <summary>Sends a notice.</summary>
    public Notify() : base(new("PowerWorkflow.Notify", "PowerWorkflow") { Inputs = [template, to, channel, data] }) { }

    /// <inheritdoc/>
    public override Turn Execute(ActivityContext context)
    {
        var code = context.Get(template) ?? "";
        var recipient = context.Get(to) switch
        {
            "customer" => new JsonObject { ["kind"] = "Customer" },
            "assignee" => new JsonObject { ["kind"] = "Assignee" },
            var role => new JsonObject { ["kind"] = "Role", ["code"] = role },
        };
        if (!Enum.TryParse<MessageKind>(context.Get(channel), out var kind) || kind is not (MessageKind.InApp or MessageKind.Email or MessageKind.Webhook))
            return Fault($"Activity '{context.Node.Id}': channel '{context.Get(channel)}' is not one of InApp, Email, Webhook.", "unknown-channel");
        var values = context.Get(data)?.DeepClone() as JsonObject ?? [];
        values["caseNumber"] = context.GetCaseInfo("number");
        var id = context.Send(kind, kind == MessageKind.Webhook ? "notices" : null, new JsonObject
        {
            ["template"] = code, ["to"] = new JsonArray(recipient), ["values"] = values, ["title"] = context.Node.Label,
        }, wantsReply: false);
        if (recipient["kind"]?.ToString() == "Customer")
            context.Emit(new Effect.Project("notice", id, new JsonObject { ["template"] = code, ["at"] = context.Now, ["title"] = context.Node.Label }));
        return Leave();
    }
}
