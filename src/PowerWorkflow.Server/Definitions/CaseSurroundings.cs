namespace PowerWorkflow.Server.Definitions;

/// <summary>What running a case needs to know of the organisation and of the domain.</summary>
public sealed class CaseSurroundings
{
    /// <summary>(unit asked for by a task, unit of the case) → code of the unit whose people are asked.</summary>
    public Func<string?, string, string> ResolveUnit { get; init; } = (asked, caseUnit) => asked ?? caseUnit;

    /// <summary>The unit itself first, then each one above it.</summary>
    public Func<string, IEnumerable<string>> Upwards { get; init; } = unit => [unit];

    /// <summary>IANA zone of a unit.</summary>
    public Func<string, string> TimeZoneOf { get; init; } = _ => "Asia/Shanghai";

    /// <summary>Calendar code of a unit.</summary>
    public Func<string, string> CalendarOf { get; init; } = _ => "CN";

    /// <summary>(versions of the reference data, the unit and those above it, date in the unit's zone) → pin of the policies in force.</summary>
    public Func<IReadOnlyDictionary<string, int>, IReadOnlyList<string>, DateOnly, DefinitionCatalog, Task<string?>> PoliciesOf { get; init; } =
        (_, _, _, _) => Task.FromResult<string?>(null);

    /// <summary>(person id or role code, unit, instant) → people who are meant.</summary>
    public Func<string, string, DateTimeOffset, IReadOnlyList<Recipient>> Recipients { get; init; } = (_, _, _) => [];

    /// <summary>What the domain's activities look at, for given pins; asked once for each distinct set of pins.</summary>
    public Func<CasePins, DefinitionCatalog, Task<object?>> Domain { get; init; } = (_, _) => Task.FromResult<object?>(null);
}

/// <summary>Somebody a message is for.</summary>
/// <param name="Person">Person id.</param>
/// <param name="Email">Null when none is known.</param>
public sealed record Recipient(string Person, string? Email);
