using PowerWorkflow.Engine.Definitions;

namespace PowerWorkflow.Engine.Activities;

/// <summary>Leaves by the label of the first case that holds, or of every case that holds; by Default when none does.</summary>
public sealed class FlowSwitch : Activity
{
    private static readonly Input<SwitchCaseList> cases = new("Cases") { UIHint = "flow-switch-editor", IsWrapped = false };
    private static readonly Input<SwitchMode> mode = new("Mode", SwitchMode.MatchFirst) { UIHint = "dropdown", Choices = ["MatchFirst", "MatchAny"] };

    /// <summary>Elsa's switch for flowcharts.</summary>
    public FlowSwitch() : base(new("Elsa.FlowSwitch", "Branching") { Inputs = [cases, mode], Outcomes = ["Default"] }) { }

    /// <inheritdoc/>
    public override Turn Execute(ActivityContext context)
    {
        var labels = Matching(context, context.Get(mode)).Select(c => c.Label).ToList();
        return labels.Count == 0 ? Leave("Default") : Leave(labels);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> OutcomesOf(ActivityNode node, Func<string, WorkflowDefinition?> called) => [.. node.Cases.Select(c => c.Label), "Default"];

    /// <summary>The cases whose conditions hold, in their order; at most one with <see cref="SwitchMode.MatchFirst"/>.</summary>
    internal static IEnumerable<SwitchCase> Matching(ActivityContext context, SwitchMode mode)
    {
        foreach (var one in context.Node.Cases)
        {
            if (!context.Evaluate<bool>(one.Condition, $"case '{one.Label}'")) continue;
            yield return one;
            if (mode == SwitchMode.MatchFirst) yield break;
        }
    }
}

/// <summary>How many cases of a switch are followed.</summary>
public enum SwitchMode
{
    /// <summary>The first that holds.</summary>
    MatchFirst,
    /// <summary>Every one that holds.</summary>
    MatchAny,
}

/// <summary>Stands for the list of cases, which activities read from the compiled node.</summary>
internal sealed class SwitchCaseList;
