using System.Collections.Frozen;

namespace PowerWorkflow.Server.Security;

/// <summary>
/// The organisation as it stands: units, people, who holds which role where. Immutable; row access, task routing, separation of duties and escalation
/// all read this one model.
/// </summary>
public sealed class Organisation
{
    private readonly FrozenDictionary<string, Unit> units;
    private readonly FrozenDictionary<string, Person> people;
    private readonly FrozenDictionary<string, FrozenSet<string>> subtrees;
    private readonly ILookup<string, Assignment> assignments;
    private readonly ILookup<string?, Unit> children;

    public Organisation(IReadOnlyList<Unit> units, IReadOnlyList<Person> people, IReadOnlyList<Assignment> assignments)
    {
        this.units = units.ToFrozenDictionary(u => u.Code);
        this.people = people.ToFrozenDictionary(p => p.Id);
        this.assignments = assignments.ToLookup(a => a.Person);
        children = units.ToLookup(u => u.Parent);
        var below = units.ToDictionary(u => u.Code, _ => new HashSet<string>());
        foreach (var unit in units)
        {
            foreach (var above in Upwards(unit.Code))
            {
                below[above.Code].Add(unit.Code);
            }
        }

        subtrees = below.ToFrozenDictionary(b => b.Key, b => b.Value.ToFrozenSet());
        Units = units;
        People = people;
        Assignments = assignments;
    }

    public static Organisation Empty { get; } = new([], [], []);

    public IReadOnlyList<Unit> Units { get; }

    public IReadOnlyList<Person> People { get; }

    public IReadOnlyList<Assignment> Assignments { get; }

    public Unit? Unit(string code) => units.GetValueOrDefault(code);

    public Person? Person(string id) => people.GetValueOrDefault(id);

    /// <summary>The person's name, or the id when nobody is known by it (a person who has left stays in old records).</summary>
    public string NameOf(string personId) => people.TryGetValue(personId, out var person) ? person.Name : personId;

    public string UnitName(string code, string language) => units.TryGetValue(code, out var unit)
        ? language == Refusals.Languages.English ? unit.NameEn : unit.NameZh
        : code;

    public IEnumerable<Unit> Below(string? code) => children[code];

    /// <summary>The unit and every unit under it; empty for an unknown code.</summary>
    public FrozenSet<string> Subtree(string code) => subtrees.GetValueOrDefault(code, FrozenSet<string>.Empty);

    /// <summary>The unit itself first, then each one above it.</summary>
    /// <exception cref="InvalidDataException">The tree has a loop.</exception>
    public IEnumerable<Unit> Upwards(string code)
    {
        var seen = 0;
        for (var unit = Unit(code); unit is not null; unit = unit.Parent is null ? null : Unit(unit.Parent))
        {
            if (++seen > units.Count)
            {
                throw new InvalidDataException($"Unit '{code}' is its own superior: the organisation tree has a loop. Correct the parents of its units.");
            }

            yield return unit;
        }
    }

    /// <summary>
    /// The unit whose people are asked: the one named, the case's own when none is named, or for <c>@建设</c> the nearest department of that kind on the
    /// way up from the case's unit. Without such a department the case's unit is asked, where a leader will see the task.
    /// </summary>
    public string ResolveUnit(string? asked, string caseUnit)
    {
        if (string.IsNullOrEmpty(asked))
        {
            return caseUnit;
        }

        if (asked[0] != '@')
        {
            return asked;
        }

        var kind = asked[1..];
        return Upwards(caseUnit)
            .SelectMany(unit => Below(unit.Code).Prepend(unit))
            .FirstOrDefault(unit => unit.Department == kind)?.Code ?? caseUnit;
    }

    /// <summary>IANA time zone of the unit, inherited from above.</summary>
    public string TimeZoneOf(string unit) => Upwards(unit).Select(u => u.TimeZone).FirstOrDefault(z => z is not null) ?? "Asia/Shanghai";

    /// <summary>Calendar code of the unit, inherited from above.</summary>
    public string CalendarOf(string unit) => Upwards(unit).Select(u => u.Calendar).FirstOrDefault(c => c is not null) ?? "CN";

    /// <summary>What the person may reach at an instant; dates are read in each unit's own time zone.</summary>
    public Reach ReachOf(string personId, DateTimeOffset at) =>
        new(this, personId, [.. assignments[personId].Where(a => a.HoldsOn(LocalDay(a.Unit, at)))]);

    /// <summary>People who hold the role for the unit (in it or above it) at an instant.</summary>
    public IEnumerable<Person> Holders(string role, string unit, DateTimeOffset at) => Assignments
        .Where(a => a.Role == role && Subtree(a.Unit).Contains(unit) && a.HoldsOn(LocalDay(a.Unit, at)))
        .Select(a => Person(a.Person)).OfType<Person>().DistinctBy(p => p.Id);

    private DateOnly LocalDay(string unit, DateTimeOffset at) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById(TimeZoneOf(unit))).DateTime);
}
