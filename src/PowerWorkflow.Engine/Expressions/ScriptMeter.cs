using Jint.Parser.Ast;

namespace PowerWorkflow.Engine.Expressions;

/// <summary>
/// Puts a check before every statement but the first of a script, and before every round of its loops: the JavaScript engine counts statements, but a text
/// that is doubled in each of them would fill the memory long before the count is up. One expression alone cannot double often and is left as it is.
/// </summary>
internal static class ScriptMeter
{
    /// <summary>The function of the realm that is called; not a name anybody types.</summary>
    public const string Name = "__powerWorkflowMeter";

    public static void Install(BlockStatement block) => block.Body = Metered(block.Body);

    private static List<Statement> Metered(IEnumerable<Statement> body)
    {
        var metered = new List<Statement>();
        foreach (var statement in body)
        {
            Descend(statement);
            // The first statement of a function may be its directive, which must stay first; hoisted functions run nothing.
            if (metered.Count > 1 && statement is not FunctionDeclaration) metered.Add(Check());
            metered.Add(statement);
        }
        return metered;
    }

    private static void Descend(Statement statement)
    {
        switch (statement)
        {
            case BlockStatement block: Install(block); break;
            case IfStatement choice:
                Descend(choice.Consequent);
                if (choice.Alternate is not null) Descend(choice.Alternate);
                break;
            case WhileStatement loop: loop.Body = Round(loop.Body); break;
            case DoWhileStatement loop: loop.Body = Round(loop.Body); break;
            case ForStatement loop: loop.Body = Round(loop.Body); break;
            case ForInStatement loop: loop.Body = Round(loop.Body); break;
            case FunctionDeclaration { Body: BlockStatement inner }: Install(inner); break;
        }
    }

    private static BlockStatement Round(Statement body)
    {
        Descend(body);
        return new() { Type = SyntaxNodes.BlockStatement, Location = body.Location, Body = [Check(), body] };
    }

    private static ExpressionStatement Check() => new()
    {
        Type = SyntaxNodes.ExpressionStatement,
        Expression = new CallExpression { Type = SyntaxNodes.CallExpression, Callee = new Identifier { Type = SyntaxNodes.Identifier, Name = Name }, Arguments = [] },
    };
}
