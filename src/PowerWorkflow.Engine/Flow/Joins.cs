using PowerWorkflow.Engine.Activities;
using PowerWorkflow.Engine.Definitions;

namespace PowerWorkflow.Engine.Flow;

/// <summary>
/// Where tokens meet in a flowchart: all merge rules side by side, because they are compared. docs/adr/0004 says how they relate to Elsa's two executors.
/// Lines that lead back do not count as ways in, except for Converge.
/// </summary>
internal sealed class Joins(ActivityContext context)
{
    private readonly FlowGraph flow = context.Node.Flow!; // only flowcharts come here
    private readonly Execution chart = context.Execution;
    private readonly BurstRun run = context.Run;

    /// <summary>Nothing is under way and nothing waits: the flowchart has come to its end.</summary>
    public bool IsAtRest => chart.Tokens.Count == 0 && !run.HasLiveChildren(chart);

    /// <summary>Moves the token of an activity that has left along the lines of its outcomes.</summary>
    public void Follow(ActivityNode from, IReadOnlyList<string> outcomes)
    {
        List<ActivityNode>? arrivedAt = null;
        foreach (var line in flow.Outbound(from))
        {
            if (!Contains(outcomes, line.Port)) continue;
            // Two outcomes drawn to one activity are one arrival, except where every arrival counts.
            var again = arrivedAt?.Contains(line.Target) == true;
            (arrivedAt ??= []).Add(line.Target);
            Arrive(line, again);
        }
        if (chart.Tokens.Count > 0) Reconsider();
    }

    private void Arrive(Connection line, bool again)
    {
        var target = line.Target;
        switch (ModeOf(target))
        {
            case MergeMode.Cascade:
                context.Schedule(target);
                break;

            case MergeMode.Race:
                if (again) break;
                CancelOnTheWayTo(target);
                context.Schedule(target);
                break;

            case MergeMode.Merge:
                var forward = flow.ForwardInbound(target);
                if (forward.Length <= 1 || !line.IsForward) { if (!again) context.Schedule(target); }
                else ArriveOfAll(line, forward);
                break;

            case MergeMode.Converge:
                var all = flow.Inbound(target);
                if (all.Length <= 1) context.Schedule(target);
                else ArriveOfAll(line, all);
                break;

            // The token waits for Reconsider, which sees the drawing after all lines have been followed.
            case MergeMode.Active:
            case MergeMode.Stream:
                if (flow.ForwardInbound(target).Length <= 1) { if (!again) context.Schedule(target); }
                else Hold(line);
                break;
        }
    }

    private void ArriveOfAll(Connection line, ReadOnlySpan<Connection> ways)
    {
        Hold(line);
        foreach (var way in ways)
            if (!IsHeld(way)) return;
        foreach (var way in ways) Release(way);
        context.Schedule(line.Target);
    }

    /// <summary>Lets go of tokens whose wait is over because nothing comes any more. Elsa looks only when a token arrives, and stalls when the other branch ends elsewhere.</summary>
    private void Reconsider()
    {
        for (var moved = true; moved;)
        {
            moved = false;
            foreach (var token in chart.Tokens)
            {
                if (flow.Find(token.Target) is not { } target) continue;
                var free = ModeOf(target) switch
                {
                    MergeMode.Stream => NothingDirectlyBefore(target),
                    MergeMode.Active => NothingAnywhereBefore(target),
                    _ => false,
                };
                if (!free) continue;
                chart.Tokens = [.. chart.Tokens.Where(t => t.Target != target.Id)];
                context.Schedule(target);
                moved = true;
                break;
            }
        }
    }

    private bool NothingDirectlyBefore(ActivityNode target)
    {
        foreach (var line in flow.ForwardInbound(target))
            if (IsUnderWay(line.Source)) return false;
        return true;
    }

    private bool NothingAnywhereBefore(ActivityNode target)
    {
        foreach (var node in flow.Ancestors(target))
            if (IsUnderWay(node)) return false;
        return true;
    }

    private void CancelOnTheWayTo(ActivityNode target)
    {
        foreach (var node in flow.Ancestors(target)) run.CancelLive(chart, node);
        chart.Tokens = [.. chart.Tokens.Where(t => t.Target != target.Id && !flow.Ancestors(target).Any(a => a.Id == t.Target))];
    }

    private bool IsUnderWay(ActivityNode node)
    {
        foreach (var token in chart.Tokens)
            if (token.Target == node.Id) return true;
        return run.IsLive(chart, node);
    }

    private void Hold(Connection line) => chart.Tokens = [.. chart.Tokens, new(line.Source.Id, line.Port, line.Target.Id)];

    private bool IsHeld(Connection line)
    {
        foreach (var token in chart.Tokens)
            if (token.Source == line.Source.Id && token.Port == line.Port && token.Target == line.Target.Id) return true;
        return false;
    }

    private void Release(Connection line)
    {
        var tokens = chart.Tokens.ToList();
        tokens.RemoveAt(tokens.FindIndex(t => t.Source == line.Source.Id && t.Port == line.Port && t.Target == line.Target.Id));
        chart.Tokens = tokens;
    }

    /// <summary>A FlowJoin says it in its own words; every other activity by its merge mode.</summary>
    internal static MergeMode ModeOf(ActivityNode node) =>
        node.Activity is FlowJoin ? FlowJoin.ModeOf(node) : node.MergeMode ?? MergeMode.Stream;

    private static bool Contains(IReadOnlyList<string> outcomes, string port)
    {
        for (var i = 0; i < outcomes.Count; i++)
            if (outcomes[i] == port) return true;
        return false;
    }
}
