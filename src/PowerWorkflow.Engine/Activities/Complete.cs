namespace PowerWorkflow.Engine.Activities;

/// <summary>Ends the definition it is in, which is left by the given outcomes.</summary>
public sealed class Complete : Activity
{
    private static readonly Input<IReadOnlyList<string>> outcomes = new("Outcomes") { UIHint = "outcome-picker", DefaultSyntax = "Object" };

    /// <summary>Elsa's Complete.</summary>
    public Complete() : base(new("Elsa.Complete", "Composition") { Inputs = [outcomes], IsTerminal = true, Outcomes = [] }) { }

    /// <inheritdoc/>
    public override Turn Execute(ActivityContext context) =>
        Turn.CompleteDefinition(context.Get(outcomes) is { Count: > 0 } chosen ? chosen : ["Done"]);
}
