using System.Collections.Frozen;

namespace PowerWorkflow.Engine.Activities;

/// <summary>The closed set of activities an engine knows, by type name, and what the domain does at fixed points of a case's life.</summary>
public sealed class ActivityCatalog
{
    private readonly FrozenDictionary<string, Activity> byType;

    private ActivityCatalog(IEnumerable<Activity> activities, CaseRules rules)
    {
        byType = activities.ToFrozenDictionary(a => a.Descriptor.Type);
        Rules = rules;
    }

    /// <summary>The Elsa set and the user task, which the engine brings.</summary>
    public static ActivityCatalog Elsa { get; } = new(
    [
        new Flowchart(), new Sequence(), new Start(), new End(), new Finish(), new Complete(), new Fault(),
        new If(), new Switch(), new FlowDecision(), new FlowSwitch(), new FlowFork(), new FlowJoin(), new FlowNode(),
        new SetVariable(), new SetOutput(), new SetName(), new Correlate(), new WriteLine(), new RunJavaScript(),
        new For(), new ForEach(), new ParallelForEach(), new While(), new Break(), new Fork(), new Parallel(),
        new Delay(), new StartAt(), new Timer(), new Cron(), new Event(), new PublishEvent(), new RunTask(), new SendHttpRequest(),
        new CallDefinition(), new ExecuteWorkflow(), new DispatchWorkflow(), new UserTask(),
    ], CaseRules.None);

    /// <summary>What the domain does when tasks open and close, timers of its own fire, notes come in and cases end.</summary>
    public CaseRules Rules { get; }

    /// <summary>Every activity type.</summary>
    public IReadOnlyCollection<Activity> All => byType.Values;

    /// <summary>The behaviour of a type; null when it is unknown.</summary>
    public Activity? Find(string type) => byType.GetValueOrDefault(type);

    /// <summary>This set and the domain's activities.</summary>
    /// <param name="rules">What the domain does besides; null keeps the present rules.</param>
    /// <exception cref="ArgumentException">Two activities have the same type name.</exception>
    public ActivityCatalog With(IEnumerable<Activity> activities, CaseRules? rules = null)
    {
        var all = byType.Values.Concat(activities).ToList();
        if (all.GroupBy(a => a.Descriptor.Type).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new ArgumentException($"Two activities call themselves '{twice.Key}'. Give one of them another type name.", nameof(activities));
        return new(all, rules ?? Rules);
    }
}
