namespace PowerWorkflow.Engine.Activities;

/// <summary>Stops its branch with an incident.</summary>
public sealed class Fault : Activity
{
    private static readonly Input<string> code = new("Code");
    private static readonly Input<string> category = new("Category");
    private static readonly Input<string> faultType = new("FaultType");
    private static readonly Input<string> message = new("Message") { UIHint = "multiline" };

    /// <summary>Elsa's Fault.</summary>
    public Fault() : base(new("Elsa.Fault", "Primitives") { Inputs = [code, category, faultType, message], Outcomes = ["Done"] }) { }

    /// <inheritdoc/>
    public override Turn Execute(ActivityContext context)
    {
        var number = context.Get(code);
        var text = context.Get(message) is { Length: > 0 } given ? given : $"Activity '{context.Node.Id}' faulted on purpose.";
        return Fault(string.IsNullOrEmpty(number) ? text : $"{number}: {text}");
    }
}
