using System.Collections.Frozen;
using System.Text.Json.Nodes;
using PowerWorkflow.Engine;
using PowerWorkflow.Engine.Activities;
using PowerWorkflow.Engine.Definitions;

namespace PowerWorkflow.Benchmarks;

/// <summary>The engine alone, on one core: one burst after the other, nothing stored.</summary>
internal static class EngineBursts
{
    private const int TasksOfAChain = 8;
    private static readonly DateTimeOffset Start = new(2026, 11, 2, 1, 0, 0, TimeSpan.Zero);
    private static readonly Actor Person = new("li-na");

    /// <summary>Bursts per second of processor time over a chain of eight user tasks.</summary>
    /// <param name="expression">Whether each burst evaluates one JavaScript expression.</param>
    /// <param name="serialised">Whether the state is written and read again between bursts, as the server does.</param>
    /// <param name="duration">How long to measure.</param>
    public static double PerSecond(bool expression, bool serialised, TimeSpan duration)
    {
        var activities = ActivityCatalog.Elsa;
        var definition = WorkflowDefinition.Read(ChainDefinition.Of(TasksOfAChain, expression), activities, "chain:1");
        var world = new World
        {
            Definitions = new Dictionary<string, WorkflowDefinition> { [definition.VersionId] = definition }.ToFrozenDictionary(),
            Versions = new Dictionary<string, string> { ["chain"] = definition.VersionId }.ToFrozenDictionary(),
            Data = new Dictionary<string, JsonObject> { ["LOAD"] = new JsonObject { ["applyCap"] = 8 } }.ToFrozenDictionary(),
        };
        var engine = new WorkflowEngine(activities);
        _ = Run(duration / 4);
        return Run(duration);

        double Run(TimeSpan time)
        {
            // Processor time, garbage collection included: what one core does, whatever else the machine is busy with.
            var (bursts, before) = (0L, Environment.CpuUsage.TotalTime);
            while (Environment.CpuUsage.TotalTime - before < time)
            {
                for (var i = 0; i < 50; i++)
                {
                    bursts += Case(engine, world, definition.VersionId, serialised, i);
                }
            }

            return bursts / (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        }
    }

    private static int Case(WorkflowEngine engine, World world, string versionId, bool serialised, int number)
    {
        var state = CaseState.New($"case{number}", "chain", versionId);
        var burst = engine.Run(world, state, new Stimulus.Start(FrozenDictionary<string, JsonNode?>.Empty, Person), Start);
        var bursts = 1;
        while (burst.State.Status == CaseStatus.Running)
        {
            var task = burst.Effects.OfType<Effect.OpenTask>().Single().Task;
            state = serialised ? CaseState.FromUtf8(burst.State.ToUtf8()) : burst.State;
            burst = engine.Run(world, state, new Stimulus.CompleteTask(task.TaskId, task.Outcomes[0], Person, FrozenDictionary<string, JsonObject>.Empty), Start.AddMinutes(bursts));
            bursts++;
        }

        return burst.State.Status == CaseStatus.Finished && bursts == TasksOfAChain + 1
            ? bursts
            : throw new InvalidOperationException($"The chain ended as {burst.State.Status} after {bursts} bursts.");
    }
}
