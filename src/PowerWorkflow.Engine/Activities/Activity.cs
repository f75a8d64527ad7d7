using PowerWorkflow.Engine.Definitions;

namespace PowerWorkflow.Engine.Activities;

/// <summary>
/// The behaviour of an activity type. Stateless: one object serves every case; what one execution must remember goes into <see cref="ActivityContext.Memory"/>.
/// Pure: it looks at its context only and asks for effects; it never performs them.
/// </summary>
public abstract class Activity(ActivityDescriptor descriptor)
{
    /// <summary>What this type declares about itself.</summary>
    public ActivityDescriptor Descriptor { get; } = descriptor;

    /// <summary>The token has arrived.</summary>
    /// <returns>Leave, or stay: a staying activity has scheduled a child or waits for a task, timer, event or reply.</returns>
    public abstract Turn Execute(ActivityContext context);

    /// <summary>Something it waited for came: a timer, a task's completion, an event, a reply.</summary>
    public virtual Turn Resume(ActivityContext context, Stimulus stimulus) => Leave();

    /// <summary>An activity it had scheduled has left.</summary>
    public virtual Turn ChildLeft(ActivityContext context, ActivityNode child, IReadOnlyList<string> outcomes) => Leave();

    /// <summary>The ways out of one activity in a definition, as far as they can be known without running it; null when they are computed.</summary>
    /// <param name="called">Finds a definition by id, for activities that call one.</param>
    public virtual IReadOnlyList<string>? OutcomesOf(ActivityNode node, Func<string, WorkflowDefinition?> called)
    {
        if (Descriptor.OutcomesInput is not { } input || node.ExpressionOf(input) is not { } expression) return Descriptor.Outcomes;
        return expression is Expressions.Literal literal ? [.. Descriptor.Outcomes, .. Expressions.Values.ToTexts(literal.Evaluate(null!))] : null;
    }

    /// <summary>Stays where it is.</summary>
    protected static Turn Stay => Turn.Stay;

    /// <summary>Leaves by Done.</summary>
    protected static Turn Leave() => Turn.Done;

    /// <summary>Leaves by one outcome.</summary>
    protected static Turn Leave(string outcome) => Turn.Leave([outcome]);

    /// <summary>Leaves by several outcomes at once; every line drawn from one of them is followed.</summary>
    protected static Turn Leave(IReadOnlyList<string> outcomes) => Turn.Leave(outcomes);

    /// <summary>Turns this activity into an incident; everything it did in this turn is taken back.</summary>
    protected static Turn Fault(string message, string code = "fault") => throw new ActivityFaultException(code, message);
}

/// <summary>What an activity decided.</summary>
public readonly record struct Turn
{
    internal enum Kind { Stay, Leave, Break, CompleteDefinition, FinishCase, Return }

    private Turn(Kind move, IReadOnlyList<string>? outcomes, string? target) => (Move, Outcomes, Target) = (move, outcomes ?? [], target);

    internal Kind Move { get; }

    /// <summary>The outcomes it leaves by.</summary>
    public IReadOnlyList<string> Outcomes { get; }

    /// <summary>The activity to return to.</summary>
    internal string? Target { get; }

    /// <summary>Stays: something it scheduled or waits for will wake it.</summary>
    public static Turn Stay { get; } = new(Kind.Stay, null, null);

    /// <summary>Leaves by Done.</summary>
    public static Turn Done { get; } = Leave(["Done"]);

    /// <summary>Ends the loop around it.</summary>
    public static Turn Break { get; } = new(Kind.Break, null, null);

    /// <summary>Ends the case, or the definition when it runs under ExecuteWorkflow.</summary>
    public static Turn FinishCase { get; } = new(Kind.FinishCase, null, null);

    /// <summary>Leaves by outcomes.</summary>
    public static Turn Leave(IReadOnlyList<string> outcomes) => new(Kind.Leave, outcomes, null);

    /// <summary>Ends the definition it is in, which is left by these outcomes.</summary>
    public static Turn CompleteDefinition(IReadOnlyList<string> outcomes) => new(Kind.CompleteDefinition, outcomes, null);

    /// <summary>Leaves towards an activity of the same flowchart without following a line.</summary>
    public static Turn Return(string activityId) => new(Kind.Return, null, activityId);
}

/// <summary>An activity cannot go on; it becomes an incident.</summary>
/// <param name="code">Slug for programs: fault, expression, input-type, limit-activities, definition-missing …</param>
public sealed class ActivityFaultException(string code, string message) : Exception(message)
{
    /// <summary>Slug for programs.</summary>
    public string Code { get; } = code;
}
