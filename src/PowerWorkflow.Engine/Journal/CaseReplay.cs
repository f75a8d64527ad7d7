using System.Text.Json.Nodes;

namespace PowerWorkflow.Engine.Journal;

/// <summary>
/// Builds the state of a case anew from its journal: the stimuli it holds, applied to the pinned definitions in the same order at the same instants.
/// </summary>
public static class CaseReplay
{
    /// <summary>Applies the stimuli among the entries of one case.</summary>
    /// <param name="engine">With the activities the case ran with.</param>
    /// <param name="world">Definitions and domain as pinned; its data are ignored, the journal has them.</param>
    /// <param name="caseId">The case.</param>
    /// <param name="entries">In order, with their values (see <see cref="JournalChain.Open"/>); an erased value reads as the text <c>erased</c>.</param>
    /// <exception cref="InvalidDataException">The journal does not begin with CaseStarted, or an entry lacks what it needs.</exception>
    public static (CaseState State, IReadOnlyDictionary<string, JsonObject> Data) Run(WorkflowEngine engine, World world, string caseId, IEnumerable<JournalEntry> entries)
    {
        CaseState? state = null;
        var data = new Dictionary<string, JsonObject>();
        world = world with { Data = data };
        foreach (var entry in entries)
        {
            if (StimulusJson.Read(entry.Kind, entry.Detail, entry.ActivityId, entry.Actor) is not { } stimulus) continue;
            state ??= entry.Kind == "CaseStarted" && entry.Detail.Text("definition") is { } definition && entry.Detail.Text("version") is { } version
                ? CaseState.New(caseId, definition, version)
                : throw new InvalidDataException($"The journal of case '{caseId}' does not begin with CaseStarted but with {entry.Kind}.");
            var burst = engine.Run(world, state, stimulus, entry.At);
            state = burst.State;
            foreach (var write in burst.Effects.OfType<Effect.WriteSection>()) data[write.Section] = write.Value;
        }
        return (state ?? throw new InvalidDataException($"The journal of case '{caseId}' is empty."), data);
    }
}
