using System.Text.Json.Nodes;
using PowerWorkflow.Engine.Definitions;

namespace PowerWorkflow.Engine.Activities;

/// <summary>Runs its body for every item of a list at the same time; left when all have ended.</summary>
public sealed class ParallelForEach : Loop
{
    private static readonly Input<JsonArray> items = new("Items") { UIHint = "multitext", DefaultSyntax = "JavaScript" };

    /// <summary>Elsa's ParallelForEach.</summary>
    public ParallelForEach() : base(new("Elsa.ParallelForEach", "Looping") { Inputs = [items], Children = ["Body"] }) { }

    /// <inheritdoc/>
    public override Turn Execute(ActivityContext context)
    {
        var list = context.Get(items) ?? [];
        if (list.Count == 0 || context.Node.Child("Body") is not { } body) return Leave();
        for (var i = 0; i < list.Count; i++) context.Schedule(body, ForEach.Current(list[i], i));
        return Stay;
    }

    /// <inheritdoc/>
    public override Turn ChildLeft(ActivityContext context, ActivityNode child, IReadOnlyList<string> outcomes) =>
        context.HasLiveChildren ? Stay : Leave();
}
