using PowerWorkflow.Engine.Activities;
using PowerWorkflow.Engine.Definitions;
using PowerWorkflow.Engine.Expressions;
using PowerWorkflow.Engine.Timing;

namespace PowerWorkflow.Engine.Checking;

/// <summary>
/// Finds every problem of a definition at once. Errors refuse it; warnings are what Elsa allows although it is rarely meant.
/// </summary>
public sealed class DefinitionCheck
{
    private readonly WorkflowDefinition definition;
    private readonly CheckContext context;
    private readonly string where;
    private readonly List<DefinitionProblem> problems = [];

    private DefinitionCheck(WorkflowDefinition definition, CheckContext context) =>
        (this.definition, this.context, where) = (definition, context, context.File ?? definition.DefinitionId);

    /// <summary>Every problem, errors first, otherwise in the order of the document.</summary>
    public static IReadOnlyList<DefinitionProblem> Run(WorkflowDefinition definition, CheckContext context)
    {
        var check = new DefinitionCheck(definition, context);
        check.Read();
        foreach (var node in check.Activities())
        {
            check.Task(node);
            check.Calls(node);
            check.Details(node);
            check.Scripts(node);
            if (node.Flow is { } flow)
                foreach (var (rule, at, argument) in FlowCheck.Run(flow, check.Find)) check.Add(rule, at, argument);
        }
        check.Cycles();
        return [.. check.problems.DistinctBy(p => (p.Rule, p.ActivityId, p.MessageEn)).OrderBy(p => p.Severity)];
    }

    private IEnumerable<ActivityNode> Activities() => definition.Root?.Descend() ?? [];

    private void Add(string rule, ActivityNode? node, params ReadOnlySpan<string> arguments) =>
        problems.Add(CheckRules.Problem(rule, where, node?.Id, node?.Label, arguments));

    private WorkflowDefinition? Find(string definitionId) =>
        context.Definitions.GetValueOrDefault(definitionId) ?? (definitionId == definition.DefinitionId ? definition : null);

    private void Read()
    {
        var byId = Activities().DistinctBy(n => n.Id).ToDictionary(n => n.Id);
        foreach (var problem in definition.Problems)
        {
            var node = problem.ActivityId is { } id ? byId.GetValueOrDefault(id) : null;
            problems.Add(CheckRules.Problem(problem.Rule, where, problem.ActivityId, node?.Label ?? problem.ActivityId, problem.Arguments));
        }
    }

    private void Task(ActivityNode node)
    {
        if (node.Activity is not UserTask) return;
        if (UserTask.FormOf(node) is { Length: > 0 } form && context.Forms is { } forms)
        {
            var known = form.Contains('/', StringComparison.Ordinal) ? form : $"{definition.DefinitionId}/{form}";
            if (!forms.Contains(known)) Add("form-missing", node, form);
        }
        if (UserTask.RoleOf(node) is { Length: > 0 } role && context.RolesHeld is { } held && !held.Contains(role)) Add("role-unheld", node, role);
        if (UserTask.IsForNobody(node)) Add("task-for-nobody", node);
        foreach (var target in UserTask.ReturnTargetsOf(node))
            if (node.Parent?.Flow?.Find(target) is null) Add("return-target-missing", node, target);
        foreach (var step in UserTask.NotSameAsOf(node))
            if (!StepExists(step)) Add("four-eyes-step-missing", node, step);
    }

    private bool StepExists(string step)
    {
        var slash = step.IndexOf('/', StringComparison.Ordinal);
        var (process, code) = slash < 0 ? (null, step) : (step[..slash], step[(slash + 1)..]);
        if (process is not null) return Find(process) is not { } other || Has(other);
        // A bare code may also name a step of a definition that calls this one.
        return Has(definition) || context.Definitions.Values.Any(Has);

        bool Has(WorkflowDefinition one) => one.Nodes.Values.Any(n => n.Name == code || n.Id == code);
    }

    /// <summary>The definitions a node refers to by literal.</summary>
    private static string? CalledBy(ActivityNode node) => node.Activity switch
    {
        CallDefinition => CallDefinition.DefinitionIdOf(node) ?? "",
        ExecuteWorkflow => ExecuteWorkflow.DefinitionIdOf(node),
        DispatchWorkflow => DispatchWorkflow.DefinitionIdOf(node),
        _ => null,
    };

    private void Calls(ActivityNode node)
    {
        if (CalledBy(node) is { } id && Find(id) is null) Add("definition-missing", node, id);
    }

    private void Details(ActivityNode node)
    {
        switch (node.Activity)
        {
            case SetVariable when SetVariable.VariableOf(node) is null:
                Add("variable-unknown", node, "Variable", (node.Json["variable"] as System.Text.Json.Nodes.JsonObject).Text("name") ?? "");
                break;
            case SetOutput when SetOutput.NameOf(node) is { Length: > 0 } output && !definition.Outputs.Any(o => o.Name == output):
                Add("output-unknown", node, output);
                break;
            case Cron when Cron.ExpressionOf(node) is { Length: > 0 } cron:
                try
                {
                    CronSchedule.Parse(cron);
                }
                catch (FormatException error)
                {
                    Add("cron", node, error.Message);
                }
                break;
            case FlowJoin when FlowJoin.IsComputed(node):
                Add("join-computed", node);
                break;
            case Break when !InsideLoop(node):
                Add("break-outside-loop", node);
                break;
            case SendHttpRequest when node.Json.ContainsKey("url"):
                Add("address-in-definition", node);
                break;
        }
    }

    private static bool InsideLoop(ActivityNode node)
    {
        for (var at = node.Parent; at is not null; at = at.Parent)
            if (at.Activity is Loop) return true;
        return false;
    }

    private void Scripts(ActivityNode node)
    {
        foreach (var (name, expression) in node.Expressions())
        {
            if (expression is not Script script) continue;
            foreach (var variable in script.VariablesRead)
                if (definition.FindVariable(variable, node) is null && !BroughtByLoop(node, variable)) Add("script-variable-unknown", node, name, variable);
        }
    }

    private static bool BroughtByLoop(ActivityNode node, string variable) => variable is "CurrentValue" or "CurrentIndex" && InsideLoop(node);

    private void Cycles()
    {
        var path = new List<string> { definition.DefinitionId };
        var done = new HashSet<string>();
        Visit(definition);

        void Visit(WorkflowDefinition at)
        {
            foreach (var node in at.Root?.Descend() ?? [])
            {
                // A case started by a case ends the circle: nothing nests.
                if (node.Activity is DispatchWorkflow || CalledBy(node) is not { } id || Find(id) is not { } next) continue;
                if (id == definition.DefinitionId) Add("definition-cycle", at == definition ? node : null, string.Join(" → ", path.Append(id)));
                else if (!path.Contains(id) && done.Add(id))
                {
                    path.Add(id);
                    Visit(next);
                    path.RemoveAt(path.Count - 1);
                }
            }
        }
    }
}
