using System.Collections.Immutable;
using PowerWorkflow.Processes.Documents;

namespace PowerWorkflow.Processes.CheckPlanning;

/// <summary>The sites a cycle rule is for. Everything given must hold; what is null is not asked.</summary>
public sealed record SiteCondition(
    IReadOnlySet<Importance>? Importance, decimal? KvAtLeast, decimal? KvAtMost, MeteringSide? Metering, decimal? CapacityKvaAtLeast, decimal? CapacityKvaBelow,
    decimal? LoadKwAtLeast, decimal? LoadKwBelow, bool? Residential, bool? Hazardous, bool? Crowded, bool? DualOrOwnSource, bool? TemporarySupply)
{
    /// <summary>A rating the register does not know meets no bound on it.</summary>
    public bool Matches(CheckSite site) =>
        (Importance is null || Importance.Contains(site.Importance))
        && (KvAtLeast is null || site.Kv >= KvAtLeast) && (KvAtMost is null || site.Kv <= KvAtMost)
        && (Metering is null || site.Metering == Metering)
        && (CapacityKvaAtLeast is null || site.CapacityKva >= CapacityKvaAtLeast) && (CapacityKvaBelow is null || site.CapacityKva < CapacityKvaBelow)
        && (LoadKwAtLeast is null || site.LoadKw >= LoadKwAtLeast) && (LoadKwBelow is null || site.LoadKw < LoadKwBelow)
        && (Residential is null || site.Residential == Residential) && (Hazardous is null || site.Hazardous == Hazardous) && (Crowded is null || site.Crowded == Crowded)
        && (DualOrOwnSource is null || site.DualOrOwnSource == DualOrOwnSource) && (TemporarySupply is null || site.TemporarySupply == TemporarySupply);

    private static readonly ImmutableArray<string> Known =
    [
        "importance", "kvAtLeast", "kvAtMost", "metering", "capacityKvaAtLeast", "capacityKvaBelow", "loadKwAtLeast", "loadKwBelow",
        "residential", "hazardous", "crowded", "dualOrOwnSource", "temporarySupply",
    ];

    internal static SiteCondition Read(JsonField field)
    {
        foreach (var name in field.Names().Where(n => !Known.Contains(n)))
        {
            field[name].Wrong("unknown-condition", $"未知条件，应为 {string.Join("、", Known)}", $"is not a condition; known are {string.Join(", ", Known)}");
        }

        return new SiteCondition(
            field["importance"].IsAbsent ? null : field["importance"].Items().Select(i => i.OneOf<Importance>()).OfType<Importance>().ToHashSet(),
            field["kvAtLeast"].Number(), field["kvAtMost"].Number(), field["metering"].OneOf<MeteringSide>(), field["capacityKvaAtLeast"].Number(), field["capacityKvaBelow"].Number(),
            field["loadKwAtLeast"].Number(), field["loadKwBelow"].Number(), field["residential"].Flag(), field["hazardous"].Flag(), field["crowded"].Flag(),
            field["dualOrOwnSource"].Flag(), field["temporarySupply"].Flag());
    }
}

/// <param name="Months">Null for rules without a period: by event or by sample.</param>
/// <param name="OneShot">Holds only until the first full check is done and is no part of the repeating cycle.</param>
public sealed record CycleRule(
    string Set, string Rule, IReadOnlyList<SiteCondition> When, string ConditionText, int? Months, bool OneShot, int MinInspectors, string? Note, string Source, string Confidence);

/// <summary>A version of the cycle tables. No public text gives the figures: all are to be confirmed by the company.</summary>
/// <param name="InForce">The set that counts.</param>
public sealed record CheckCycles(int Version, string InForce, IReadOnlyList<CycleRule> Rules)
{
    /// <summary>The rules of the set in force that match a site.</summary>
    public IEnumerable<CycleRule> For(CheckSite site) => Rules.Where(r => r.Set == InForce && r.When.Any(c => c.Matches(site)));

    /// <exception cref="DocumentRefusedException">Lists every field that breaks a rule.</exception>
    public static CheckCycles Parse(string json, string document = "check cycles")
    {
        var problems = new List<Problem>();
        CheckCycles? read = null;
        if (JsonField.Open(json, problems) is { } root)
        {
            read = new CheckCycles(root["version"].RequiredWhole(1), root["inForce"].RequiredText(), root["rules"].Items().Select(ReadRule).ToList());
            if (read.Rules.All(r => r.Set != read.InForce))
            {
                root["inForce"].Wrong("unknown-set", $"没有名为 {read.InForce} 的规则集", $"there are no rules of a set '{read.InForce}'");
            }
        }

        return read is null || problems.Count > 0 ? throw new DocumentRefusedException(document, problems) : read;
    }

    private static CycleRule ReadRule(JsonField field)
    {
        var when = field["when"].Items().Select(SiteCondition.Read).ToList();
        if (when.Count == 0)
        {
            field["when"].Wrong("missing", "缺少适用条件", "does not say for which sites");
        }

        return new CycleRule(field["set"].RequiredText(), field["rule"].RequiredText(), when, field["conditionText"].RequiredText(), field["months"].Whole(1, 600),
            field["oneShot"].Flag() ?? false, field["minInspectors"].RequiredWhole(1, 20), field["note"].Text(), field["source"].RequiredText(), field["confidence"].RequiredText());
    }
}
