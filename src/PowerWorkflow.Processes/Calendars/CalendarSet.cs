using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace PowerWorkflow.Processes.Calendars;

/// <summary>Every version of every region's calendar. Immutable; loading a document gives a new set.</summary>
public sealed class CalendarSet
{
    private readonly ImmutableDictionary<string, ImmutableSortedDictionary<int, CalendarDocument>> versions;

    // A calendar's tables take a millisecond to build and never change; each reference is built once per set.
    private readonly ConcurrentDictionary<string, WorkingCalendar> resolved = new(StringComparer.Ordinal);

    private CalendarSet(ImmutableDictionary<string, ImmutableSortedDictionary<int, CalendarDocument>> versions) => this.versions = versions;

    public static CalendarSet Empty { get; } = new(ImmutableDictionary.Create<string, ImmutableSortedDictionary<int, CalendarDocument>>(StringComparer.Ordinal));

    public IEnumerable<CalendarDocument> Documents => versions.Values.SelectMany(v => v.Values);

    public static CalendarSet Of(IEnumerable<CalendarDocument> documents) => documents.Aggregate(Empty, (set, d) => set.With(d));

    /// <exception cref="CalendarException">That version was loaded before: versions are never replaced, load a higher one.</exception>
    public CalendarSet With(CalendarDocument document)
    {
        var known = versions.GetValueOrDefault(document.Code) ?? ImmutableSortedDictionary<int, CalendarDocument>.Empty;
        return known.ContainsKey(document.Version)
            ? throw new CalendarException($"Calendar {document.Pin} is already loaded. A version never changes: load version {known.Keys.Max() + 1}.")
            : new CalendarSet(versions.SetItem(document.Code, known.Add(document.Version, document)));
    }

    /// <summary>
    /// The calendar of a region, its parents folded in. <paramref name="reference"/> is a code (<c>CN-ZJ</c>, newest versions) or the
    /// <see cref="WorkingCalendar.Pin"/> of an earlier answer (<c>CN-ZJ@2/CN@1</c>), which always gives the same calendar again.
    /// </summary>
    /// <exception cref="CalendarException">The code, a version or a parent is not loaded, or parents run in a circle.</exception>
    public WorkingCalendar Resolve(string reference) => resolved.GetOrAdd(reference, Build);

    private WorkingCalendar Build(string reference)
    {
        var pins = reference.Split('/').Select(p => p.Split('@')).ToDictionary(p => p[0], p => p.ElementAtOrDefault(1), StringComparer.Ordinal);
        var chain = new List<CalendarDocument>();
        for (var code = reference.Split('/', '@')[0]; code is not null; code = chain[^1].Parent)
        {
            if (chain.Exists(d => d.Code == code))
            {
                throw new CalendarException($"Calendar '{code}' is its own ancestor: {string.Join(" → ", chain.Select(d => d.Code))} → {code}.");
            }

            chain.Add(Document(code, pins.GetValueOrDefault(code)));
        }

        return new WorkingCalendar(chain);
    }

    private CalendarDocument Document(string code, string? version)
    {
        if (!versions.TryGetValue(code, out var known))
        {
            throw new CalendarException($"Calendar '{code}' is not loaded. Loaded are: {string.Join(", ", versions.Keys.Order(StringComparer.Ordinal))}.");
        }

        if (version is null)
        {
            return known.Values.Last();
        }

        return int.TryParse(version, out var number) && known.TryGetValue(number, out var document)
            ? document
            : throw new CalendarException($"Calendar '{code}' has no version '{version}'. Loaded versions: {string.Join(", ", known.Keys)}.");
    }
}

/// <summary>A calendar was asked for something it does not have. The message says which and what is there.</summary>
public sealed class CalendarException(string message) : Exception(message);
