using PowerWorkflow.Engine.Definitions;

namespace PowerWorkflow.Engine.Activities;

/// <summary>Runs the embedded activity of the first case that holds, or of every case that holds; the default one when none does.</summary>
public sealed class Switch : Activity
{
    private static readonly Input<SwitchCaseList> cases = new("Cases") { UIHint = "switch-editor", IsWrapped = false };
    private static readonly Input<SwitchMode> mode = new("Mode", SwitchMode.MatchFirst) { UIHint = "dropdown", Choices = ["MatchFirst", "MatchAny"] };

    /// <summary>Elsa's switch.</summary>
    public Switch() : base(new("Elsa.Switch", "Branching") { Inputs = [cases, mode], Children = ["Default"] }) { }

    /// <inheritdoc/>
    public override Turn Execute(ActivityContext context)
    {
        var matching = FlowSwitch.Matching(context, context.Get(mode)).ToList();
        var branches = matching.Count > 0 ? matching.Select(c => c.Child).OfType<ActivityNode>().ToList()
            : context.Node.Child("Default") is { } other ? [other] : [];
        foreach (var branch in branches) context.Schedule(branch);
        return branches.Count == 0 ? Leave() : Stay;
    }

    /// <inheritdoc/>
    public override Turn ChildLeft(ActivityContext context, ActivityNode child, IReadOnlyList<string> outcomes) =>
        context.HasLiveChildren ? Stay : Leave();
}
