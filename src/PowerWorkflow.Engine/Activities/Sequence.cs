using PowerWorkflow.Engine.Definitions;

namespace PowerWorkflow.Engine.Activities;

/// <summary>Runs its activities one after the other.</summary>
public sealed class Sequence() : Activity(new("Elsa.Sequence", "Flow") { IsContainer = true, Children = ["Activities"] })
{
    /// <inheritdoc/>
    public override Turn Execute(ActivityContext context) => Next(context, 0);

    /// <inheritdoc/>
    public override Turn ChildLeft(ActivityContext context, ActivityNode child, IReadOnlyList<string> outcomes)
    {
        // As in Elsa, End and its like end the sequence they are in.
        if (child.Activity is { Descriptor.IsTerminal: true }) return Leave();
        return Next(context, Place(context.Node.Children["Activities"], child) + 1);
    }

    private static Turn Next(ActivityContext context, int place)
    {
        if (!context.Node.Children.TryGetValue("Activities", out var activities) || place >= activities.Count) return Leave();
        context.Schedule(activities[place]);
        return Stay;
    }

    private static int Place(IReadOnlyList<ActivityNode> activities, ActivityNode child)
    {
        var place = 0;
        while (activities[place] != child) place++;
        return place;
    }
}
