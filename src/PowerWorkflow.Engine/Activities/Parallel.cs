using PowerWorkflow.Engine.Definitions;

namespace PowerWorkflow.Engine.Activities;

/// <summary>Runs its activities at the same time; left when all have ended.</summary>
public sealed class Parallel() : Activity(new("Elsa.Parallel", "Control Flow") { IsContainer = true, Children = ["Activities"], IsBrowsable = false })
{
    /// <inheritdoc/>
    public override Turn Execute(ActivityContext context)
    {
        if (!context.Node.Children.TryGetValue("Activities", out var activities) || activities.Count == 0) return Leave();
        foreach (var activity in activities) context.Schedule(activity);
        return Stay;
    }

    /// <inheritdoc/>
    public override Turn ChildLeft(ActivityContext context, ActivityNode child, IReadOnlyList<string> outcomes) =>
        context.HasLiveChildren ? Stay : Leave();
}
