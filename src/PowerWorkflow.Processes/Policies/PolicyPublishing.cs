using PowerWorkflow.Processes.Documents;

namespace PowerWorkflow.Processes.Policies;

/// <summary>Whether a draft may come into force. A set is only published whole.</summary>
public static class PolicyPublishing
{
    /// <summary>
    /// Everything that stands against publishing: a row without a figure, a company figure weaker than the law, a region nobody knows.
    /// </summary>
    /// <param name="laws">The sets in force where the draft would apply.</param>
    public static IReadOnlyList<Problem> Check(PolicySet draft, PoliciesInForce laws)
    {
        var problems = new List<Problem>();
        if (draft is { Level: PolicyLevel.Region, Region: null })
        {
            problems.Add(new Problem("region", "no-region", new LocalText("地区时限集未指明地区", "a regional set does not say for which region")));
        }

        for (var i = 0; i < draft.Rows.Count; i++)
        {
            var row = draft.Rows[i];
            if (row.Limit is null)
            {
                problems.Add(new Problem($"rows[{i}].limit", "no-limit", new LocalText($"{row.Id} 没有数值：请补充后再发布", $"{row.Id} has no figure: give one before publishing")));
            }

            if (row.When is null)
            {
                problems.Add(new Problem($"rows[{i}].when", "no-class", new LocalText($"{row.Id} 未说明适用类别", $"{row.Id} does not say for which cases it is")));
            }
            else if (draft.Authority == PolicyAuthority.Company && Broken(row, row.When, laws) is var (law, set))
            {
                problems.Add(new Problem($"rows[{i}].limit", "beyond-law", new LocalText(
                    $"{row.Id} 为 {row.Limit}，不得弱于 {set.Pin} {law.Id} 的 {law.Limit}", $"{row.Id} is {row.Limit} and may not be weaker than {law.Limit} of {set.Pin} {law.Id}")));
            }
        }

        return problems;
    }

    /// <summary>The first law that every case of the row also falls under and that the row is weaker than.</summary>
    private static (PolicyRow Law, PolicySet Set)? Broken(PolicyRow row, ClassPredicate when, PoliciesInForce laws)
    {
        foreach (var set in laws.Sets.Where(s => s.Authority == PolicyAuthority.Law))
        {
            foreach (var law in set.Rows.Where(l => l.Item == row.Item && l.InForce(laws.Date) && PoliciesInForce.Comparable(l, row)))
            {
                if (law.When is { } lawWhen && when.Any.Any(a => lawWhen.Any.Any(l => Within(a, l))) && PoliciesInForce.Weaker(row, law))
                {
                    // A later law of the same level may have replaced this one with a longer time; the first set in order that speaks decides.
                    return Spoken(row, when, laws, set) ? null : (law, set);
                }
            }
        }

        return null;
    }

    private static bool Spoken(PolicyRow row, ClassPredicate when, PoliciesInForce laws, PolicySet before) => laws.Sets
        .Where(s => s.Authority == PolicyAuthority.Law).TakeWhile(s => s != before)
        .SelectMany(s => s.Rows).Any(l => l.Item == row.Item && l.InForce(laws.Date) && PoliciesInForce.Comparable(l, row)
            && l.When is { } lawWhen && when.Any.Any(a => lawWhen.Any.Any(x => Within(a, x))));

    private static bool Within(ClassAlternative inner, ClassAlternative outer) =>
        outer.Facets.All(f => inner.Facets.TryGetValue(f.Key, out var values) && values.IsSubsetOf(f.Value))
        && (outer.KvAtLeast is null || inner.KvAtLeast >= outer.KvAtLeast) && (outer.KvAtMost is null || inner.KvAtMost <= outer.KvAtMost);
}
