using System.Globalization;
using PowerWorkflow.Processes.Clocks;

namespace PowerWorkflow.Processes.Policies;

/// <summary>A limit as it applies to a case, and where it comes from.</summary>
/// <param name="Law">The legal row for the same case and clock, when there is one to compare with.</param>
/// <param name="LawPrevails">The company's own figure was weaker than the law, so the law's applies.</param>
public sealed record EffectiveLimit(PolicySet Set, PolicyRow Row, PolicyRow? Law, bool LawPrevails, decimal InternalShare)
{
    /// <summary>How the case refers to it, such as <c>PRODUCT-DEFAULT@1/PLAN_REPLY/HV-SINGLE</c>.</summary>
    public string Reference => $"{Set.Pin}/{Row.Id}";

    /// <summary>The company's internal control limit in the row's unit, at least 1; null without a limit, and for lead times.</summary>
    public int? InternalLimit => Row is { Limit: { } limit, Semantics: LimitSemantics.Max or LimitSemantics.Avg }
        ? Math.Max(Math.Min(1, limit), (int)Math.Floor(limit * InternalShare))
        : null;

    public IReadOnlyList<PolicyFlag> Flags => Set.FlagsOf(Row).ToList();

    /// <summary>The terms of a clock that measures this limit. A row without a clock kind measures working days without a limit.</summary>
    public ClockTerms Terms(ClockScope scope, string calendarPin) => new(
        scope, Row.Clock ?? ClockKind.WD, Row.Clock is null ? null : Row.Limit, Row.Unit ?? LimitUnit.Day, calendarPin, Row.RollForward ?? false, Row.Semantics,
        Row.AfterHours ?? AfterHours.SubmissionIsDay0, Reference, Row.PauseOverrides);
}

/// <summary>The policy sets of one unit on one day, region before company before nation.</summary>
public sealed record PoliciesInForce(IReadOnlyList<PolicySet> Sets, DateOnly Date, decimal InternalShare)
{
    /// <summary>Names every set version for ever; <see cref="PolicyBook.Pinned"/> takes it back.</summary>
    public string Pin => $"{Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} {string.Join(' ', Sets.Select(s => s.Pin))}";

    /// <summary>
    /// The limit for an item and a case: the region's own figure, else the company's, else the law's (regional before national). A company
    /// figure weaker than the law gives way to it. Null when no set has the item for such a case.
    /// </summary>
    public EffectiveLimit? Resolve(string item, CaseClass of)
    {
        var own = First(PolicyAuthority.Company, item, of, _ => true);
        var (set, row) = own ?? First(PolicyAuthority.Law, item, of, _ => true) ?? default;
        if (row is null || set is null)
        {
            return null;
        }

        var law = First(PolicyAuthority.Law, item, of, l => Comparable(l, row));
        return law is { } floor && set.Authority == PolicyAuthority.Company && Weaker(row, floor.Row)
            ? new EffectiveLimit(floor.Set, floor.Row, floor.Row, true, InternalShare)
            : new EffectiveLimit(set, row, law?.Row, false, InternalShare);
    }

    /// <summary>Both have a figure, in the same unit and the same way of counting.</summary>
    internal static bool Comparable(PolicyRow law, PolicyRow row) =>
        law.Limit is not null && row.Limit is not null && law.Clock == row.Clock && law.Unit == row.Unit
        && (law.Semantics == LimitSemantics.MinLead) == (row.Semantics == LimitSemantics.MinLead);

    /// <summary>A longer time, or a shorter warning, than the law gives.</summary>
    internal static bool Weaker(PolicyRow row, PolicyRow law) =>
        row.Semantics == LimitSemantics.MinLead ? row.Limit < law.Limit : row.Limit > law.Limit;

    private (PolicySet Set, PolicyRow Row)? First(PolicyAuthority authority, string item, CaseClass of, Func<PolicyRow, bool> wanted)
    {
        foreach (var set in Sets.Where(s => s.Authority == authority))
        {
            var row = set.Rows.Where(r => r.Item == item && r.InForce(Date) && wanted(r))
                .Select(r => (Row: r, Match: r.When?.Match(of))).Where(r => r.Match is not null)
                .OrderByDescending(r => r.Match!.Specificity).ThenBy(r => r.Row.Limit ?? int.MaxValue).Select(r => r.Row).FirstOrDefault();
            if (row is not null)
            {
                return (set, row);
            }
        }

        return null;
    }
}
