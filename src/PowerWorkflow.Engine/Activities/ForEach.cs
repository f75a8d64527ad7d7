using System.Text.Json.Nodes;
using PowerWorkflow.Engine.Definitions;

namespace PowerWorkflow.Engine.Activities;

/// <summary>Runs its body for each item of a list, one after the other.</summary>
public sealed class ForEach : Loop
{
    private static readonly Input<JsonArray> items = new("Items") { UIHint = "multitext", DefaultSyntax = "JavaScript" };

    /// <summary>Elsa's ForEach.</summary>
    public ForEach() : base(new("Elsa.ForEach", "Looping") { Inputs = [items], Children = ["Body"], Outputs = [new("CurrentValue", "Object")] }) { }

    /// <inheritdoc/>
    public override Turn Execute(ActivityContext context) => Next(context, context.Get(items) ?? [], 0);

    /// <inheritdoc/>
    public override Turn ChildLeft(ActivityContext context, ActivityNode child, IReadOnlyList<string> outcomes)
    {
        var memory = (JsonObject)context.Memory!; // set when the loop began
        return Next(context, memory.List("items")!, memory.Number("next", 0)); // as written below
    }

    private static Turn Next(ActivityContext context, JsonArray list, int index)
    {
        if (index >= list.Count || context.Node.Child("Body") is not { } body) return Leave();
        // The list is taken once: what the body changes does not change the round.
        context.Memory = new JsonObject { ["items"] = list.DeepClone(), ["next"] = index + 1 };
        context.SetOutput("CurrentValue", list[index]);
        context.Schedule(body, Current(list[index], index));
        return Stay;
    }

    internal static Dictionary<string, JsonNode?> Current(JsonNode? value, int index) =>
        new() { ["CurrentValue"] = value?.DeepClone(), ["CurrentIndex"] = index };
}
