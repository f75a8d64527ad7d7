using PowerWorkflow.Engine.Definitions;

namespace PowerWorkflow.Engine.Activities;

/// <summary>Runs its body as long as a condition holds.</summary>
public sealed class While : Loop
{
    private static readonly Input<bool> condition = new("Condition") { Required = true };

    /// <summary>Elsa's While.</summary>
    public While() : base(new("Elsa.While", "Looping") { Inputs = [condition], Children = ["Body"] }) { }

    /// <inheritdoc/>
    public override Turn Execute(ActivityContext context)
    {
        if (!context.Get(condition) || context.Node.Child("Body") is not { } body) return Leave();
        context.Schedule(body);
        return Stay;
    }

    /// <inheritdoc/>
    public override Turn ChildLeft(ActivityContext context, ActivityNode child, IReadOnlyList<string> outcomes) => Execute(context);
}
