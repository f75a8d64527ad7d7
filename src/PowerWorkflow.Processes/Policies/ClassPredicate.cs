using PowerWorkflow.Processes.Documents;

namespace PowerWorkflow.Processes.Policies;

/// <summary>
/// What a case is, in the terms policies ask about: facets such as voltage, supply and area, and the voltage in kV. A facet that is not
/// known is absent, and no row that asks for it applies.
/// </summary>
public sealed record CaseClass(IReadOnlyDictionary<string, string> Facets, decimal? Kv = null)
{
    public static CaseClass Unknown { get; } = new(new Dictionary<string, string>());

    /// <summary>The same case with one more thing known about it.</summary>
    public CaseClass With(string facet, string value) => this with { Facets = new Dictionary<string, string>(Facets) { [facet] = value } };

    public override string ToString() => string.Join(", ", Facets.Select(f => $"{f.Key}={f.Value}").Append(Kv is null ? null : $"{Kv} kV").OfType<string>());
}

/// <summary>One alternative of a row's class: every facet named must have one of the values, and kV lie within the bounds.</summary>
public sealed record ClassAlternative(IReadOnlyDictionary<string, IReadOnlySet<string>> Facets, decimal? KvAtLeast, decimal? KvAtMost)
{
    /// <summary>How much it asks for: a row that asks for more wins over one that asks for less.</summary>
    public int Specificity => Facets.Count + (KvAtLeast is null ? 0 : 1) + (KvAtMost is null ? 0 : 1);

    public bool Matches(CaseClass of) =>
        Facets.All(f => of.Facets.TryGetValue(f.Key, out var value) && f.Value.Contains(value))
        && (KvAtLeast is null || of.Kv >= KvAtLeast) && (KvAtMost is null || of.Kv <= KvAtMost);

    /// <summary>Whether some case could match both.</summary>
    public bool Overlaps(ClassAlternative other) =>
        Facets.All(f => !other.Facets.TryGetValue(f.Key, out var values) || values.Overlaps(f.Value))
        && !(KvAtLeast > other.KvAtMost) && !(KvAtMost < other.KvAtLeast);
}

/// <summary>The class a policy row is for, as structured alternatives. An empty alternative matches every case.</summary>
public sealed record ClassPredicate(IReadOnlyList<ClassAlternative> Any)
{
    /// <summary>The facets and their closed lists of values; null where the list is open.</summary>
    public static IReadOnlyDictionary<string, IReadOnlySet<string>?> Vocabulary { get; } = new Dictionary<string, IReadOnlySet<string>?>
    {
        ["voltage"] = new HashSet<string> { "LV", "HV" },
        ["supply"] = new HashSet<string> { "SINGLE", "DUAL" },
        ["customer"] = new HashSet<string> { "RES", "OTHER", "RES_COMPLEX" },
        ["sanling"] = new HashSet<string> { "YES", "NO" },
        ["externalLine"] = new HashSet<string> { "YES", "NO" },
        ["area"] = new HashSet<string> { "URBAN", "RURAL", "REMOTE", "INNER_RING", "OUTER_RING", "ON_WATER" },
        ["importance"] = new HashSet<string> { "SPECIAL", "FIRST", "SECOND", "TEMPORARY", "NORMAL" },
        ["specialLoad"] = new HashSet<string> { "YES", "NO" },
        ["severity"] = new HashSet<string> { "CRITICAL", "SERIOUS", "GENERAL" },
        ["subject"] = null,
    };

    /// <summary>The most specific alternative that matches, or null.</summary>
    public ClassAlternative? Match(CaseClass of) => Any.Where(a => a.Matches(of)).MaxBy(a => a.Specificity);

    public bool Overlaps(ClassPredicate other) => Any.Any(a => other.Any.Any(a.Overlaps));

    internal static ClassPredicate Read(JsonField field)
    {
        if (field.IsAbsent)
        {
            field.Wrong("missing", "缺少适用类别；适用于全部请写 [{}]", "is missing; write [{}] for every case");
        }

        return new ClassPredicate(field.Items().Select(Alternative).ToList());
    }

    private static ClassAlternative Alternative(JsonField field)
    {
        var facets = new Dictionary<string, IReadOnlySet<string>>();
        foreach (var name in field.Names().Where(n => n is not ("kvAtLeast" or "kvAtMost")))
        {
            if (!Vocabulary.TryGetValue(name, out var known))
            {
                field[name].Wrong("unknown-facet", $"未知的类别维度，应为 {string.Join("、", Vocabulary.Keys)}", $"is not a facet; known are {string.Join(", ", Vocabulary.Keys)}");
                continue;
            }

            facets[name] = field[name].Items().Select(v => Value(v, known)).ToHashSet();
        }

        return new ClassAlternative(facets, field["kvAtLeast"].Number(), field["kvAtMost"].Number());
    }

    private static string Value(JsonField field, IReadOnlySet<string>? known)
    {
        var value = field.RequiredText();
        if (value.Length > 0 && known is not null && !known.Contains(value))
        {
            field.Wrong("unknown-value", $"“{value}”不在允许的值之内：{string.Join("、", known)}", $"'{value}' is not one of {string.Join(", ", known)}");
        }

        return value;
    }
}
