using System.Text.Json.Nodes;
using PowerWorkflow.Engine.Definitions;

namespace PowerWorkflow.Engine.Activities;

/// <summary>Counts from one number to another and runs its body for each.</summary>
public sealed class For : Loop
{
    private static readonly Input<int> start = new("Start");
    private static readonly Input<int> end = new("End");
    private static readonly Input<int> step = new("Step", 1);
    private static readonly Input<bool> inclusive = new("OuterBoundInclusive", true) { UIHint = "checkbox" };

    /// <summary>Elsa's For.</summary>
    public For() : base(new("Elsa.For", "Looping")
    {
        Inputs = [start, end, step, inclusive], Children = ["Body"], Outputs = [new("CurrentValue", "Object")],
    }) { }

    /// <inheritdoc/>
    public override Turn Execute(ActivityContext context)
    {
        var by = context.Get(step);
        if (by == 0) return Fault($"Activity '{context.Node.Id}' counts by 0 and would never end.", "loop-step");
        var bound = (long)context.Get(end);
        if (context.Get(inclusive)) bound += Math.Sign(by);
        return Next(context, context.Get(start), bound, by);
    }

    /// <inheritdoc/>
    public override Turn ChildLeft(ActivityContext context, ActivityNode child, IReadOnlyList<string> outcomes)
    {
        var memory = (JsonArray)context.Memory!; // set when the loop began
        return Next(context, memory[0]!.GetValue<long>(), memory[1]!.GetValue<long>(), memory[2]!.GetValue<int>()); // as written below
    }

    private static Turn Next(ActivityContext context, long value, long bound, int by)
    {
        if (by > 0 ? value >= bound : value <= bound) return Leave();
        if (context.Node.Child("Body") is not { } body) return Leave();
        context.Memory = new JsonArray(value + by, bound, by);
        context.SetOutput("CurrentValue", value);
        context.Schedule(body, new Dictionary<string, JsonNode?> { ["CurrentValue"] = value });
        return Stay;
    }
}
