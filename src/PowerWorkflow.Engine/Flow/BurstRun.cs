using System.Globalization;
using System.Text.Json.Nodes;
using PowerWorkflow.Engine.Activities;
using PowerWorkflow.Engine.Definitions;
using PowerWorkflow.Engine.Expressions;
using PowerWorkflow.Engine.Journal;

namespace PowerWorkflow.Engine.Flow;

/// <summary>
/// One burst: tokens that are to move stand in a queue, first in, first out as in Elsa; each activity gets its turn, and what it decides moves tokens on, until
/// the queue is empty. Works on a copy of the state.
/// </summary>
internal sealed class BurstRun(World world, ActivityCatalog activities, CaseState state, Actor actor, DateTimeOffset now)
{
    private readonly List<Scheduled> queue = [];
    private int head;
    private int executed;
    private ScriptRealm? realm;
    private TimeZoneInfo? timeZone;

    public World World { get; } = world;
    public CaseState State { get; } = state;
    public Actor Actor { get; } = actor;
    public DateTimeOffset Now { get; } = now;
    public string? Trigger { get; set; }
    public CaseRules Rules { get; } = activities.Rules;
    public Ledger Ledger { get; } = new();
    public TimeZoneInfo TimeZone => timeZone ??= TimeZones.Find(World.TimeZone);
    public ScriptRealm Realm => realm ??= new ScriptRealm(World.Limits.ExpressionStatements, TimeZone, Now, State.CaseId, State.Sequence);

    /// <summary>The case itself as the outermost execution.</summary>
    public Execution Case => State.OpenExecutions[0];

    public static DateTimeOffset WholeMilliseconds(DateTimeOffset instant)
    {
        var utc = instant.ToUniversalTime();
        return new(utc.Ticks - utc.Ticks % TimeSpan.TicksPerMillisecond, TimeSpan.Zero);
    }

    public string NextId() => string.Create(CultureInfo.InvariantCulture, $"{State.CaseId}.{++State.Sequence}");

    public WorkflowDefinition Definition(string versionId) => World.Definitions.TryGetValue(versionId, out var definition)
        ? definition
        : throw new ActivityFaultException("definition-missing", $"Definition version '{versionId}' is not at hand; the case is pinned to it. Load that version and retry.");

    public ActivityNode NodeOf(Execution execution)
    {
        if (execution.Node is { } known) return known;
        var owner = execution.Parent;
        while (owner!.Scope is null) owner = owner.Parent; // the outermost execution has a scope
        var definition = Definition(owner.Scope.VersionId);
        return execution.Node = definition.Nodes.TryGetValue(execution.NodePath, out var node)
            ? node
            : throw new ActivityFaultException("activity-missing", $"Definition '{definition.DefinitionId}' version {definition.Version} has no activity '{execution.NodePath}'. Migrate the case to a version that has it.");
    }

    public void Record(string kind, Execution? execution, JsonObject detail) => Ledger.Record(new JournalEntry(
        kind, Now, Actor, execution?.Path, execution?.Node?.Type, execution is null ? null : CaseContext.ExecutionId(execution), detail));

    // --- scopes and variables -------------------------------------------------------------------------------------------------------------------------

    /// <summary>Makes an execution the scope of a definition: inputs, variables with their defaults.</summary>
    public void OpenScope(Execution execution, WorkflowDefinition definition, bool isSeparate, IReadOnlyDictionary<string, JsonNode?> inputs)
    {
        execution.Scope = new(definition.DefinitionId, definition.VersionId, isSeparate) { Inputs = inputs };
        execution.SetVariables(Defaults(definition.Variables));
    }

    public Dictionary<string, JsonNode?> Defaults(IReadOnlyList<VariableDeclaration> declared)
    {
        var values = new Dictionary<string, JsonNode?>(declared.Count);
        foreach (var variable in declared)
            values[variable.Name] = variable.Default is null ? variable.Type.Initial : variable.Type.ToJson(Values.Primitive(variable.Default), literal: true, TimeZone);
        return values;
    }

    public void Assign(Execution owner, string name, object? value, bool literal)
    {
        var type = DeclaredTypeOf(owner, name);
        JsonNode? json;
        try
        {
            json = type.ToJson(value, literal, TimeZone);
        }
        catch (ConversionException error)
        {
            throw new ExpressionException(name, $"variable '{name}' {error.Message}", null, null);
        }
        StateSize.Check(State, World.Limits, name, owner.Variables.GetValueOrDefault(name), json);
        Ledger.SetVariable(owner, name, Values.Detached(json));
    }

    private DeclaredType DeclaredTypeOf(Execution owner, string name)
    {
        var declared = owner.Scope is { } scope ? Definition(scope.VersionId).Variables : NodeOf(owner).Variables;
        foreach (var variable in declared)
            if (variable.Name == name) return variable.Type;
        return DeclaredType.Any;
    }

    public void KeepResult(Execution scopeExecution, string activityId, string output, JsonNode? value)
    {
        var scope = scopeExecution.Scope!; // callers pass executions that have one
        var results = new Dictionary<string, JsonObject>(scope.Results);
        var values = results.TryGetValue(activityId, out var before) ? (JsonObject)before.DeepClone() : [];
        StateSize.Check(State, World.Limits, output, values[output], value);
        values[output] = value?.DeepClone();
        results[activityId] = values;
        scopeExecution.Scope = scope with { Results = results };
    }

    public void SetScopeOutput(Execution scopeExecution, string name, JsonNode? value)
    {
        var scope = scopeExecution.Scope!; // callers pass executions that have one
        scopeExecution.Scope = scope with { Outputs = new Dictionary<string, JsonNode?>(scope.Outputs) { [name] = value } };
        if (scopeExecution.Parent is null) State.OutputValues[name] = value;
    }

    public void SetCaseMemory(string name, JsonNode? value)
    {
        if (value is null) State.DomainMemory.Remove(name);
        else State.DomainMemory[name] = value;
    }

    // --- moving tokens --------------------------------------------------------------------------------------------------------------------------------

    public void Schedule(Execution parent, ActivityNode node, IReadOnlyDictionary<string, JsonNode?>? variables = null) =>
        queue.Add(new(parent, node, variables));

    public static void AddWait(Execution execution, Wait wait) => execution.Waits = [.. execution.Waits, wait];

    /// <summary>Whether an activity of this container is under way or about to be.</summary>
    public bool IsLive(Execution container, ActivityNode node)
    {
        foreach (var execution in State.OpenExecutions)
            if (execution.Parent == container && execution.NodePath == node.Path) return true;
        for (var i = head; i < queue.Count; i++)
            if (queue[i].Parent == container && queue[i].Node == node) return true;
        return false;
    }

    /// <summary>Whether anything at all is under way inside this container.</summary>
    public bool HasLiveChildren(Execution container)
    {
        foreach (var execution in State.OpenExecutions)
            if (execution.Parent == container) return true;
        for (var i = head; i < queue.Count; i++)
            if (queue[i].Parent == container) return true;
        return false;
    }

    /// <summary>Gives turns until every branch waits.</summary>
    public void Drain()
    {
        while (head < queue.Count)
        {
            var next = queue[head++];
            if (next.Parent.IsGone) continue;
            var execution = Begin(next);
            if (++executed > World.Limits.Activities)
            {
                Fail(execution, PendingTurn.Execute, "limit-activities",
                    $"The burst ran {World.Limits.Activities} activities without coming to rest; activity '{execution.Path}' was next. Look for a loop without a waiting step, then retry.");
                continue;
            }
            TakeTurn(execution, PendingTurn.Execute);
        }
    }

    private Execution Begin(Scheduled next)
    {
        var parent = next.Parent;
        var prefix = parent.Scope is not null && parent.Parent is not null ? parent.Path + "/" : OuterPrefix(parent);
        var execution = new Execution
        {
            Id = ++State.Sequence,
            Parent = parent,
            NodePath = next.Node.Path,
            Path = prefix.Length == 0 ? next.Node.Path : prefix + next.Node.Path,
            StartedAt = Now,
            Node = next.Node,
        };
        if (next.Variables is { } brought) execution.SetVariables(new(brought));
        if (next.Node.Variables.Count > 0)
        {
            foreach (var (name, value) in Defaults(next.Node.Variables)) execution.SetVariable(name, value);
        }
        State.OpenExecutions.Add(execution);
        return execution;
    }

    /// <summary>What stands before the paths of a called definition's own activities.</summary>
    private static string OuterPrefix(Execution inside) => inside.Path.Length == inside.NodePath.Length ? "" : inside.Path[..^inside.NodePath.Length];

    /// <summary>Lets an activity take a turn; a fault takes back what it did and becomes an incident.</summary>
    public void TakeTurn(Execution execution, PendingTurn pending)
    {
        var mark = Ledger.Begin();
        var (queued, waits, memory, scope) = (queue.Count, execution.Waits, execution.Memory, execution.Scope);
        var tokens = execution.Tokens;
        Turn turn;
        try
        {
            var node = NodeOf(execution);
            var activity = node.Activity ?? throw new ActivityFaultException("activity-unknown", $"Activity '{node.Id}' is of type '{node.Type}', which this system does not run.");
            var context = new ActivityContext(this, execution);
            turn = pending switch
            {
                PendingTurn.First => activity.Execute(context),
                PendingTurn.Resume resume => activity.Resume(context, resume.Stimulus),
                PendingTurn.ChildLeft left => activity.ChildLeft(context, ChildNode(execution, left.Child), left.Outcomes),
                _ => throw new System.Diagnostics.UnreachableException($"No turn for {pending.GetType().Name}."),
            };
            if (turn.Move == Turn.Kind.Stay && execution.Waits.Count == 0 && execution.Tokens.Count == 0 && !HasLiveChildren(execution))
                throw new ActivityFaultException("waits-for-nothing", $"Activity '{node.Id}' ({node.Type}) stays although nothing can wake it.");
        }
        catch (ActivityFaultException fault)
        {
            Ledger.Rollback(mark);
            if (queue.Count > queued) queue.RemoveRange(queued, queue.Count - queued);
            (execution.Waits, execution.Memory, execution.Scope, execution.Tokens) = (waits, memory, scope, tokens);
            Fail(execution, pending, fault.Code, fault.Message);
            return;
        }
        Move(execution, turn);
    }

    private ActivityNode ChildNode(Execution container, string childPath)
    {
        var definition = container.Scope is { } scope ? Definition(scope.VersionId) : NodeOf(container).Definition;
        return definition.Nodes.TryGetValue(childPath, out var node) ? node : throw new ActivityFaultException("activity-missing", $"Definition '{definition.DefinitionId}' has no activity '{childPath}'.");
    }

    private void Move(Execution execution, Turn turn)
    {
        switch (turn.Move)
        {
            case Turn.Kind.Stay:
                if (Ledger.Changes() is { } changes) Record("VariablesSet", execution, new JsonObject { ["values"] = changes });
                break;
            case Turn.Kind.Leave:
                Leave(execution, turn.Outcomes);
                break;
            case Turn.Kind.Return:
                Return(execution, turn.Target!); // Return turns carry a target
                break;
            case Turn.Kind.Break:
                Break(execution);
                break;
            case Turn.Kind.CompleteDefinition:
                CompleteDefinition(execution, turn.Outcomes);
                break;
            case Turn.Kind.FinishCase:
                FinishCase(execution);
                break;
        }
    }

    private void Leave(Execution execution, IReadOnlyList<string> outcomes)
    {
        var detail = new JsonObject();
        if (outcomes is not ["Done"]) detail["outcomes"] = new JsonArray([.. outcomes.Select(o => JsonValue.Create(o))]);
        if (execution.StartedAt != Now) detail["startedAt"] = execution.StartedAt.ToString("O");
        if (Ledger.Changes() is { } changes) detail["values"] = changes;
        Record("ActivityCompleted", execution, detail);
        CancelChildren(execution);
        DropWaits(execution);
        Remove(execution);
        Notify(execution.Parent!, execution.NodePath, outcomes); // activities have a container, at least the case
    }

    private void Notify(Execution container, string child, IReadOnlyList<string> outcomes)
    {
        if (container.Parent is null) EndCase(CaseStatus.Finished);
        else TakeTurn(container, new PendingTurn.ChildLeft(child, outcomes));
    }

    private void Return(Execution execution, string target)
    {
        var container = execution.Parent!; // a task that can return is in a flowchart
        var node = NodeOf(container).Flow?.Find(target);
        if (node is null)
        {
            Fail(execution, PendingTurn.Execute, "return-target", $"Activity '{execution.Path}' returns to '{target}', which is not in the same flowchart.");
            return;
        }
        var detail = new JsonObject { ["returnTo"] = target };
        if (execution.StartedAt != Now) detail["startedAt"] = execution.StartedAt.ToString("O");
        if (Ledger.Changes() is { } changes) detail["values"] = changes;
        Record("ActivityCompleted", execution, detail);
        DropWaits(execution);
        Remove(execution);
        Schedule(container, node);
    }

    private void Break(Execution execution)
    {
        var loop = execution.Parent;
        while (loop is not null && loop.Scope is null && NodeOf(loop).Activity is not Loop) loop = loop.Parent;
        if (loop is null || loop.Scope is not null)
        {
            Fail(execution, PendingTurn.Execute, "break-outside-loop", $"Activity '{execution.Path}' breaks out of a loop, but there is none around it.");
            return;
        }
        Record("ActivityCompleted", execution, []);
        CancelChildren(loop, silent: execution);
        Leave(loop, ["Done"]);
    }

    private void CompleteDefinition(Execution execution, IReadOnlyList<string> outcomes)
    {
        var scope = execution.Parent!;
        while (scope.Scope is null) scope = scope.Parent!; // the outermost execution has a scope
        Record("ActivityCompleted", execution, outcomes is ["Done"] ? [] : new JsonObject { ["outcomes"] = new JsonArray([.. outcomes.Select(o => JsonValue.Create(o))]) });
        CancelChildren(scope, silent: execution);
        if (scope.Parent is null) EndCase(CaseStatus.Finished);
        else TakeTurn(scope, new PendingTurn.ChildLeft(Definition(scope.Scope.VersionId).Root!.Path, outcomes)); // it has a root: an activity of it is running
    }

    private void FinishCase(Execution execution)
    {
        var scope = execution.Parent!;
        while (scope.Parent is not null && scope.Scope is not { IsSeparate: true }) scope = scope.Parent;
        Record("ActivityCompleted", execution, []);
        CancelChildren(scope, silent: execution);
        if (scope.Parent is null) EndCase(CaseStatus.Finished);
        else TakeTurn(scope, new PendingTurn.ChildLeft(Definition(scope.Scope!.VersionId).Root!.Path, ["Done"])); // as above
    }

    public void EndCase(CaseStatus status)
    {
        CancelChildren(Case);
        State.Status = status;
        Rules.CaseEnded(new CaseContext(this, Case), status);
        var detail = new JsonObject();
        if (State.OutputValues.Count > 0) detail["values"] = new JsonObject { ["outputs"] = new JsonObject(State.OutputValues.Select(o => KeyValuePair.Create(o.Key, o.Value?.DeepClone()))) };
        Record(status == CaseStatus.Cancelled ? "CaseEnded" : "CaseFinished", null, detail);
        queue.Clear();
        head = 0;
        State.OpenExecutions.Clear();
    }

    // --- cancelling and failing -----------------------------------------------------------------------------------------------------------------------

    /// <summary>Cancels everything inside a container, innermost first.</summary>
    /// <param name="silent">Has recorded its own end already.</param>
    public void CancelChildren(Execution container, Execution? silent = null)
    {
        for (var i = State.OpenExecutions.Count - 1; i >= 0; i--)
        {
            if (i < State.OpenExecutions.Count && State.OpenExecutions[i].Parent == container) Cancel(State.OpenExecutions[i], silent);
        }
        for (var i = queue.Count - 1; i >= head; i--)
            if (queue[i].Parent == container) queue.RemoveAt(i);
        container.Tokens = [];
    }

    /// <summary>Cancels what is under way or about to be for one activity of a container.</summary>
    public void CancelLive(Execution container, ActivityNode node)
    {
        for (var i = State.OpenExecutions.Count - 1; i >= 0; i--)
        {
            if (i < State.OpenExecutions.Count && State.OpenExecutions[i] is var one && one.Parent == container && one.NodePath == node.Path) Cancel(one);
        }
        for (var i = queue.Count - 1; i >= head; i--)
            if (queue[i].Parent == container && queue[i].Node == node) queue.RemoveAt(i);
    }

    private void Cancel(Execution execution, Execution? silent = null)
    {
        CancelChildren(execution, silent);
        DropWaits(execution);
        if (execution != silent) Record("ActivityCancelled", execution, []);
        Remove(execution);
    }

    private void Remove(Execution execution)
    {
        execution.IsGone = true;
        State.OpenExecutions.Remove(execution);
        if (execution.IsFaulted) CloseIncident(execution);
    }

    private void Fail(Execution execution, PendingTurn pending, string code, string message)
    {
        var incident = new Incident(NextId(), execution.Id, execution.Path, code, message, Now) { Pending = pending };
        execution.IsFaulted = true;
        State.OpenIncidents.Add(incident);
        Record("Incident", execution, new JsonObject { ["incident"] = incident.Id, ["code"] = code, ["values"] = new JsonObject { ["message"] = message } });
    }

    public void CloseIncident(Execution execution)
    {
        execution.IsFaulted = false;
        State.OpenIncidents.RemoveAll(i => i.ExecutionId == execution.Id);
    }

    /// <summary>A faulted activity leaves by an outcome without running again.</summary>
    public void Skip(Execution execution, IReadOnlyList<string> outcomes)
    {
        CloseIncident(execution);
        Ledger.Begin();
        Leave(execution, outcomes);
    }

    private void DropWaits(Execution execution)
    {
        foreach (var wait in execution.Waits)
        {
            switch (wait.Kind)
            {
                case WaitKind.Task:
                    Ledger.Emit(new Effect.CloseTask(wait.Id, null, null));
                    Rules.TaskCancelled(new CaseContext(this, execution), wait.Id);
                    break;
                case WaitKind.Timer: Ledger.Emit(new Effect.ClearTimer(wait.Id)); break;
                case WaitKind.Event: Ledger.Emit(new Effect.DropEvent(wait.Id)); break;
                case WaitKind.Reply: break; // the message is on its way; its reply will find nobody
            }
        }
        execution.Waits = [];
    }

    /// <summary>Takes a wait off an execution and lets it answer. Returns false when nothing waits under this id.</summary>
    public bool Wake(WaitKind kind, string id, Stimulus stimulus)
    {
        if (Waiting(kind, id) is not { } execution) return false;
        execution.Waits = [.. execution.Waits.Where(w => w.Id != id)];
        TakeTurn(execution, new PendingTurn.Resume(stimulus));
        return true;
    }

    public Execution? Waiting(WaitKind kind, string id)
    {
        foreach (var execution in State.OpenExecutions)
        foreach (var wait in execution.Waits)
            if (wait.Kind == kind && wait.Id == id) return execution;
        return null;
    }

    private readonly record struct Scheduled(Execution Parent, ActivityNode Node, IReadOnlyDictionary<string, JsonNode?>? Variables);
}
