using System.Text.Json.Nodes;
using PowerWorkflow.Engine.Definitions;
using PowerWorkflow.Engine.Expressions;
using PowerWorkflow.Engine.Flow;

namespace PowerWorkflow.Engine.Activities;

/// <summary>
/// A step that waits for people. Everything the definition says about it is evaluated when it opens; afterwards it needs nothing but the person's answer, so
/// that completing it cannot fail on an expression.
/// </summary>
public sealed class UserTask : Activity
{
    private static readonly Input<string> title = new("Title");
    private static readonly Input<string> role = new("Role") { UIHint = "dropdown" };
    private static readonly Input<string> person = new("Person");
    private static readonly Input<string> unit = new("Unit");
    private static readonly Input<string> form = new("Form") { UIHint = "dropdown" };
    private static readonly Input<string> judge = new("Judge") { UIHint = "dropdown" };
    private static readonly Input<IReadOnlyList<string>> outcomes = new("Outcomes") { UIHint = "dynamic-outcomes", DefaultSyntax = "Object" };
    private static readonly Input<int> priority = new("Priority");
    private static readonly Input<IReadOnlyList<string>> notSameAs = new("NotSameAs", []) { UIHint = "multitext", DefaultSyntax = "Object" };
    private static readonly Input<int> persons = new("Persons", 1);
    private static readonly Input<bool> allowDelegate = new("AllowDelegate", true) { UIHint = "checkbox" };
    private static readonly Input<IReadOnlyList<string>> returnTargets = new("ReturnTargets", []) { UIHint = "multitext", DefaultSyntax = "Object" };
    private static readonly Input<IReadOnlyList<string>> evidence = new("Evidence", []) { UIHint = "checklist", DefaultSyntax = "Object", Choices = ["photo", "position", "signature", "document"] };
    private static readonly Input<string> limit = new("Limit") { UIHint = "dropdown" };
    private static readonly Input<string> ladder = new("Ladder") { UIHint = "dropdown" };
    private static readonly Input<string> dueIn = new("DueIn");

    /// <summary>The step that waits for people.</summary>
    public UserTask() : base(new("PowerWorkflow.UserTask", "PowerWorkflow")
    {
        Inputs = [title, role, person, unit, form, judge, outcomes, priority, notSameAs, persons, allowDelegate, returnTargets, evidence, limit, ladder, dueIn],
        Outputs = [new("Outcome", "String"), new("CompletedBy", "String")],
        OutcomesInput = outcomes,
        Outcomes = [],
    }) { }

    /// <summary>The role code of a task in a definition; null when it is computed or absent.</summary>
    public static string? RoleOf(ActivityNode node) => node.LiteralOf(role);

    /// <summary>The form code of a task in a definition; null when it is computed or absent.</summary>
    public static string? FormOf(ActivityNode node) => node.LiteralOf(form);

    /// <summary>The activities a task in a definition may return to.</summary>
    public static IReadOnlyList<string> ReturnTargetsOf(ActivityNode node) => Texts(node, returnTargets);

    /// <summary>The steps whose performers may not do this one.</summary>
    public static IReadOnlyList<string> NotSameAsOf(ActivityNode node) => Texts(node, notSameAs);

    /// <summary>Whether the definition names nobody who could do it.</summary>
    public static bool IsForNobody(ActivityNode node) => node.ExpressionOf(role) is null && node.ExpressionOf(person) is null;

    /// <inheritdoc/>
    public override Turn Execute(ActivityContext context)
    {
        var choices = context.Get(outcomes) is { Count: > 0 } named ? named : ["Done"];
        var several = Math.Max(1, context.Get(persons));
        var barred = context.Get(notSameAs)!.SelectMany(context.GetPerformers).Distinct().ToList(); // declared with a default
        var targets = context.Get(returnTargets)!; // declared with a default
        var task = new TaskSpecification
        {
            TaskId = context.NextId(),
            ActivityId = context.Path,
            Step = context.Node.Name,
            Title = context.Get(title) is { Length: > 0 } text ? text : context.Node.Label,
            Process = context.Scope.DefinitionId,
            Role = Empty(context.Get(role)),
            Person = Empty(context.Get(person)),
            Unit = Empty(context.Get(unit)),
            Form = Empty(context.Get(form)),
            Judge = Empty(context.Get(judge)),
            Outcomes = choices,
            Priority = context.Has(priority) ? context.Get(priority) : CasePriority(context),
            Persons = several,
            NotPersons = barred,
            AllowDelegate = context.Get(allowDelegate),
            ReturnTargets = targets,
            Evidence = context.Get(evidence)!, // declared with a default
            Limit = Empty(context.Get(limit)),
            Ladder = Empty(context.Get(ladder)),
            DueAt = DueAt(context),
        };
        context.OpenTask(task);
        context.Memory = new OpenTaskMemory(choices, targets, several, barred, []).ToJson();
        return Stay;
    }

    /// <inheritdoc/>
    public override Turn Resume(ActivityContext context, Stimulus stimulus)
    {
        var completion = (Stimulus.CompleteTask)stimulus;
        var step = $"{context.Scope.DefinitionId}/{context.Node.Name}";
        var memory = OpenTaskMemory.From(context.Memory);
        IReadOnlyList<string> signed = [.. memory.SignedBy, completion.Actor.Person];
        if (signed.Count < memory.Persons && completion.ReturnTo is null)
        {
            context.Memory = (memory with { SignedBy = signed }).ToJson();
            BurstRun.AddWait(context.Execution, new(WaitKind.Task, completion.TaskId));
            context.Emit(new Effect.SignTask(completion.TaskId, signed, completion.Outcome));
            return Stay;
        }
        context.Run.State.LastPerformers[step] = signed;
        context.Emit(new Effect.CloseTask(completion.TaskId, completion.Outcome, completion.Actor.Person));
        context.Run.Rules.TaskCompleted(context, completion.TaskId, completion);
        context.SetOutput("Outcome", completion.Outcome);
        context.SetOutput("CompletedBy", completion.Actor.Person);
        return completion.ReturnTo is { } target ? Turn.Return(target) : Leave(completion.Outcome);
    }

    private static IReadOnlyList<string> Texts(ActivityNode node, Input<IReadOnlyList<string>> input) =>
        node.ExpressionOf(input) is Literal literal ? Values.ToTexts(literal.Evaluate(null!)) : []; // a literal looks at no scope

    private static string? Empty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    private static int CasePriority(ActivityContext context) =>
        context.GetSection("CASE")?["priority"] is JsonValue value && Values.Primitive(value) is double number ? (int)number : 0;

    private static DateTimeOffset? DueAt(ActivityContext context)
    {
        if (Empty(context.Get(dueIn)) is not { } text) return null;
        try
        {
            return BurstRun.WholeMilliseconds(text.StartsWith('P') ? context.Now + Values.ToDuration(text) : Values.ToInstant(text, context.TimeZone));
        }
        catch (ConversionException error)
        {
            throw new ActivityFaultException("input-type", $"Activity '{context.Node.Id}' ({context.Node.Label}), input DueIn: {error.Message}.");
        }
    }
}
