using System.Data.Common;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using PowerWorkflow.Engine;
using PowerWorkflow.Engine.Journal;
using PowerWorkflow.Server.Definitions;
using PowerWorkflow.Server.Scheduling;
using PowerWorkflow.Server.Storage;
using PowerWorkflow.Server.Storage.Schema;

namespace PowerWorkflow.Server.Commands;

/// <summary>
/// The one path for every change of a case: load, run, commit, wake, reply. Whoever loses a race against another command of the same case runs again on what
/// that one left.
/// </summary>
public sealed class CaseExecutor(
    WorkflowEngine engine, CaseReader reader, BurstWriter writer, DefinitionCatalog catalog, CaseSurroundings surroundings, CaseNumbers numbers,
    ServerClock clock, WakeUp wake, ILogger<CaseExecutor> log)
{
    /// <summary>How often a database that breaks off is asked again before the caller is told.</summary>
    private const int Patience = 4;

    private readonly CaseIds ids = new();
    private readonly SemaphoreSlim[] queues = [.. Enumerable.Range(0, 256).Select(_ => new SemaphoreSlim(1, 1))];

    /// <summary>Moves a case.</summary>
    /// <returns>When it ends, the burst is durable and every read shows it.</returns>
    /// <exception cref="CaseNotFoundException">No such case.</exception>
    /// <exception cref="CommandReusedException">The command id was used for another request.</exception>
    /// <exception cref="StimulusRefusedException">The stimulus does not fit the case.</exception>
    public Task<Executed> ExecuteAsync(string caseId, CaseCommand command, CancellationToken cancel = default) =>
        UntilCommittedAsync(caseId, () => TryExecuteAsync(caseId, command, cancel), cancel);

    /// <summary>Starts a case. <see cref="CaseCommand.Decide"/> gets a case that does not exist yet and answers with <see cref="Stimulus.Start"/>.</summary>
    /// <inheritdoc cref="ExecuteAsync"/>
    /// <exception cref="DefinitionNotFoundException">The process has no version for the unit.</exception>
    public Task<Executed> StartAsync(NewCase start, CaseCommand command, CancellationToken cancel = default)
    {
        var caseId = ids.New(clock.Now);
        return UntilCommittedAsync(caseId, () => TryStartAsync(caseId, start, command, cancel), cancel);
    }

    private async Task<Executed> UntilCommittedAsync(string caseId, Func<Task<Executed?>> attempt, CancellationToken cancel)
    {
        // The first attempt goes straight through. Losers of a race line up per case, so that everybody's turn comes.
        if (await TryAsync(attempt, cancel) is { } done)
            return done;
        var queue = queues[(uint)caseId.GetHashCode(StringComparison.Ordinal) % queues.Length];
        await queue.WaitAsync(cancel);
        try
        {
            while (true)
            {
                if (await TryAsync(attempt, cancel) is { } later)
                    return later;
            }
        }
        finally
        {
            queue.Release();
        }
    }

    /// <summary>
    /// A connection that breaks leaves open whether the unit was committed. Asking again settles it: the command id, or the timer's row, tells.
    /// </summary>
    private async Task<Executed?> TryAsync(Func<Task<Executed?>> attempt, CancellationToken cancel)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await attempt();
            }
            catch (DbException broken) when (broken.IsTransient && tries < Patience)
            {
                log.LogWarning(broken, "The database broke off; asking again ({Try} of {Patience}).", tries, Patience);
                await Task.Delay(TimeSpan.FromMilliseconds(50 << tries), clock, cancel);
            }
        }
    }

    private async Task<Executed?> TryExecuteAsync(string caseId, CaseCommand command, CancellationToken cancel)
    {
        var stored = await reader.ReadAsync(caseId, command.Identity, cancel);
        var before = await SnapshotAsync(caseId, stored);
        command.Allow(before);
        if (stored.Done is { } done)
            return Replay(command, done);

        return await RunAsync(before, stored, command, pins: null);
    }

    private async Task<Executed?> TryStartAsync(string caseId, NewCase start, CaseCommand command, CancellationToken cancel)
    {
        if (command.Identity is not null && (await reader.ReadAsync(caseId, command.Identity, cancel)).Done is { } done)
        {
            command.Allow(await SnapshotAsync(done.CaseId, await reader.ReadAsync(done.CaseId, null, cancel)));
            return Replay(command, done);
        }

        var now = clock.Now;
        var held = await catalog.PinAsync(start.Process, start.Unit, now);
        var pins = held.ToJson();
        var pinId = CasePins.IdOf(pins);
        var version = held.Definitions[start.Process];
        var definition = await catalog.DefinitionAsync(version);
        var state = CaseState.New(caseId, start.Process, version);
        state.CorrelationId = start.CorrelationId;
        var header = new CaseHeader
        {
            CaseId = caseId,
            Number = await numbers.NextAsync(definition.Document, start.Unit, held.TimeZone, now, cancel),
            Process = start.Process,
            DefinitionVersionId = version,
            PinId = pinId,
            Unit = start.Unit,
            CustomerName = start.CustomerName,
            CustomerNumber = start.CustomerNumber,
            CorrelationId = start.CorrelationId,
            StartedBy = start.StartedBy,
            CreatedAt = now,
        };
        var world = await catalog.WorldAsync(pinId, held);
        var before = new CaseSnapshot(header, state, new Dictionary<string, JsonObject>(), [], held, world with { Case = new CaseInfo(header.Number, header.Unit) });
        command.Allow(before);
        var nothing = new StoredCase(null, 0, 0, JournalChain.Genesis.ToArray(), [], [], new Dictionary<string, string>(), null);
        return await RunAsync(before, nothing, command, pins);
    }

    private async Task<Executed?> RunAsync(CaseSnapshot before, StoredCase stored, CaseCommand command, string? pins)
    {
        var move = await command.Decide(before);
        var now = clock.Now;
        // Clocks of nodes differ a little; inside a case time never runs backwards.
        if (now < before.State.LastAt)
            now = before.State.LastAt;
        var burst = engine.Run(before.World, before.State, move.Stimulus, now);
        if (burst.Journal.Count == 0)
            throw new InvalidOperationException($"The burst of case '{before.Header.CaseId}' by {move.Stimulus.GetType().Name} has no journal; it cannot be committed.");

        var effects = Routed(burst.Effects, before.Header.Unit);
        var header = HeaderAfter(before.Header, burst, now);
        var after = before with
        {
            Header = header,
            State = burst.State,
            Data = DataAfter(before.Data, effects),
            Tasks = TaskRows.After(before.Tasks, effects, move.Holds, header, now),
        };
        var reply = command.Identity is null ? new Reply(204, null) : command.Answer(after, burst);
        var unit = new CommitUnit
        {
            Header = header,
            Before = pins is null ? before.Header : null,
            Pins = pins,
            ReadVersion = stored.RowVersion,
            State = burst.State.ToUtf8(),
            Journal = JournalChain.Append(header.CaseId, stored.JournalSequence, stored.JournalHash, burst.Journal),
            Effects = effects,
            Tasks = before.Tasks.ToDictionary(task => task.TaskId),
            Holds = move.Holds,
            Rows = move.Rows,
            Command = command.Identity,
            Reply = reply,
            Fired = command.Fired,
            Stimulus = move.Stimulus,
            At = now,
        };
        switch (await writer.CommitAsync(unit, command.Lane))
        {
            case Commit.Done:
                wake.After(effects);
                return new Executed(header.CaseId, reply, Replayed: false, after);
            case Commit.NumberTaken:
                numbers.Forget(header.Number);
                return null;
            case Commit.TimerGone:
                throw new TimerGoneException(command.Fired!.TimerId);
            default:
                return null;
        }
    }

    private static Executed Replay(CaseCommand command, DoneCommand done)
    {
        var identity = command.Identity!; // only a command with an identity can be found
        if (!CryptographicOperations.FixedTimeEquals(identity.RequestHash, done.RequestHash))
            throw new CommandReusedException(identity.CommandId);
        return new Executed(done.CaseId, new Reply(done.Status, JsonNode.Parse(done.Reply)), Replayed: true, After: null);
    }

    private async Task<CaseSnapshot> SnapshotAsync(string caseId, StoredCase stored)
    {
        var header = stored.Header ?? throw new CaseNotFoundException(caseId);
        var held = await catalog.PinsAsync(header.PinId);
        var data = new SectionData(stored.Sections);
        var world = await catalog.WorldAsync(header.PinId, held);
        return new CaseSnapshot(header, CaseState.FromUtf8(stored.State), data, stored.Tasks, held, world with { Data = data, Case = new CaseInfo(header.Number, header.Unit) });
    }

    private List<Effect> Routed(IReadOnlyList<Effect> effects, string caseUnit) =>
    [
        .. effects.Select(effect => effect is Effect.OpenTask open
            ? new Effect.OpenTask(open.Task with { Unit = surroundings.ResolveUnit(open.Task.Unit, caseUnit) })
            : effect),
    ];

    private static CaseHeader HeaderAfter(CaseHeader before, Burst burst, DateTimeOffset now)
    {
        var written = burst.Effects.OfType<Effect.WriteSection>().LastOrDefault(section => section.Section == "CASE")?.Value;
        return before with
        {
            Status = burst.State.Status,
            Name = burst.State.Name,
            CorrelationId = burst.State.CorrelationId,
            Priority = written?["priority"] is JsonValue value && value.TryGetValue(out int priority) ? priority : before.Priority,
            FinishedAt = before.FinishedAt ?? (burst.State.Status is CaseStatus.Finished or CaseStatus.Cancelled ? now : null),
        };
    }

    private static IReadOnlyDictionary<string, JsonObject> DataAfter(IReadOnlyDictionary<string, JsonObject> before, List<Effect> effects)
    {
        Dictionary<string, JsonObject>? after = null;
        foreach (var section in effects.OfType<Effect.WriteSection>())
            (after ??= new(before))[section.Section] = section.Value;
        return after ?? before;
    }
}

/// <summary>The timer was cleared or moved, or another node works on it: there is nothing left to do.</summary>
public sealed class TimerGoneException(string timerId) : Exception($"Timer '{timerId}' is gone or in other hands.");
