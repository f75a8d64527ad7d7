using PowerWorkflow.Processes.Clocks;
using PowerWorkflow.Processes.Documents;

namespace PowerWorkflow.Processes.Policies;

/// <summary>JSON to <see cref="PolicySet"/>, noting every problem with its field.</summary>
internal static class PolicyReading
{
    public static PolicySet Read(JsonField root)
    {
        var fields = root["rows"].Items();
        var set = new PolicySet(
            root["set"].RequiredText(), root["version"].RequiredWhole(1), root["title"].RequiredText(), root["level"].RequiredOneOf<PolicyLevel>(),
            root["authority"].RequiredOneOf<PolicyAuthority>(), root["region"]["code"].Text(), root["region"]["name"].Text(),
            root["effectiveFrom"].Date(), root["effectiveTo"].Date(), fields.Select(Row).ToList());
        Ordered(root, set.EffectiveFrom, set.EffectiveTo);
        Unambiguous(set, fields);
        return set;
    }

    private static PolicyRow Row(JsonField field)
    {
        var row = new PolicyRow(
            field["id"].RequiredText(), field["item"].RequiredText(), field["when"].IsAbsent ? null : ClassPredicate.Read(field["when"]), field["classText"].RequiredText(),
            field["limit"].Whole(0, 1_000_000), field["unit"].OneOf<LimitUnit>(), field["clock"].OneOf<ClockKind>(), field["semantics"].RequiredOneOf<LimitSemantics>(),
            field["rollForward"].Flag(), field["afterHours"].OneOf<AfterHours>(), field["sumOfStages"].Flag() ?? false, Overrides(field["pauseOverrides"]),
            field["start"].Text(), field["stop"].Text(), field["startStopText"].Text(),
            field["source"].Text(), field["article"].Text(), field["year"].Whole(1900, 2200), field["confidence"].Text(),
            field["effectiveFrom"].Date(), field["effectiveTo"].Date(), field["note"].Text());
        Ordered(field, row.EffectiveFrom, row.EffectiveTo);
        if (row.Limit is not null && row.Clock is { } clock && !Fits(clock, row.Unit))
        {
            field["unit"].Wrong("unit-of-kind", $"时钟 {clock} 不能以 {row.Unit?.ToString() ?? "（空）"} 计", $"a clock of kind {clock} cannot count {row.Unit?.ToString() ?? "nothing"}");
        }

        return row;
    }

    private static Dictionary<string, bool>? Overrides(JsonField field) =>
        field.IsAbsent ? null : field.Names().ToDictionary(n => n, n => field[n].Flag() ?? false);

    private static bool Fits(ClockKind clock, LimitUnit? unit) => (clock, unit) switch
    {
        (ClockKind.WD, LimitUnit.Day) => true,
        (ClockKind.CD, LimitUnit.Day or LimitUnit.Month or LimitUnit.Year or LimitUnit.DayOfMonth) => true,
        (ClockKind.H24, LimitUnit.Hour) => true,
        (ClockKind.MIN24 or ClockKind.WHALL, LimitUnit.Minute or LimitUnit.Hour) => true,
        _ => false,
    };

    private static void Ordered(JsonField field, DateOnly? from, DateOnly? to)
    {
        if (from > to)
        {
            field["effectiveTo"].Wrong("dates-reversed", $"失效日期 {to:yyyy-MM-dd} 早于生效日期 {from:yyyy-MM-dd}", $"ends on {to:yyyy-MM-dd}, before it begins on {from:yyyy-MM-dd}");
        }
    }

    /// <summary>Two rows may both match a case only when one asks for more: of two equals in force on one day, none could be preferred.</summary>
    private static void Unambiguous(PolicySet set, IReadOnlyList<JsonField> fields)
    {
        for (var i = 0; i < set.Rows.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var (row, other) = (set.Rows[i], set.Rows[j]);
                if (row.Id == other.Id)
                {
                    fields[i]["id"].Wrong("duplicate", $"编号 {row.Id} 重复", $"{row.Id} is listed twice");
                }
                else if (row.Item == other.Item && SameDay(row, other) && row.When is { } a && other.When is { } b
                    && a.Any.Any(x => b.Any.Any(y => x.Specificity == y.Specificity && x.Overlaps(y) && SameFacets(x, y))))
                {
                    fields[i]["effectiveFrom"].Wrong("overlapping-dates",
                        $"{row.Id} 与 {other.Id} 适用于相同情况且生效期重叠", $"{row.Id} and {other.Id} are for the same cases and in force on the same days");
                }
            }
        }
    }

    private static bool SameDay(PolicyRow a, PolicyRow b) =>
        !(a.EffectiveTo < b.EffectiveFrom) && !(b.EffectiveTo < a.EffectiveFrom);

    private static bool SameFacets(ClassAlternative a, ClassAlternative b) => a.Facets.Keys.ToHashSet().SetEquals(b.Facets.Keys);
}
