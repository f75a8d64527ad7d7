using System.Collections.Immutable;
using System.Globalization;
using PowerWorkflow.Processes.Documents;

namespace PowerWorkflow.Processes.Policies;

/// <summary>Which sets are in force for whom, in the order they are asked. Region codes are unit codes; a unit inherits from its ancestors.</summary>
public sealed record PolicyAssignment(PolicyLevel Level, string? Region, IReadOnlyList<string> Sets);

/// <param name="InternalShare">Internal control limit as a share of the limit in force (product default, D).</param>
/// <param name="GreenLaneFactor">Null until the company gives one.</param>
public sealed record PolicyAssignments(int Version, decimal InternalShare, decimal? GreenLaneFactor, IReadOnlyList<PolicyAssignment> Assignments)
{
    /// <exception cref="DocumentRefusedException">Lists every field that breaks a rule.</exception>
    public static PolicyAssignments Parse(string json, string document = "policy assignments")
    {
        var problems = new List<Problem>();
        PolicyAssignments? read = null;
        if (JsonField.Open(json, problems) is { } root)
        {
            var share = root["internalControl"]["share"].Number() ?? 1;
            if (share is <= 0 or > 1)
            {
                root["internalControl"]["share"].Wrong("not-a-share", "应大于 0 且不超过 1", "must be above 0 and at most 1");
            }

            read = new PolicyAssignments(root["version"].RequiredWhole(1), share, root["greenLane"]["factor"].Number(), root["assignments"].Items()
                .Select(a => new PolicyAssignment(a["level"].RequiredOneOf<PolicyLevel>(), a["region"].Text(), a["sets"].Items().Select(s => s.RequiredText()).ToList())).ToList());
        }

        return read is null || problems.Count > 0 ? throw new DocumentRefusedException(document, problems) : read;
    }
}

/// <summary>Every version of every policy set. Immutable; adding a version gives a new book.</summary>
public sealed class PolicyBook
{
    private readonly ImmutableDictionary<string, PolicySet> byPin;

    private PolicyBook(ImmutableDictionary<string, PolicySet> byPin, PolicyAssignments assignments)
    {
        this.byPin = byPin;
        Assignments = assignments;
    }

    public PolicyAssignments Assignments { get; }

    public IEnumerable<PolicySet> Sets => byPin.Values;

    public static PolicyBook Of(IEnumerable<PolicySet> sets, PolicyAssignments assignments) =>
        sets.Aggregate(new PolicyBook(ImmutableDictionary.Create<string, PolicySet>(StringComparer.Ordinal), assignments), (book, set) => book.With(set));

    /// <exception cref="PolicyException">That version is in the book already: versions never change.</exception>
    public PolicyBook With(PolicySet set) => byPin.ContainsKey(set.Pin)
        ? throw new PolicyException($"Policy set {set.Pin} is already loaded. A version never changes: load version {Newest(set.Set)!.Version + 1}.")
        : new PolicyBook(byPin.Add(set.Pin, set), Assignments);

    public PolicyBook With(PolicyAssignments assignments) => new(byPin, assignments);

    public PolicySet? Newest(string set) => byPin.Values.Where(s => s.Set == set).MaxBy(s => s.Version);

    /// <summary>What is in force for a unit on a day: the newest version of every assigned set. Pin it to the case at acceptance.</summary>
    /// <param name="regions">The unit and its ancestors, nearest first, such as 360102, 3601, 36.</param>
    public PoliciesInForce InForce(IReadOnlyList<string> regions, DateOnly date)
    {
        var regional = regions.SelectMany(r => Assignments.Assignments.Where(a => a.Level == PolicyLevel.Region && a.Region == r));
        var company = Assignments.Assignments.Where(a => a.Level == PolicyLevel.Company);
        var national = Assignments.Assignments.Where(a => a.Level == PolicyLevel.National);
        var sets = regional.Concat(company).Concat(national).SelectMany(a => a.Sets).Distinct()
            .Select(s => Newest(s) ?? throw new PolicyException($"Policy set '{s}' is assigned but not loaded. Load it or take it out of the assignments."))
            .Where(s => s.InForce(date)).ToList();
        return new PoliciesInForce(sets, date, Assignments.InternalShare);
    }

    /// <summary>The policies of a case as they were pinned at its acceptance.</summary>
    /// <exception cref="PolicyException">The pin is malformed or names a version that is not loaded.</exception>
    public PoliciesInForce Pinned(string pin)
    {
        var parts = pin.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0 || !DateOnly.TryParseExact(parts[0], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            throw new PolicyException($"'{pin}' is not a policy pin; expected a date and set versions, such as '2026-11-21 PRODUCT-DEFAULT@1 BR-2024@1'.");
        }

        return new PoliciesInForce(parts.Skip(1).Select(p => byPin.GetValueOrDefault(p) ?? throw new PolicyException($"The case is pinned to {p}, which is not loaded.")).ToList(), date, Assignments.InternalShare);
    }
}

/// <summary>A policy was asked for that is not there. The message says which and what to do.</summary>
public sealed class PolicyException(string message) : Exception(message);
