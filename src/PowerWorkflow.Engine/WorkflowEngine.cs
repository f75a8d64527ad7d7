using System.Text.Json.Nodes;
using PowerWorkflow.Engine.Activities;
using PowerWorkflow.Engine.Definitions;
using PowerWorkflow.Engine.Expressions;
using PowerWorkflow.Engine.Flow;
using PowerWorkflow.Engine.Journal;

namespace PowerWorkflow.Engine;

/// <summary>
/// Runs cases. Pure: the same world, state, stimulus and instant always give the same burst, on any machine; there is no clock, no database and
/// no network in here. One engine serves the whole process and is safe to use from many threads.
/// </summary>
/// <param name="activities">The closed set of activities this engine knows: Elsa's, and those the domain adds at start.</param>
public sealed class WorkflowEngine(ActivityCatalog activities)
{
    /// <summary>The activities a definition may use.</summary>
    public ActivityCatalog Activities { get; } = activities;

    /// <summary>
    /// Applies one stimulus to a case and runs until every branch waits or the case has ended.
    /// </summary>
    /// <param name="world">What the burst may look at; immutable.</param>
    /// <param name="state">The case as it was last committed; it is not changed.</param>
    /// <param name="stimulus">What happened.</param>
    /// <param name="now">Server time of the stimulus, UTC; an instant before the last one of this case counts as that one.</param>
    /// <returns>The new state, the effects to be committed with it, and what the journal says about it.</returns>
    /// <exception cref="StimulusRefusedException">The stimulus does not fit the case: the task is gone, the outcome is not permitted, the case has ended.</exception>
    public Burst Run(World world, CaseState state, Stimulus stimulus, DateTimeOffset now)
    {
        var at = BurstRun.WholeMilliseconds(now);
        if (at < state.LastAt) at = state.LastAt;
        if (state.Status is CaseStatus.Finished or CaseStatus.Cancelled && stimulus is not Stimulus.Note)
            throw new StimulusRefusedException(Refusal.CaseEnded, $"Case '{state.CaseId}' has ended ({state.Status}); nothing can be done in it any more.", state.CaseId, state.Status.ToString());

        var copy = state.Copy();
        copy.LastAt = at;
        var run = new BurstRun(world, Activities, copy, ActorOf(stimulus), at);
        Apply(run, stimulus);
        run.Drain();
        if (copy.Status is CaseStatus.Running or CaseStatus.Faulted)
            copy.Status = copy.OpenIncidents.Count > 0 ? CaseStatus.Faulted : CaseStatus.Running;
        copy.Seal();
        return new(copy, run.Ledger.Effects, run.Ledger.Journal, run.Ledger.Lines);
    }

    private static Actor ActorOf(Stimulus stimulus) => stimulus switch
    {
        Stimulus.Start start => start.Actor,
        Stimulus.CompleteTask completion => completion.Actor,
        Stimulus.Cancel cancel => cancel.Actor,
        Stimulus.RetryIncident retry => retry.Actor,
        Stimulus.SkipIncident skip => skip.Actor,
        Stimulus.Note note => note.Actor,
        _ => Actor.System,
    };

    private static void Apply(BurstRun run, Stimulus stimulus)
    {
        switch (stimulus)
        {
            case Stimulus.Start start: Start(run, start); break;
            case Stimulus.CompleteTask completion: CompleteTask(run, completion); break;
            case Stimulus.FireTimer timer: FireTimer(run, timer); break;
            case Stimulus.DeliverEvent delivery: DeliverEvent(run, delivery); break;
            case Stimulus.MessageReply reply: MessageReply(run, reply); break;
            case Stimulus.Cancel cancel: Cancel(run, cancel); break;
            case Stimulus.RetryIncident retry: Retry(run, retry); break;
            case Stimulus.SkipIncident skip: Skip(run, skip); break;
            case Stimulus.Note note: Note(run, note); break;
            default: throw new System.Diagnostics.UnreachableException($"The engine has no answer to {stimulus.GetType().Name}.");
        }
    }

    private static void Start(BurstRun run, Stimulus.Start start)
    {
        var state = run.State;
        if (state.OpenExecutions.Count > 0)
            throw new StimulusRefusedException(Refusal.Gone, $"Case '{state.CaseId}' has started already.", state.CaseId);
        if (!run.World.Definitions.TryGetValue(state.DefinitionVersionId, out var definition) || definition.Root is not { } root)
            throw new StimulusRefusedException(Refusal.Input, $"Definition version '{state.DefinitionVersionId}' cannot be run: it is not at hand or has no root activity.", state.DefinitionVersionId);
        var inputs = Inputs(definition, start.Inputs, run.TimeZone);
        state.StartedBy = start.Actor.Person;
        var (kind, detail) = StimulusJson.Write(start);
        (detail["definition"], detail["version"]) = (definition.DefinitionId, definition.VersionId);
        run.Record(kind, null, detail);
        var outermost = new Execution { Id = ++state.Sequence, Parent = null, Path = "", NodePath = "", StartedAt = run.Now };
        state.OpenExecutions.Add(outermost);
        run.OpenScope(outermost, definition, isSeparate: true, inputs);
        WriteSections(run, start.Data);
        run.Ledger.Begin();
        run.Trigger = start.Trigger;
        run.Schedule(outermost, root);
    }

    private static Dictionary<string, JsonNode?> Inputs(WorkflowDefinition definition, IReadOnlyDictionary<string, JsonNode?> given, TimeZoneInfo timeZone)
    {
        var inputs = new Dictionary<string, JsonNode?>();
        foreach (var (name, value) in given)
        {
            var declared = definition.Inputs.FirstOrDefault(i => string.Equals(i.Name, name, StringComparison.OrdinalIgnoreCase))
                ?? throw new StimulusRefusedException(Refusal.Input, $"Process '{definition.DefinitionId}' has no input '{name}'. It has: {string.Join(", ", definition.Inputs.Select(i => i.Name))}.", name, definition.DefinitionId);
            try
            {
                inputs[declared.Name] = Values.Detached(declared.Type.ToJson(Values.Primitive(value), literal: false, timeZone));
            }
            catch (ConversionException error)
            {
                throw new StimulusRefusedException(Refusal.Input, $"Input '{declared.Name}' {error.Message}.", declared.Name, error.Message);
            }
        }
        return inputs;
    }

    private static void CompleteTask(BurstRun run, Stimulus.CompleteTask completion)
    {
        if (run.Waiting(WaitKind.Task, completion.TaskId) is not { } execution)
            throw new StimulusRefusedException(Refusal.Gone, $"Task '{completion.TaskId}' is no longer open; the case is at: {string.Join(", ", run.State.WaitingAt)}. Refresh your task list.", completion.TaskId, string.Join(", ", run.State.WaitingAt));
        var memory = OpenTaskMemory.From(execution.Memory);
        memory.Judge(completion, CaseState.LastId(execution.Path));
        run.NodeOf(execution); // its type goes into the record
        var isLast = completion.ReturnTo is not null || memory.SignedBy.Count + 1 >= memory.Persons;
        run.Record(isLast ? "TaskCompleted" : "TaskSigned", execution, StimulusJson.Write(completion).Detail);
        WriteSections(run, completion.Data);
        run.Wake(WaitKind.Task, completion.TaskId, completion);
    }

    private static void FireTimer(BurstRun run, Stimulus.FireTimer timer)
    {
        var waiting = run.Waiting(WaitKind.Timer, timer.TimerId);
        run.Record("TimerFired", waiting, StimulusJson.Write(timer).Detail);
        if (run.Wake(WaitKind.Timer, timer.TimerId, timer)) return;
        run.Ledger.Begin();
        if (!run.Rules.TimerFired(new CaseContext(run, run.Case), timer))
            throw new StimulusRefusedException(Refusal.Gone, $"Timer '{timer.TimerId}' is not set any more.", timer.TimerId);
    }

    private static void DeliverEvent(BurstRun run, Stimulus.DeliverEvent delivery)
    {
        var waiting = run.Waiting(WaitKind.Event, delivery.WaitId)
            ?? throw new StimulusRefusedException(Refusal.Gone, $"Nothing waits for event '{delivery.EventName}' under '{delivery.WaitId}' any more.", delivery.WaitId, delivery.EventName);
        run.Record("EventDelivered", waiting, StimulusJson.Write(delivery).Detail);
        run.Ledger.Emit(new Effect.DropEvent(delivery.WaitId));
        run.Wake(WaitKind.Event, delivery.WaitId, delivery);
    }

    private static void MessageReply(BurstRun run, Stimulus.MessageReply reply)
    {
        var waiting = run.Waiting(WaitKind.Reply, reply.MessageId);
        run.Record("MessageReplied", waiting, StimulusJson.Write(reply).Detail);
        if (run.Wake(WaitKind.Reply, reply.MessageId, reply)) return;
        run.Ledger.Begin();
        run.Rules.MessageReplied(new CaseContext(run, run.Case), reply);
    }

    private static void Cancel(BurstRun run, Stimulus.Cancel cancel)
    {
        run.Record("CaseCancelled", null, StimulusJson.Write(cancel).Detail);
        if (run.State.OpenExecutions.Count > 0) run.EndCase(CaseStatus.Cancelled);
        else run.State.Status = CaseStatus.Cancelled;
    }

    private static (Incident Incident, Execution Execution) Find(BurstRun run, string incidentId)
    {
        var incident = run.State.OpenIncidents.Find(i => i.Id == incidentId)
            ?? throw new StimulusRefusedException(Refusal.Gone, $"Incident '{incidentId}' is not open any more.", incidentId);
        return (incident, run.State.OpenExecutions.Single(e => e.Id == incident.ExecutionId));
    }

    private static void Retry(BurstRun run, Stimulus.RetryIncident retry)
    {
        var (incident, execution) = Find(run, retry.IncidentId);
        run.Record("IncidentRetried", execution, StimulusJson.Write(retry).Detail);
        run.CloseIncident(execution);
        run.TakeTurn(execution, incident.Pending);
    }

    private static void Skip(BurstRun run, Stimulus.SkipIncident skip)
    {
        var (_, execution) = Find(run, skip.IncidentId);
        run.Record("IncidentSkipped", execution, StimulusJson.Write(skip).Detail);
        run.Skip(execution, [skip.Outcome]);
    }

    private static void Note(BurstRun run, Stimulus.Note note)
    {
        run.Ledger.Record(new JournalEntry(note.Kind, run.Now, note.Actor, note.ActivityId, null, null, StimulusJson.Write(note).Detail));
        WriteSections(run, note.Data);
        if (run.State.OpenExecutions.Count == 0) return;
        run.Ledger.Begin();
        run.Rules.Noted(new CaseContext(run, run.Case), note);
    }

    private static void WriteSections(BurstRun run, IReadOnlyDictionary<string, JsonObject>? data)
    {
        if (data is null) return;
        foreach (var (code, value) in data) run.Ledger.WriteSection(code, value);
    }
}
