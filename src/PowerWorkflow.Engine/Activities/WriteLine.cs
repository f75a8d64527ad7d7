namespace PowerWorkflow.Engine.Activities;

/// <summary>Writes a line: to standard output on the command line, to the log of a case otherwise.</summary>
public sealed class WriteLine : Activity
{
    private static readonly Input<string> text = new("Text", "");

    /// <summary>Elsa's WriteLine.</summary>
    public WriteLine() : base(new("Elsa.WriteLine", "Console") { Inputs = [text] }) { }

    /// <inheritdoc/>
    public override Turn Execute(ActivityContext context)
    {
        context.WriteLine(context.Get(text) ?? "");
        return Leave();
    }
}
