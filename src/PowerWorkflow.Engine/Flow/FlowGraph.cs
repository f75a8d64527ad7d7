using System.Collections.Frozen;
using PowerWorkflow.Engine.Definitions;

namespace PowerWorkflow.Engine.Flow;

/// <summary>A line of the drawing.</summary>
/// <param name="Index">Place in the document, from 0.</param>
/// <param name="Port">The outcome it leaves by.</param>
public sealed record Connection(int Index, ActivityNode Source, string Port, ActivityNode Target)
{
    /// <summary>Whether it leads on rather than back; set by the graph.</summary>
    public bool IsForward { get; internal set; }
}

/// <summary>
/// The drawing of a flowchart, ready to be followed. Lines that close a cycle, seen breadth-first from the start, lead back: joins do not wait for them.
/// </summary>
public sealed class FlowGraph
{
    private static readonly Connection[] none = [];
    private readonly FrozenDictionary<ActivityNode, Connection[]> outbound;
    private readonly FrozenDictionary<ActivityNode, Connection[]> inbound;
    private readonly FrozenDictionary<ActivityNode, Connection[]> forwardInbound;
    private readonly FrozenDictionary<string, ActivityNode> byId;
    private readonly Dictionary<ActivityNode, ActivityNode[]> ancestors = [];

    /// <summary>Reads the lines of a flowchart.</summary>
    public FlowGraph(IReadOnlyList<ActivityNode> nodes, IReadOnlyList<Connection> connections, ActivityNode? start)
    {
        Nodes = nodes;
        Connections = connections;
        outbound = connections.GroupBy(c => c.Source).ToFrozenDictionary(g => g.Key, g => g.ToArray());
        Start = start ?? nodes.FirstOrDefault(n => !connections.Any(c => c.Target == n)) ?? (nodes.Count > 0 ? nodes[0] : null);
        MarkForward();
        inbound = connections.GroupBy(c => c.Target).ToFrozenDictionary(g => g.Key, g => g.ToArray());
        forwardInbound = connections.Where(c => c.IsForward).GroupBy(c => c.Target).ToFrozenDictionary(g => g.Key, g => g.ToArray());
        byId = nodes.DistinctBy(n => n.Id).ToFrozenDictionary(n => n.Id);
    }

    /// <summary>The activities of the drawing, in document order.</summary>
    public IReadOnlyList<ActivityNode> Nodes { get; }

    /// <summary>Its lines, in document order.</summary>
    public IReadOnlyList<Connection> Connections { get; }

    /// <summary>Where it begins; null when it is empty.</summary>
    public ActivityNode? Start { get; }

    /// <summary>An activity of this drawing.</summary>
    public ActivityNode? Find(string id) => byId.GetValueOrDefault(id);

    /// <summary>Lines that leave an activity, in document order.</summary>
    public ReadOnlySpan<Connection> Outbound(ActivityNode node) => outbound.TryGetValue(node, out var lines) ? lines : none;

    /// <summary>Lines that enter it.</summary>
    public ReadOnlySpan<Connection> Inbound(ActivityNode node) => inbound.TryGetValue(node, out var lines) ? lines : none;

    /// <summary>Lines that enter it and lead on.</summary>
    public ReadOnlySpan<Connection> ForwardInbound(ActivityNode node) => forwardInbound.TryGetValue(node, out var lines) ? lines : none;

    /// <summary>Every activity from which forward lines lead to this one, in document order. Computed on first use; a definition is shared by threads.</summary>
    public IReadOnlyList<ActivityNode> Ancestors(ActivityNode node)
    {
        lock (ancestors)
        {
            if (ancestors.TryGetValue(node, out var known)) return known;
            var found = new HashSet<ActivityNode>();
            var open = new Stack<ActivityNode>([node]);
            while (open.TryPop(out var next))
            {
                foreach (var line in ForwardInbound(next))
                    if (found.Add(line.Source)) open.Push(line.Source);
            }
            return ancestors[node] = [.. Nodes.Where(found.Contains)];
        }
    }

    /// <summary>Every activity the start leads to, by any line.</summary>
    public IReadOnlySet<ActivityNode> Reachable()
    {
        var found = new HashSet<ActivityNode>();
        if (Start is null) return found;
        var open = new Stack<ActivityNode>([Start]);
        found.Add(Start);
        while (open.TryPop(out var next))
        {
            foreach (var line in Outbound(next))
                if (found.Add(line.Target)) open.Push(line.Target);
        }
        return found;
    }

    private void MarkForward()
    {
        if (Start is null) return;
        var forward = new Dictionary<ActivityNode, List<ActivityNode>>();
        var seen = new HashSet<ActivityNode> { Start };
        var queue = new Queue<ActivityNode>([Start]);
        while (queue.TryDequeue(out var source))
        {
            if (!outbound.TryGetValue(source, out var lines)) continue;
            foreach (var line in lines)
            {
                if (LeadsTo(line.Target, source)) continue;
                line.IsForward = true;
                if (!forward.TryGetValue(source, out var targets)) forward[source] = targets = [];
                if (!targets.Contains(line.Target)) targets.Add(line.Target);
                if (seen.Add(line.Target)) queue.Enqueue(line.Target);
            }
        }

        bool LeadsTo(ActivityNode from, ActivityNode to)
        {
            var visited = new HashSet<ActivityNode>();
            var open = new Stack<ActivityNode>([from]);
            while (open.TryPop(out var next))
            {
                if (next == to) return true;
                if (visited.Add(next) && forward.TryGetValue(next, out var targets))
                    foreach (var target in targets) open.Push(target);
            }
            return false;
        }
    }
}
