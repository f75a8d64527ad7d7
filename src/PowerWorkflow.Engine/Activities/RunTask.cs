using System.Text.Json.Nodes;

namespace PowerWorkflow.Engine.Activities;

/// <summary>Asks a system outside to do a named task and waits for its answer.</summary>
public sealed class RunTask : Activity
{
    private static readonly Input<string> taskName = new("TaskName") { Required = true };
    private static readonly Input<JsonNode> payload = new("Payload") { UIHint = "json-editor" };
    private static readonly Input<string> connection = new("Connection", "tasks") { UIHint = "dropdown" };

    /// <summary>Elsa's RunTask, over a connection that an administrator defined.</summary>
    public RunTask() : base(new("Elsa.RunTask", "Primitives")
    {
        Inputs = [taskName, payload, connection], Outputs = [new("Result", "Object"), new("TaskId", "String")],
    }) { }

    /// <inheritdoc/>
    public override Turn Execute(ActivityContext context)
    {
        var message = new JsonObject { ["task"] = context.Get(taskName), ["payload"] = context.Get(payload)?.DeepClone() };
        context.SetOutput("TaskId", context.Send(MessageKind.Webhook, context.Get(connection), message, wantsReply: true));
        return Stay;
    }

    /// <inheritdoc/>
    public override Turn Resume(ActivityContext context, Stimulus stimulus)
    {
        var reply = (Stimulus.MessageReply)stimulus;
        if (!reply.Delivered) return Fault($"Activity '{context.Node.Id}': the task could not be handed over: {reply.Error}.", "delivery");
        context.SetOutput("Result", reply.Reply);
        return Leave();
    }
}
