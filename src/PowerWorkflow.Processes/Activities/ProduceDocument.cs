using System.Text.Json.Nodes;
using PowerWorkflow.Engine;
using PowerWorkflow.Engine.Activities;

namespace PowerWorkflow.Processes.Activities;

/// <summary>Fixes a document of the case as it stands now: title, template and the values of a section. It is printed from these values, whenever that is.</summary>
public sealed class ProduceDocument : Activity
{
    private static readonly Input<string> template = new("Template") { Required = true };
    private static readonly Input<string> title = new("Title");
    private static readonly Input<string> section = new("Section") { Required = true };

    /// <summary>Produces a document.</summary>
    public ProduceDocument() : base(new("PowerWorkflow.ProduceDocument", "PowerWorkflow") { Inputs = [template, title, section] }) { }

    /// <inheritdoc/>
    public override Turn Execute(ActivityContext context)
    {
        var code = context.Get(template) ?? "";
        var from = context.Get(section) ?? "";
        var id = context.NextId();
        context.Emit(new Effect.Project("document", id, new JsonObject
        {
            ["template"] = code,
            ["title"] = context.Get(title) is { Length: > 0 } text ? text : context.Node.Label,
            ["section"] = from,
            ["at"] = context.Now,
            ["values"] = context.GetSection(from)?.DeepClone() ?? new JsonObject(),
        }));
        context.Record("DocumentProduced", new JsonObject { ["document"] = id, ["template"] = code, ["section"] = from });
        return Leave();
    }
}
