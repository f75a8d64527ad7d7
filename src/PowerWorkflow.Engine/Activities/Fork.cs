using PowerWorkflow.Engine.Definitions;

namespace PowerWorkflow.Engine.Activities;

/// <summary>Runs embedded branches at the same time; left when all have ended, or at the first.</summary>
public sealed class Fork() : Activity(new("Elsa.Fork", "Control Flow") { Children = ["Branches"], IsBrowsable = false })
{
    /// <inheritdoc/>
    public override Turn Execute(ActivityContext context)
    {
        if (!context.Node.Children.TryGetValue("Branches", out var branches) || branches.Count == 0) return Leave();
        foreach (var branch in branches) context.Schedule(branch);
        return Stay;
    }

    /// <inheritdoc/>
    public override Turn ChildLeft(ActivityContext context, ActivityNode child, IReadOnlyList<string> outcomes) =>
        context.Node.Json.Text("joinMode") == "WaitAny" || !context.HasLiveChildren ? Leave() : Stay;
}
