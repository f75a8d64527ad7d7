using PowerWorkflow.Engine.Activities;
using PowerWorkflow.Engine.Definitions;
using PowerWorkflow.Engine.Flow;

namespace PowerWorkflow.Engine.Checking;

/// <summary>Rules about a drawing: what cannot be reached, outcomes that lead nowhere, joins that may wait for ever.</summary>
internal sealed class FlowCheck(FlowGraph flow, Func<string, WorkflowDefinition?> called)
{
    public static IEnumerable<(string Rule, ActivityNode At, string Argument)> Run(FlowGraph flow, Func<string, WorkflowDefinition?> called)
    {
        var check = new FlowCheck(flow, called);
        var reachable = flow.Reachable();
        foreach (var node in flow.Nodes)
        {
            if (!reachable.Contains(node))
            {
                // Another trigger at the head starts cases of its own; a step that others return to is reached without a line.
                if (node.Activity is { Descriptor.IsTrigger: true } || check.IsReturnTarget(node)) continue;
                yield return ("unreachable", node, "");
                continue;
            }
            foreach (var problem in check.Outcomes(node)) yield return problem;
            foreach (var line in check.LinesNotAlwaysTaken(node)) yield return ("join-stall", node, line.Source.Id);
        }
    }

    private bool IsReturnTarget(ActivityNode node) => flow.Nodes.Any(n => n.Activity is UserTask && UserTask.ReturnTargetsOf(n).Contains(node.Id));

    private IEnumerable<(string, ActivityNode, string)> Outcomes(ActivityNode node)
    {
        if (node.Activity is not { Descriptor.IsTerminal: false } activity || activity.OutcomesOf(node, called) is not { } outcomes) yield break;
        var drawn = flow.Outbound(node).ToArray().Select(l => l.Port).ToHashSet();
        foreach (var port in drawn)
            if (!outcomes.Contains(port)) yield return ("line-dead", node, port);
        // An activity with one way out and no line is simply where the branch ends; a failed request without a line is an incident.
        if (outcomes.Count == 1 && drawn.Count == 0) yield break;
        foreach (var outcome in outcomes)
            if (!drawn.Contains(outcome) && !(activity is SendHttpRequest && outcome == "Failed")) yield return ("outcome-unconnected", node, outcome);
    }

    /// <summary>Lines into a join that waits for all of them although a choice before may leave one out.</summary>
    private IEnumerable<Connection> LinesNotAlwaysTaken(ActivityNode join)
    {
        var mode = Joins.ModeOf(join);
        if (mode is not (MergeMode.Merge or MergeMode.Converge)) yield break;
        var ways = (mode == MergeMode.Converge ? flow.Inbound(join) : flow.ForwardInbound(join)).ToArray();
        if (ways.Length <= 1) yield break;
        var certain = CertainlyReached(join);
        foreach (var way in ways)
            if (!way.IsForward || !certain.Contains(way.Source) || !IsAlwaysTaken(way, join)) yield return way;
    }

    /// <summary>Activities before a join that run whenever the last activity that every way to the join passes has run.</summary>
    private HashSet<ActivityNode> CertainlyReached(ActivityNode join)
    {
        var before = flow.Ancestors(join);
        var head = before.LastOrDefault(n => n != join && Dominates(n, join)
            && before.Where(o => o != n && Dominates(o, join)).All(o => Dominates(o, n)));
        var certain = new HashSet<ActivityNode>();
        if (head is null) return certain;
        certain.Add(head);
        for (var grown = true; grown;)
        {
            grown = false;
            foreach (var node in before)
            {
                if (certain.Contains(node)) continue;
                var byLine = flow.ForwardInbound(node).ToArray().Any(l => certain.Contains(l.Source) && IsAlwaysTaken(l, join));
                if (byLine || certain.Any(c => EveryWayPasses(c, node, join))) grown |= certain.Add(node);
            }
        }
        return certain;
    }

    /// <summary>Whether no way from the start reaches the target without this activity.</summary>
    private bool Dominates(ActivityNode node, ActivityNode target)
    {
        if (flow.Start == node) return true;
        return !Walk(flow.Start!, without: node).Contains(target); // a drawing with a join has a start
    }

    /// <summary>Whether every way from a choice comes to this activity, whatever is chosen.</summary>
    private bool EveryWayPasses(ActivityNode from, ActivityNode node, ActivityNode join) => Walk(from, without: node).All(seen => LeadsOn(seen, join));

    /// <summary>Whether a way can neither end at this activity nor reach the join by it.</summary>
    private bool LeadsOn(ActivityNode node, ActivityNode join)
    {
        if (node == join || node.Activity is not { Descriptor.IsTerminal: false } activity) return false;
        // An outcome that leads back comes by here again, and some day takes another.
        var lines = flow.Outbound(node).ToArray();
        return lines.Length > 0 && activity.OutcomesOf(node, called) is { } outcomes && outcomes.All(o => lines.Any(l => l.Port == o));
    }

    private HashSet<ActivityNode> Walk(ActivityNode from, ActivityNode without)
    {
        var seen = new HashSet<ActivityNode> { from };
        var open = new Stack<ActivityNode>([from]);
        while (open.TryPop(out var next))
        {
            foreach (var line in flow.Outbound(next))
                if (line.IsForward && line.Target != without && seen.Add(line.Target)) open.Push(line.Target);
        }
        return seen;
    }

    /// <summary>Whether an activity that is left is left by this line too, at once or after going back.</summary>
    private bool IsAlwaysTaken(Connection line, ActivityNode join)
    {
        var source = line.Source;
        if (source.Activity is FlowFork) return true;
        if (source.Activity?.OutcomesOf(source, called) is not { } outcomes) return false;
        var lines = flow.Outbound(source).ToArray();
        return outcomes.All(o => lines.Any(l => l.Port == o) && (o == line.Port || lines.All(l => l.Port != o || ComesBack(l))));

        bool ComesBack(Connection other) => !other.IsForward || Walk(other.Target, without: source).All(seen => LeadsOn(seen, join));
    }
}
