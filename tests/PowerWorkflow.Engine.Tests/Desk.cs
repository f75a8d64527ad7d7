using System.Text.Json.Nodes;
using PowerWorkflow.Engine.Activities;
using PowerWorkflow.Engine.Definitions;
using PowerWorkflow.Engine.Journal;

namespace PowerWorkflow.Engine.Tests;

/// <summary>One case with its data, tasks, timers and waits, kept as a store would keep them: the state goes through its serialised form between any two bursts.</summary>
internal sealed class Desk
{
    private readonly WorkflowEngine engine;
    private readonly Dictionary<string, JsonObject> data = [];

    public Desk(params WorkflowDefinition[] definitions) : this(ActivityCatalog.Elsa, definitions) { }

    public Desk(ActivityCatalog catalog, params WorkflowDefinition[] definitions)
    {
        engine = new(catalog);
        World = new World
        {
            Definitions = definitions.ToDictionary(d => d.VersionId),
            Versions = definitions.ToDictionary(d => d.DefinitionId, d => d.VersionId),
            Data = data,
        };
        State = CaseState.New("c1", definitions[0].DefinitionId, definitions[0].VersionId);
    }

    public World World { get; set; }
    public CaseState State { get; private set; }
    public DateTimeOffset Now { get; set; } = new(2026, 11, 2, 1, 0, 0, TimeSpan.Zero);
    public List<string> Lines { get; } = [];
    public List<JournalEntry> Journal { get; } = [];
    public List<Effect> Effects { get; } = [];
    public Dictionary<string, TaskSpecification> Tasks { get; } = [];
    public Dictionary<string, Effect.SetTimer> Timers { get; } = [];
    public Dictionary<string, Effect.AwaitEvent> Events { get; } = [];
    public IReadOnlyDictionary<string, JsonObject> Data => data;
    public bool Restart { get; set; } = true;

    public string Text => string.Join(' ', Lines);
    public string Waiting => string.Join(' ', State.WaitingAt);

    public Desk Start(params (string Name, object? Value)[] inputs) =>
        Apply(new Stimulus.Start(inputs.ToDictionary(i => i.Name, i => i.Value is JsonNode n ? n : JsonValue.Create(i.Value)), new Actor("li-na")));

    public Desk Complete(string step, string outcome = "Done", string by = "wang", string? returnTo = null, Dictionary<string, JsonObject>? sections = null) =>
        Apply(new Stimulus.CompleteTask(Tasks.Values.Last(t => t.Step == step).TaskId, outcome, new Actor(by), sections ?? []) { ReturnTo = returnTo });

    /// <summary>Moves the clock to the next timer and fires it.</summary>
    public Desk NextTimer()
    {
        var timer = Timers.Values.OrderBy(t => t.DueAt).ThenBy(t => t.TimerId, StringComparer.Ordinal).First();
        Timers.Remove(timer.TimerId);
        if (timer.DueAt > Now) Now = timer.DueAt;
        return Apply(new Stimulus.FireTimer(timer.TimerId, timer.DueAt));
    }

    public Desk Publish(string name, JsonNode? payload = null)
    {
        foreach (var wait in Events.Values.Where(e => e.EventName == name).ToList()) Apply(new Stimulus.DeliverEvent(wait.WaitId, name, payload));
        return this;
    }

    public Desk Apply(Stimulus stimulus)
    {
        var burst = engine.Run(World, State, stimulus, Now);
        State = Restart ? CaseState.FromUtf8(burst.State.ToUtf8()) : burst.State;
        Lines.AddRange(burst.Lines);
        Journal.AddRange(burst.Journal);
        Effects.AddRange(burst.Effects);
        foreach (var effect in burst.Effects)
        {
            switch (effect)
            {
                case Effect.OpenTask open: Tasks[open.Task.TaskId] = open.Task; break;
                case Effect.CloseTask close: Tasks.Remove(close.TaskId); break;
                case Effect.SetTimer timer: Timers[timer.TimerId] = timer; break;
                case Effect.ClearTimer clear: Timers.Remove(clear.TimerId); break;
                case Effect.AwaitEvent wait: Events[wait.WaitId] = wait; break;
                case Effect.DropEvent drop: Events.Remove(drop.WaitId); break;
                case Effect.WriteSection write: data[write.Section] = write.Value; break;
            }
        }
        return this;
    }
}
