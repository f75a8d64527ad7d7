using System.Text.Json.Nodes;
using PowerWorkflow.Engine.Journal;

namespace PowerWorkflow.Engine.Simulation;

/// <summary>
/// Runs cases in memory on a virtual clock: timers are skipped forward to, events and cases started by cases are delivered, nothing leaves the process. What
/// the store does in the server, lists do here. For the command line, for simulations and for tests.
/// </summary>
public sealed class CaseRunner
{
    /// <summary>A recurring timer is stopped after this many firings.</summary>
    public const int MostFirings = 1_000;

    private readonly WorkflowEngine engine;
    private readonly World world;
    private readonly List<RunningCase> cases = [];
    private readonly Dictionary<(string Case, string Activity), int> firings = [];

    /// <summary>Makes a runner whose first case is of a given definition.</summary>
    /// <param name="engine">With the activities the definitions use.</param>
    /// <param name="world">Definitions, time zone, domain. Its data are what the case begins with.</param>
    /// <param name="definitionId">One of the world's definitions.</param>
    /// <param name="startAt">What the virtual clock says at first.</param>
    public CaseRunner(WorkflowEngine engine, World world, string definitionId, DateTimeOffset startAt)
    {
        (this.engine, this.world, Now) = (engine, world, startAt.ToUniversalTime());
        cases.Add(Open("case", definitionId, world.Case));
    }

    /// <summary>The virtual clock, UTC.</summary>
    public DateTimeOffset Now { get; private set; }

    /// <summary>The IANA zone cases run in.</summary>
    public string TimeZone => world.TimeZone;

    /// <summary>The state of the first case.</summary>
    public CaseState State => cases[0].State;

    /// <summary>Sections of the first case's data document.</summary>
    public IReadOnlyDictionary<string, JsonObject> Data => cases[0].Data;

    /// <summary>What the first case's journal holds.</summary>
    public IReadOnlyList<JournalEntry> Journal => cases[0].Journal;

    /// <summary>Open tasks of every case, oldest first.</summary>
    public IEnumerable<TaskSpecification> OpenTasks => cases.SelectMany(c => c.Tasks.Values);

    /// <summary>Messages that would leave the system, in order.</summary>
    public List<Effect.Send> Outbox { get; } = [];

    /// <summary>Called with each line a WriteLine activity writes.</summary>
    public Action<string> Line { get; init; } = _ => { };

    /// <summary>Starts the first case.</summary>
    /// <exception cref="StimulusRefusedException">An input is unknown or of the wrong type.</exception>
    public void Start(IReadOnlyDictionary<string, JsonNode?> inputs, Actor actor, IReadOnlyDictionary<string, JsonObject>? data = null) =>
        Apply(cases[0], new Stimulus.Start(inputs, actor, data));

    /// <summary>Completes an open task.</summary>
    /// <exception cref="StimulusRefusedException">The task is not open, or the completion is not permitted.</exception>
    public void Complete(Stimulus.CompleteTask completion) =>
        Apply(cases.Find(c => c.Tasks.ContainsKey(completion.TaskId)) ?? cases[0], completion);

    /// <summary>Applies any other stimulus to the first case.</summary>
    public void Apply(Stimulus stimulus) => Apply(cases[0], stimulus);

    /// <summary>Moves the clock, firing on the way every timer that comes due, in order of their instants.</summary>
    public void AdvanceTo(DateTimeOffset until)
    {
        while (NextTimer() is { } next && next.Timer.DueAt <= until)
            if (!Fire(next)) break;
        if (until > Now) Now = until.ToUniversalTime();
    }

    /// <summary>Skips forward from timer to timer until nothing waits for time any more, or a recurring one has fired <see cref="MostFirings"/> times.</summary>
    /// <param name="until">Timers after this instant are left; null for none.</param>
    public void SkipForward(DateTimeOffset? until = null)
    {
        while (NextTimer() is { } next)
        {
            if (until is { } end && next.Timer.DueAt > end)
            {
                if (end > Now) Now = end.ToUniversalTime();
                return;
            }
            if (!Fire(next)) return;
        }
    }

    /// <summary>Moves the clock to the next timer and fires it; does nothing when nothing waits for time.</summary>
    public void AdvanceToNextTimer()
    {
        if (NextTimer() is { } next) Fire(next);
    }

    /// <summary>When the next timer comes due, UTC; null when nothing waits for time.</summary>
    public DateTimeOffset? NextTimerAt => NextTimer()?.Timer.DueAt;

    private bool Fire((RunningCase Case, Effect.SetTimer Timer) next)
    {
        var key = (next.Case.State.CaseId, next.Timer.ActivityId);
        var count = firings[key] = firings.GetValueOrDefault(key) + 1;
        if (count > MostFirings) return false;
        next.Case.Timers.Remove(next.Timer.TimerId);
        if (next.Timer.DueAt > Now) Now = next.Timer.DueAt;
        Apply(next.Case, new Stimulus.FireTimer(next.Timer.TimerId, next.Timer.DueAt));
        return true;
    }

    private (RunningCase Case, Effect.SetTimer Timer)? NextTimer()
    {
        (RunningCase Case, Effect.SetTimer Timer)? best = null;
        foreach (var one in cases)
        foreach (var timer in one.Timers.Values)
            if (best is not { } found || timer.DueAt < found.Timer.DueAt) best = (one, timer);
        return best;
    }

    private RunningCase Open(string caseId, string definitionId, CaseInfo info)
    {
        if (!world.Versions.TryGetValue(definitionId, out var version))
            throw new StimulusRefusedException(Refusal.Input, $"There is no definition '{definitionId}' at hand. Load its file as well.", definitionId);
        var data = cases.Count == 0 ? world.Data.ToDictionary(s => s.Key, s => s.Value) : [];
        return new(CaseState.New(caseId, definitionId, version), data, world with { Data = data, Case = info });
    }

    private void Apply(RunningCase one, Stimulus stimulus)
    {
        var burst = engine.Run(one.World, one.State, stimulus, Now);
        one.State = burst.State;
        one.Journal.AddRange(burst.Journal);
        foreach (var line in burst.Lines) Line(line);
        foreach (var effect in burst.Effects) Carry(one, effect);
    }

    private void Carry(RunningCase one, Effect effect)
    {
        switch (effect)
        {
            case Effect.OpenTask open: one.Tasks[open.Task.TaskId] = open.Task; break;
            case Effect.CloseTask close: one.Tasks.Remove(close.TaskId); break;
            case Effect.SetTimer timer: one.Timers[timer.TimerId] = timer; break;
            case Effect.ClearTimer clear: one.Timers.Remove(clear.TimerId); break;
            case Effect.AwaitEvent wait: one.Events[wait.WaitId] = wait; break;
            case Effect.DropEvent drop: one.Events.Remove(drop.WaitId); break;
            case Effect.WriteSection write: one.Data[write.Section] = write.Value; break;
            case Effect.Send send: Deliver(send); break;
            case Effect.SignTask or Effect.Project: break; // nothing looks at these here
        }
    }

    private void Deliver(Effect.Send send)
    {
        switch (send.Kind)
        {
            case MessageKind.PublishEvent:
                var name = send.Payload.Text("event");
                var correlation = send.Payload.Text("correlationId");
                foreach (var one in cases.ToList())
                {
                    if (send.Payload.Text("case") is { } only && only != one.State.CaseId) continue;
                    foreach (var wait in one.Events.Values.Where(w => w.EventName == name && (correlation is null || w.CorrelationId == correlation)).ToList())
                        Apply(one, new Stimulus.DeliverEvent(wait.WaitId, wait.EventName, send.Payload["payload"]));
                }
                break;
            case MessageKind.StartCase:
                var started = Open($"{cases[0].State.CaseId}-{cases.Count}", send.Payload.Text("definitionId") ?? "", world.Case);
                cases.Add(started);
                Apply(started, new Stimulus.Start((send.Payload.Object("input") ?? []).ToDictionary(i => i.Key, i => i.Value), Actor.System));
                break;
            default:
                Outbox.Add(send);
                break;
        }
    }

    private sealed record RunningCase(CaseState First, Dictionary<string, JsonObject> Data, World World)
    {
        public CaseState State { get; set; } = First;
        public List<JournalEntry> Journal { get; } = [];
        public Dictionary<string, TaskSpecification> Tasks { get; } = [];
        public Dictionary<string, Effect.SetTimer> Timers { get; } = [];
        public Dictionary<string, Effect.AwaitEvent> Events { get; } = [];
    }
}
