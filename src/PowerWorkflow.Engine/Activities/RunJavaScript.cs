using System.Text.Json.Nodes;
using PowerWorkflow.Engine.Expressions;

namespace PowerWorkflow.Engine.Activities;

/// <summary>Runs a script, which may assign variables and choose the way out with <c>setOutcome</c>.</summary>
public sealed class RunJavaScript : Activity
{
    private static readonly Input<string> script = new("Script") { UIHint = "code-editor", DefaultSyntax = "JavaScript" };
    private static readonly Input<IReadOnlyList<string>> possibleOutcomes = new("PossibleOutcomes") { UIHint = "dynamic-outcomes", DefaultSyntax = "Object" };

    /// <summary>Elsa's RunJavaScript.</summary>
    public RunJavaScript() : base(new("Elsa.RunJavaScript", "Scripting")
    {
        Inputs = [script, possibleOutcomes], OutcomesInput = possibleOutcomes, Outputs = [new("Result", "Object")],
    }) { }

    /// <inheritdoc/>
    public override Turn Execute(ActivityContext context)
    {
        if (context.Node.ExpressionOf(script) is not { } expression) return Leave();
        // Studio saves the script as a literal or as a JavaScript expression; both mean: run it.
        if (expression is Literal literal) expression = ParsedLiterals.Parse(literal.Source);
        if (context.Evaluate<JsonNode>(expression, script.Name) is { } result) context.SetOutput("Result", result);
        return context.ChosenOutcomes is { Count: > 0 } chosen ? Leave(chosen) : Leave();
    }
}

/// <summary>Scripts that were saved as literals, parsed once for each text.</summary>
internal static class ParsedLiterals
{
    private static readonly System.Runtime.CompilerServices.ConditionalWeakTable<string, Expression> parsed = [];

    // Keyed by the very string object of the definition: when the definition goes, so does the entry.
    public static Expression Parse(string source) => parsed.GetValue(source, Script.Parse);
}
