using System.Text.Json.Nodes;
using PowerWorkflow.Engine.Journal;

namespace PowerWorkflow.Engine.Flow;

/// <summary>What a burst has produced so far, and how to take back what one failed turn of an activity did.</summary>
internal sealed class Ledger
{
    /// <summary>Values of more bytes are told by their size only; a replay computes them anew.</summary>
    private const int LongestTold = 4096;

    private readonly List<Effect> effects = [];
    private readonly List<JournalEntry> journal = [];
    private readonly List<string> lines = [];
    private readonly List<Change> undo = [];
    private Dictionary<string, JsonObject>? sections;

    public IReadOnlyList<Effect> Effects => effects;
    public IReadOnlyList<JournalEntry> Journal => journal;
    public IReadOnlyList<string> Lines => lines;

    public void Emit(Effect effect) => effects.Add(effect);

    public void Record(JournalEntry entry) => journal.Add(entry);

    public void WriteLine(string line) => lines.Add(line);

    /// <summary>A section as this burst sees it: what it wrote itself, else what the case had.</summary>
    public JsonObject? Section(World world, string code) =>
        sections is not null && sections.TryGetValue(code, out var written) ? written : world.Data.GetValueOrDefault(code);

    public IEnumerable<string> SectionCodes(World world) => sections is null ? world.Data.Keys : world.Data.Keys.Union(sections.Keys);

    public void WriteSection(string code, JsonObject value)
    {
        sections ??= [];
        undo.Add(new(null, code, sections.GetValueOrDefault(code)));
        sections[code] = value;
        effects.Add(new Effect.WriteSection(code, value));
    }

    public void SetVariable(Execution owner, string name, JsonNode? value)
    {
        undo.Add(new(owner, name, owner.Variables.GetValueOrDefault(name)));
        owner.SetVariable(name, value);
    }

    /// <summary>Where a turn begins.</summary>
    public Mark Begin()
    {
        undo.Clear();
        return new(effects.Count, journal.Count, lines.Count);
    }

    /// <summary>Variables the present turn has set, with their values before and after, for the journal; null when there are none.</summary>
    public JsonObject? Changes()
    {
        JsonObject? changes = null;
        foreach (var (owner, name, before) in undo)
        {
            if (owner is null) continue;
            changes ??= [];
            // Set twice in one turn: the first 'before' and the last 'after' count.
            if (changes.ContainsKey("variable." + name)) continue;
            changes["variable." + name] = new JsonObject { ["from"] = Told(before), ["to"] = Told(owner.Variables[name]) };
        }
        return changes;
    }

    // A loop that grows a list would write the list down again in every round.
    private static JsonNode? Told(JsonNode? value) =>
        StateSize.Measure(value) is var size && size > LongestTold ? new JsonObject { ["bytes"] = size } : value?.DeepClone();

    /// <summary>Takes back everything since the mark.</summary>
    public void Rollback(Mark mark)
    {
        effects.RemoveRange(mark.Effects, effects.Count - mark.Effects);
        journal.RemoveRange(mark.Journal, journal.Count - mark.Journal);
        lines.RemoveRange(mark.Lines, lines.Count - mark.Lines);
        for (var i = undo.Count - 1; i >= 0; i--)
        {
            var (owner, name, before) = undo[i];
            if (owner is not null) owner.SetVariable(name, before);
            else if (before is JsonObject section) sections![name] = section;
            else sections!.Remove(name);
        }
        undo.Clear();
    }

    internal readonly record struct Mark(int Effects, int Journal, int Lines);

    private readonly record struct Change(Execution? Owner, string Name, JsonNode? Before);
}
