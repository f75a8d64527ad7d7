using System.Text.Json.Nodes;
using PowerWorkflow.Engine.Definitions;
using PowerWorkflow.Engine.Expressions;
using PowerWorkflow.Engine.Flow;

namespace PowerWorkflow.Engine.Activities;

/// <summary>What an activity can see in its turn, and what it can ask for. Valid during the turn only.</summary>
public sealed class ActivityContext : CaseContext
{
    internal ActivityContext(BurstRun run, Execution execution) : base(run, execution) => Node = run.NodeOf(execution);

    /// <summary>The activity as the definition has it.</summary>
    public ActivityNode Node { get; }

    /// <summary>Path of activity ids from the case's definition down to this activity.</summary>
    public string Path => Execution.Path;

    /// <summary>What this execution remembers between its turns; replaced as a whole, never edited.</summary>
    public JsonNode? Memory
    {
        get => Execution.Memory;
        set => Execution.Memory = value;
    }

    /// <summary>Outcomes a script has chosen in this turn.</summary>
    internal IReadOnlyList<string>? ChosenOutcomes { get; private set; }

    /// <summary>Whether the case was started by this very activity (a timer or event at the head of its definition): there is nothing left to wait for.</summary>
    public bool IsTrigger => Run.Trigger == Node.Id && Execution.Parent?.Parent?.Parent is null && Execution.StartedAt == Now;

    /// <summary>Whether a line is drawn from an outcome of this activity.</summary>
    public bool IsConnected(string outcome)
    {
        foreach (var line in Node.Parent?.Flow is { } flow ? flow.Outbound(Node) : [])
            if (line.Port == outcome) return true;
        return false;
    }

    /// <summary>The value of an input; what the input declares otherwise when the definition does not say.</summary>
    /// <exception cref="ActivityFaultException">The expression failed, or gave no value of this type.</exception>
    public T? Get<T>(Input<T> input)
    {
        if (Node.Inputs[input.Index] is not { } compiled) return input.Otherwise;
        if (compiled.IsConstant) return (T?)compiled.Constant;
        return Evaluate(compiled.Expression, input.Name, input.Otherwise);
    }

    /// <summary>Whether the definition says anything for an input.</summary>
    public bool Has(ActivityInput input) => Node.Inputs[input.Index] is not null;

    /// <summary>The value of an expression, strictly converted.</summary>
    /// <param name="name">The input it belongs to, for the message.</param>
    /// <param name="otherwise">For an expression that gives nothing where nothing is a value (text, lists, JSON).</param>
    public T? Evaluate<T>(Expression expression, string name, T? otherwise = default)
    {
        try
        {
            var value = expression.Evaluate(this);
            if (value is null) return default(T) is null ? otherwise : throw new ConversionException(null, $"a value of type {typeof(T).Name}");
            return Conversion<T>.From(value, expression.IsLiteral, TimeZone);
        }
        catch (ExpressionException error)
        {
            throw new ActivityFaultException("expression", $"Activity '{Node.Id}' ({Node.Label}), input {name}: '{Excerpt(error.Expression)}' failed{Position(error)}: {error.Message}.");
        }
        catch (ConversionException error)
        {
            throw new ActivityFaultException("input-type", $"Activity '{Node.Id}' ({Node.Label}), input {name}: '{Excerpt(expression.Source)}' {error.Message}.");
        }
    }

    private static string Excerpt(string source) => source.Length <= 120 ? source : source[..120] + "…";

    private static string Position(ExpressionException error) => (error.Line, error.Column) switch
    {
        (null, _) => "",
        ({ } line, null) => $" at line {line}",
        ({ } line, { } column) => $" at line {line}, column {column}",
    };

    /// <summary>Puts a value out: bound variables get it, and expressions find it under this activity's name.</summary>
    public void SetOutput(string output, object? value)
    {
        var node = Values.ToNode(value);
        if (Node.OutputBindings.TryGetValue(output, out var variable))
        {
            try
            {
                SetVariable(variable, node);
            }
            catch (ExpressionException error)
            {
                throw new ActivityFaultException("output-type", $"Activity '{Node.Id}' ({Node.Label}), output {output}: {error.Message}.");
            }
        }
        Run.KeepResult(ScopeExecution, Node.Id, output, node);
    }

    /// <summary>Sends a token into an activity inside this one.</summary>
    /// <param name="variables">Variables it brings along for that activity alone, such as a loop's current value.</param>
    public void Schedule(ActivityNode child, IReadOnlyDictionary<string, JsonNode?>? variables = null) => Run.Schedule(Execution, child, variables);

    /// <summary>Whether anything inside this activity is under way or about to be.</summary>
    public bool HasLiveChildren => Run.HasLiveChildren(Execution);

    /// <summary>Sets an output of the definition this activity is drawn in; of the case itself in its outermost definition.</summary>
    public void SetDefinitionOutput(string name, JsonNode? value) => Run.SetScopeOutput(ScopeExecution, name, Values.Detached(value));

    /// <summary>Assigns a variable from text typed in the designer.</summary>
    internal void SetLiteral(string name, object? value) => SetVariable(name, value, literal: true);

    /// <summary>Cancels everything under way inside this activity.</summary>
    public void CancelChildren() => Run.CancelChildren(Execution);

    /// <summary>Waits until an instant.</summary>
    /// <param name="kind">Delay, StartAt, Timer, Cron …, for lists and measures.</param>
    /// <returns>The timer's id.</returns>
    public string SetTimer(DateTimeOffset dueAt, string kind, MissedTimer missed = MissedTimer.FireOnce)
    {
        var id = NextId();
        var due = BurstRun.WholeMilliseconds(dueAt);
        BurstRun.AddWait(Execution, new(WaitKind.Timer, id));
        Emit(new Effect.SetTimer(id, due, missed, kind, Path));
        Record("TimerSet", new JsonObject { ["timer"] = id, ["dueAt"] = due.ToString("O"), ["kind"] = kind });
        return id;
    }

    /// <summary>Waits for an event of this name.</summary>
    /// <param name="correlationId">Only events for this correlation id; null for any.</param>
    public void AwaitEvent(string eventName, string? correlationId)
    {
        var id = NextId();
        BurstRun.AddWait(Execution, new(WaitKind.Event, id));
        Emit(new Effect.AwaitEvent(id, eventName, correlationId));
        Record("EventAwaited", new JsonObject { ["wait"] = id, ["event"] = eventName });
    }

    /// <summary>Sends a message with the burst.</summary>
    /// <param name="wantsReply">Wait for its reply.</param>
    /// <returns>The message's id.</returns>
    public string Send(MessageKind kind, string? connection, JsonObject payload, bool wantsReply)
    {
        var id = NextId();
        if (wantsReply) BurstRun.AddWait(Execution, new(WaitKind.Reply, id));
        Emit(new Effect.Send(id, kind, connection, payload, wantsReply));
        Record("MessageSent", new JsonObject { ["message"] = id, ["kind"] = kind.ToString(), ["connection"] = connection });
        return id;
    }

    /// <summary>Waits for people.</summary>
    /// <param name="specification">Without its id; the domain may add a due time.</param>
    public void OpenTask(TaskSpecification specification)
    {
        var task = Run.Rules.TaskOpening(this, specification);
        BurstRun.AddWait(Execution, new(WaitKind.Task, task.TaskId));
        Emit(new Effect.OpenTask(task));
        var detail = new JsonObject { ["task"] = task.TaskId, ["step"] = task.Step };
        if (task.Role is not null) detail["role"] = task.Role;
        if (task.Person is not null) detail["person"] = task.Person;
        if (task.Unit is not null) detail["unit"] = task.Unit;
        if (task.Form is not null) detail["form"] = task.Form;
        if (task.DueAt is { } due) detail["dueAt"] = due.ToString("O");
        Record("TaskOpened", detail);
    }

    /// <inheritdoc/>
    public override void SetOutcomes(IReadOnlyList<string> outcomes) => ChosenOutcomes = outcomes;
}
