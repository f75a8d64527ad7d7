using PowerWorkflow.Processes.Clocks;
using PowerWorkflow.Processes.Documents;

namespace PowerWorkflow.Processes.Policies;

public enum PolicyLevel
{
    National,
    Company,
    Region,
}

/// <summary>Law binds the company; a company's own promise may only be stricter.</summary>
public enum PolicyAuthority
{
    Law,
    Company,
}

/// <summary>Something about a row that a person must see before relying on it.</summary>
public enum PolicyFlag
{
    NoLimit,
    NoClock,
    NoStartFact,
    NoStopFact,
    NoSource,
    NoYear,
    NoEffectiveDates,
    NoRegion,
    UnknownClass,
    ToBeConfirmed,
}

/// <summary>One time limit as its source gives it. What the source does not say is null and flagged, never filled in.</summary>
/// <param name="Id">Stable within the set, such as <c>SUPPLIER_TOTAL/HV-SINGLE</c>.</param>
/// <param name="When">Null when the class is not known at all (a set whose text was not seen).</param>
/// <param name="ClassText">The class in the words of the source.</param>
/// <param name="SumOfStages">The limit is for the sum of the supplier's stages, so it has no start and stop fact of its own.</param>
/// <param name="Confidence">A to D as the domain document marks it; C and D are to be confirmed by the company.</param>
public sealed record PolicyRow(
    string Id, string Item, ClassPredicate? When, string ClassText,
    int? Limit, LimitUnit? Unit, ClockKind? Clock, LimitSemantics Semantics, bool? RollForward, AfterHours? AfterHours, bool SumOfStages,
    IReadOnlyDictionary<string, bool>? PauseOverrides,
    string? Start, string? Stop, string? StartStopText,
    string? Source, string? Article, int? Year, string? Confidence,
    DateOnly? EffectiveFrom, DateOnly? EffectiveTo, string? Note)
{
    /// <summary>Figures nobody has confirmed for this company: marked C or D in any part, or not marked at all.</summary>
    public bool ToBeConfirmed => Confidence is null || Confidence.Contains('C', StringComparison.Ordinal) || Confidence.Contains('D', StringComparison.Ordinal);

    public bool InForce(DateOnly date) => (EffectiveFrom is null || EffectiveFrom <= date) && (EffectiveTo is null || EffectiveTo >= date);
}

/// <summary>A version of a set of limits from one source.</summary>
/// <param name="Region">Code of the region or company group the set is for; null for the whole country, or when the source does not say.</param>
public sealed record PolicySet(
    string Set, int Version, string Title, PolicyLevel Level, PolicyAuthority Authority, string? Region, string? RegionName,
    DateOnly? EffectiveFrom, DateOnly? EffectiveTo, IReadOnlyList<PolicyRow> Rows)
{
    public string Pin => $"{Set}@{Version}";

    public bool InForce(DateOnly date) => (EffectiveFrom is null || EffectiveFrom <= date) && (EffectiveTo is null || EffectiveTo >= date);

    public IEnumerable<PolicyFlag> FlagsOf(PolicyRow row)
    {
        if (row.Limit is null)
        {
            yield return PolicyFlag.NoLimit;
        }

        if (row.Clock is null)
        {
            yield return PolicyFlag.NoClock;
        }

        if (row.Start is null && !row.SumOfStages)
        {
            yield return PolicyFlag.NoStartFact;
        }

        if (row.Stop is null && !row.SumOfStages)
        {
            yield return PolicyFlag.NoStopFact;
        }

        if (row.Source is null)
        {
            yield return PolicyFlag.NoSource;
        }

        if (row.Year is null)
        {
            yield return PolicyFlag.NoYear;
        }

        if (row.EffectiveFrom is null && EffectiveFrom is null)
        {
            yield return PolicyFlag.NoEffectiveDates;
        }

        if (Level == PolicyLevel.Region && Region is null)
        {
            yield return PolicyFlag.NoRegion;
        }

        if (row.When is null)
        {
            yield return PolicyFlag.UnknownClass;
        }

        if (row.ToBeConfirmed)
        {
            yield return PolicyFlag.ToBeConfirmed;
        }
    }

    /// <summary>
    /// Reads a set as a draft: shape, vocabulary and dates are checked, missing figures are allowed. <see cref="PolicyPublishing"/> decides
    /// whether it may come into force.
    /// </summary>
    /// <exception cref="DocumentRefusedException">Lists every field that breaks a rule.</exception>
    public static PolicySet Parse(string json, string document = "policy set")
    {
        var problems = new List<Problem>();
        var read = JsonField.Open(json, problems) is { } root ? PolicyReading.Read(root) : null;
        return read is null || problems.Count > 0 ? throw new DocumentRefusedException(document, problems) : read;
    }
}
