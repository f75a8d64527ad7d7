using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using PowerWorkflow.Engine.Definitions;
using PowerWorkflow.Engine.Journal;

namespace PowerWorkflow.Engine.Tests;

/// <summary>
/// Random drawings, random paths through them. The first seed draws, the second walks; both stand in a failure's message, so that it can be run again.
/// </summary>
public sealed class RandomPathTests
{
    private const int Drawings = 40;
    private const int PathsEach = 3;
    private const int Steps = 25;

    [Fact]
    public void A_restart_from_the_serialised_state_after_every_step_changes_nothing()
    {
        var ended = 0;
        ForEachPath((definitions, walkSeed, where) =>
        {
            var kept = new Desk(definitions) { Restart = false };
            var restarted = new Desk(definitions) { Restart = true };
            ended += Walk(walkSeed, [kept, restarted], () =>
            {
                Assert.True(Text(kept) == Text(restarted), $"{where}: the states differ.\n{Text(kept)}\n{Text(restarted)}");
                Assert.True(kept.Text == restarted.Text, $"{where}: the lines differ.");
            }) ? 1 : 0;
        });

        Assert.True(ended > Drawings, $"Only {ended} of {Drawings * PathsEach} cases ended: the drawings hardly test anything.");
    }

    [Fact]
    public void The_same_stimuli_give_the_same_bursts_and_the_journal_rebuilds_the_state()
    {
        ForEachPath((definitions, walkSeed, where) =>
        {
            var first = new Desk(definitions);
            var second = new Desk([.. definitions.Select(d => WorkflowDefinition.Read((JsonObject)d.Document.DeepClone(), Activities.ActivityCatalog.Elsa))]);
            Walk(walkSeed, [first, second], () => { });
            var salts = 0;
            byte[] Salt() => BitConverter.GetBytes((long)++salts).Concat(new byte[8]).ToArray();
            var chain = JournalChain.Append("c1", 0, JournalChain.Genesis, first.Journal, Salt);
            salts = 0;
            var again = JournalChain.Append("c1", 0, JournalChain.Genesis, second.Journal, Salt);
            Assert.True(chain[^1].Hash.AsSpan().SequenceEqual(again[^1].Hash), $"{where}: the journals differ.");

            var (rebuilt, _) = CaseReplay.Run(new WorkflowEngine(Activities.ActivityCatalog.Elsa), first.World, "c1", chain.Select(e => JournalChain.Open(e.Canonical, e.Values)));
            Assert.True(Encoding.UTF8.GetString(rebuilt.ToUtf8()) == Text(first), $"{where}: the rebuilt state differs.\n{Text(first)}\n{Encoding.UTF8.GetString(rebuilt.ToUtf8())}");
        });
    }

    private static string Text(Desk desk) => Encoding.UTF8.GetString(desk.State.ToUtf8());

    private static void ForEachPath(Action<WorkflowDefinition[], int, string> test)
    {
        for (var drawing = 1; drawing <= Drawings; drawing++)
        {
            var definitions = Draw(new Random(drawing));
            for (var walk = 1; walk <= PathsEach; walk++) test(definitions, walk, string.Create(CultureInfo.InvariantCulture, $"drawing seed {drawing}, walk seed {walk}"));
        }
    }

    /// <summary>Gives both desks the same random stimuli; true when the case ended.</summary>
    private static bool Walk(int seed, Desk[] desks, Action compare)
    {
        var random = new Random(seed);
        foreach (var desk in desks)
        {
            // Some drawings loop without waiting: the limit stops them, and the incident is part of the path.
            desk.World = desk.World with { Limits = new(60, 20_000, 64 * 1024) };
            desk.Start(("A", 0));
        }
        compare();
        for (var step = 0; step < Steps && desks[0].State.Status is CaseStatus.Running or CaseStatus.Faulted; step++)
        {
            var lead = desks[0];
            var moves = new List<Action<Desk>>();
            foreach (var task in lead.Tasks.Values)
            {
                var outcome = task.Outcomes[random.Next(task.Outcomes.Count)];
                var value = random.Next(10);
                moves.Add(d => d.Apply(new Stimulus.CompleteTask(task.TaskId, outcome, new Actor("p" + value), new Dictionary<string, JsonObject> { ["S"] = new() { ["v"] = value } })));
            }
            foreach (var name in lead.Events.Values.Select(e => e.EventName).Distinct()) moves.Add(d => d.Publish(name, random.Next(1)));
            if (lead.Timers.Count > 0) moves.Add(d => d.NextTimer());
            foreach (var incident in lead.State.Incidents) moves.Add(d => d.Apply(new Stimulus.SkipIncident(incident.Id, "Done", new Actor("boss"), "test")));
            if (moves.Count == 0) break;
            var move = moves[random.Next(moves.Count)];
            foreach (var desk in desks) move(desk);
            compare();
        }
        return desks[0].State.Status == CaseStatus.Finished;
    }

    private static WorkflowDefinition[] Draw(Random random)
    {
        var inner = Chart(new Drawing("inner").Output("R"), random, calls: false).Outcomes("Done").Read();
        var outer = Chart(new Drawing("outer").Input("A", "Int32").Variable("n", "Int32", 0).Variable("o", "Object", "{\"k\":[1]}"), random, calls: true).Read();
        return [outer, inner];
    }

    private static Drawing Chart(Drawing drawing, Random random, bool calls)
    {
        var count = random.Next(4, 10);
        var ports = new List<string[]>();
        drawing.Add("start", "Elsa.Start");
        for (var i = 0; i < count; i++)
        {
            var id = "a" + i;
            var (activity, outcomes) = Any(id, random, calls, depth: 0);
            drawing.Add(activity);
            if (random.Next(3) == 0) drawing.Merge(id, new[] { "Stream", "Merge", "Converge", "Cascade", "Race" }[random.Next(5)]);
            ports.Add(outcomes);
        }
        drawing.Lines("start -> a0");
        for (var i = 0; i < count; i++)
        {
            foreach (var port in ports[i])
            {
                var next = random.Next(10);
                if (next == 0) continue;
                // Mostly onward; sometimes back, but only to a step that waits, or the burst would not end.
                var target = next == 1 && i > 0 ? random.Next(i) : Math.Min(count - 1, i + random.Next(1, 4));
                if (target != i) drawing.Lines($"a{i}.{port} -> a{target}");
            }
        }
        return drawing;
    }

    private static (JsonObject Activity, string[] Outcomes) Any(string id, Random random, bool calls, int depth)
    {
        switch (random.Next(depth == 0 ? 14 : 5))
        {
            case 0 or 1: return (Drawing.Activity(id, "PowerWorkflow.UserTask", ("outcomes", new[] { "x", "y" }), ("persons", random.Next(1, 2))), ["x", "y"]);
            case 2: return (Drawing.Activity(id, "Elsa.Delay", ("timeSpan", TimeSpan.FromMinutes(random.Next(0, 90)).ToString())), ["Done"]);
            case 3: return (Drawing.Activity(id, "Elsa.Event", ("eventName", "E" + random.Next(2))), ["Done"]);
            case 4: return (Drawing.Activity(id, "Elsa.WriteLine", ("text", "=data.S.v + ':' + Math.random()")), ["Done"]);
            case 5: return (Drawing.Activity(id, "Elsa.FlowDecision", ("condition", $"=(data.S.v || 0) > {random.Next(9)}")), ["True", "False"]);
            case 6 or 7: return (Drawing.Activity(id, "Elsa.FlowFork", ("branches", new[] { "x", "y" })), ["x", "y"]);
            case 8: return (Drawing.Activity(id, "Elsa.FlowJoin", ("mode", new[] { "WaitAny", "WaitAll", "WaitAllActive" }[random.Next(3)])), ["Done"]);
            case 9: return (Drawing.Activity(id, "Elsa.RunJavaScript", ("script", calls ? "variables.n = variables.n + 1; variables.o.k.push(variables.n);" : "null.fails")), ["Done"]);
            case 10: return (Drawing.Activity(id, "Elsa.For", ("start", 1), ("end", random.Next(0, 3)), ("body", Any(id + "b", random, calls, 1).Activity)), ["Done"]);
            case 11: return (Drawing.Activity(id, "Elsa.ParallelForEach", ("items", "=['p','q']"), ("body", Any(id + "b", random, calls, 1).Activity)), ["Done"]);
            case 12: return (new JsonObject { ["id"] = id, ["type"] = "Elsa.Sequence", ["activities"] = new JsonArray(Any(id + "s", random, calls, 1).Activity, Any(id + "t", random, calls, 1).Activity) }, ["Done"]);
            default:
                if (!calls) return (Drawing.Activity(id, "Elsa.End"), []);
                var call = Drawing.Activity(id, "Inner");
                call["workflowDefinitionId"] = "inner";
                return (call, ["Done"]);
        }
    }
}
