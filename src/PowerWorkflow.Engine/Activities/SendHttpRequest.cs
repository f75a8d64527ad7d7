using System.Text.Json.Nodes;

namespace PowerWorkflow.Engine.Activities;

/// <summary>
/// Sends an HTTP request over a connection that an administrator defined, and waits for the response. A definition carries no address and no secret of its own:
/// the path is relative to the connection.
/// </summary>
public sealed class SendHttpRequest : Activity
{
    private static readonly Input<string> connection = new("Connection") { UIHint = "dropdown", Required = true };
    private static readonly Input<string> path = new("Path", "/");
    private static readonly Input<string> method = new("Method", "GET") { UIHint = "dropdown", Choices = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"] };
    private static readonly Input<JsonNode> content = new("Content") { UIHint = "multiline" };
    private static readonly Input<string> contentType = new("ContentType", "application/json");
    private static readonly Input<JsonObject> headers = new("RequestHeaders") { UIHint = "json-editor" };

    /// <summary>Elsa's SendHttpRequest, without an address.</summary>
    public SendHttpRequest() : base(new("Elsa.SendHttpRequest", "HTTP")
    {
        Inputs = [connection, path, method, content, contentType, headers],
        Outputs = [new("StatusCode", "Int32"), new("ParsedContent", "Object"), new("ResponseHeaders", "Object")],
        Outcomes = ["Done", "Failed"],
    }) { }

    /// <inheritdoc/>
    public override Turn Execute(ActivityContext context)
    {
        var request = new JsonObject
        {
            ["method"] = context.Get(method),
            ["path"] = context.Get(path),
            ["contentType"] = context.Get(contentType),
            ["content"] = context.Get(content)?.DeepClone(),
            ["headers"] = context.Get(headers)?.DeepClone(),
        };
        context.Send(MessageKind.Http, context.Get(connection), request, wantsReply: true);
        return Stay;
    }

    /// <inheritdoc/>
    public override Turn Resume(ActivityContext context, Stimulus stimulus)
    {
        var reply = (Stimulus.MessageReply)stimulus;
        if (!reply.Delivered)
        {
            // A failure nobody drew a line for must not end its branch in silence.
            if (context.IsConnected("Failed")) return Leave("Failed");
            return Fault($"Activity '{context.Node.Id}': the request failed: {reply.Error}.", "delivery");
        }
        var response = reply.Reply as JsonObject;
        context.SetOutput("StatusCode", response?["status"]);
        context.SetOutput("ParsedContent", response?["content"]);
        context.SetOutput("ResponseHeaders", response?["headers"]);
        return Leave();
    }
}
