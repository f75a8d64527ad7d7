namespace PowerWorkflow.Engine.Activities;

/// <summary>Names the case, for lists.</summary>
public sealed class SetName : Activity
{
    private static readonly Input<string> value = new("Value");

    /// <summary>Elsa's SetName.</summary>
    public SetName() : base(new("Elsa.SetName", "Primitives") { Inputs = [value] }) { }

    /// <inheritdoc/>
    public override Turn Execute(ActivityContext context)
    {
        context.Run.State.Name = context.Get(value);
        return Leave();
    }
}
