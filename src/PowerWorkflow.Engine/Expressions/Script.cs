using System.Globalization;
using System.Text.RegularExpressions;
using Jint.Parser;
using Jint.Parser.Ast;

namespace PowerWorkflow.Engine.Expressions;

/// <summary>
/// A JavaScript expression (ES5.1), parsed once. Its value is what it returns, or the value of its last statement when it returns nothing: both
/// <c>variables.x &gt; 5</c> and <c>var y = 5; return variables.x &gt; y</c> can be written, as in Elsa.
/// </summary>
public sealed partial class Script : Expression
{
    // The text stands inside a strict function, so that a forgotten 'var' is an error rather than a leak, and 'return' is allowed.
    private const string Opening = "(function(){\"use strict\";";

    private Script(string source, FunctionExpression function)
    {
        (Source, Function) = (source, function);
        Accessors = [.. AccessorCall().Matches(source).Select(m => m.Value).Distinct()];
    }

    /// <inheritdoc/>
    public override string Source { get; }

    internal FunctionExpression Function { get; }

    /// <summary>Names such as <c>getAmount</c> and <c>setAmount</c> it may call: Elsa's accessors for variables, inputs and outputs.</summary>
    internal string[] Accessors { get; }

    /// <summary>Names of variables it plainly reads: <c>variables.x</c> and <c>getVariable('x')</c>.</summary>
    public IEnumerable<string> VariablesRead => VariableRead().Matches(Source).Select(m => m.Groups[1].Success ? m.Groups[1].Value : m.Groups[2].Value).Distinct();

    /// <summary>Columns in the first line that are ours, not the author's.</summary>
    internal static int Offset => Opening.Length;

    /// <inheritdoc/>
    public override object? Evaluate(ExpressionScope scope) => scope.Realm.Evaluate(this, scope);

    /// <summary>Parses a script, or says what cannot be read and where.</summary>
    public static Expression Parse(string source)
    {
        try
        {
            var program = new JavaScriptParser().Parse(Opening + source + "\n})");
            if (program.Body.Count == 1 && program.Body.First() is ExpressionStatement { Expression: FunctionExpression function })
            {
                var block = (BlockStatement)function.Body;
                // The value of the last statement is the value of the script; the first one is the directive.
                if (block.Body.Skip(1).Any()) block.Body = Returning([.. block.Body]);
                ScriptMeter.Install(block);
                return new Script(source, function);
            }
            return new UnusableExpression(source, "expression-syntax", "unbalanced '}'");
        }
        catch (ParserException error)
        {
            var construct = ModernConstruct(source);
            var reason = string.Create(CultureInfo.InvariantCulture, $"line {error.LineNumber}: {Plain(error.Description ?? error.Message)}{(construct is null ? "" : $" ({construct} is newer than ES5.1)")}");
            return new UnusableExpression(source, "expression-syntax", reason, error.LineNumber);
        }
    }

    private static Statement[] Returning(Statement[] body)
    {
        if (body.Length > 0) body[^1] = Returning(body[^1]);
        return body;
    }

    private static Statement Returning(Statement statement)
    {
        switch (statement)
        {
            case ExpressionStatement last:
                return new ReturnStatement { Type = SyntaxNodes.ReturnStatement, Argument = last.Expression, Location = last.Location, Range = last.Range };
            case BlockStatement block:
                block.Body = Returning([.. block.Body]);
                return block;
            case IfStatement choice:
                choice.Consequent = Returning(choice.Consequent);
                if (choice.Alternate is not null) choice.Alternate = Returning(choice.Alternate);
                return choice;
            default:
                return statement;
        }
    }

    private static string Plain(string description) => description.Replace(Opening, "", StringComparison.Ordinal);

    /// <summary>The likely reason in words people know, for scripts written for a newer language.</summary>
    private static string? ModernConstruct(string source) =>
        source.Contains("=>", StringComparison.Ordinal) ? "an arrow function" :
        source.Contains('`', StringComparison.Ordinal) ? "a template literal" :
        source.Contains("?.", StringComparison.Ordinal) ? "optional chaining '?.'" :
        source.Contains("??", StringComparison.Ordinal) ? "'??'" :
        source.Contains("...", StringComparison.Ordinal) ? "spread '...'" :
        source.Contains("let ", StringComparison.Ordinal) ? "'let'" :
        source.Contains("const ", StringComparison.Ordinal) ? "'const'" :
        source.Contains("class ", StringComparison.Ordinal) ? "'class'" :
        source.Contains("async ", StringComparison.Ordinal) ? "'async'" : null;

    [GeneratedRegex(@"\bvariables\.([\p{L}_$][\w$]*)|\bgetVariable\(\s*['""]([^'""]+)['""]\s*\)", RegexOptions.CultureInvariant)]
    private static partial Regex VariableRead();

    [GeneratedRegex(@"\b[gs]et\p{Lu}\w*(?=\s*\()", RegexOptions.CultureInvariant)]
    private static partial Regex AccessorCall();
}
