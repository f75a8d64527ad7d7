using PowerWorkflow.Processes.Documents;

namespace PowerWorkflow.Processes.Clocks;

/// <summary>Whose time a pause stops.</summary>
public enum PauseTarget
{
    /// <summary>The supplier's stage clocks, and through them the supplier's total.</summary>
    Supplier,

    /// <summary>Submission to energised.</summary>
    Whole,

    /// <summary>Internal limits such as associated grid works.</summary>
    Internal,

    /// <summary>Limits the customer has to keep, such as rectification.</summary>
    Customer,
}

/// <param name="Kinds">Any of these kinds will do.</param>
/// <param name="Least">How many pieces are needed, such as two attempts.</param>
public sealed record EvidenceNeeded(IReadOnlyList<string> Kinds, int Least);

/// <summary>
/// What happens when a pause lasts: after a limit of its own, after a limit given by a policy item, or at shares of that limit. Exactly one of
/// <paramref name="Limit"/> and <paramref name="PolicyItem"/> is given.
/// </summary>
/// <param name="Every">The limit repeats, such as a reminder every 30 days.</param>
/// <param name="Then">Code of the consequence; never a decision of the case itself.</param>
public sealed record PauseCap(int? Limit, ClockKind? Clock, string? PolicyItem, IReadOnlyList<decimal> Shares, bool Every, string Then);

/// <summary>One reason for which clocks stop (domain document 0.4).</summary>
public sealed record PauseCode(
    string Code,
    LocalText Name,
    IReadOnlySet<PauseTarget> Stops,
    IReadOnlyList<string> StartsOn,
    IReadOnlyList<string> EndsOn,
    IReadOnlyList<EvidenceNeeded> Evidence,
    IReadOnlyList<PauseCap> Caps,
    string? CapText,
    string Confidence,
    string? Source);

/// <summary>A version of the table of pause codes, and who must agree when pauses become many.</summary>
/// <param name="ApprovalRole">Role that must have approved, from the numbers below on.</param>
/// <param name="ApprovalFromPause">The how-manieth pause of a case needs approval.</param>
/// <param name="ApprovalFromSameCode">The how-manieth pause of a case with one code needs approval.</param>
/// <param name="NeverStopWhole">Codes that may not stop the whole-process clock, whatever a policy item overrides.</param>
public sealed record PauseCodes(
    int Version,
    string ApprovalRole,
    int ApprovalFromPause,
    int ApprovalFromSameCode,
    IReadOnlySet<string> NeverStopWhole,
    IReadOnlyDictionary<string, PauseCode> Codes)
{
    /// <summary>The code that a fact ends, if one of the open pauses waits for it: the pause is resumed without anybody asking.</summary>
    public IEnumerable<string> EndedBy(string fact, IEnumerable<string> openCodes) =>
        openCodes.Where(c => Codes.TryGetValue(c, out var code) && code.EndsOn.Contains(fact));

    /// <exception cref="DocumentRefusedException">Lists every field that breaks a rule.</exception>
    public static PauseCodes Parse(string json, string document = "pause codes")
    {
        var problems = new List<Problem>();
        var read = JsonField.Open(json, problems) is { } root ? Read(root) : null;
        return read is null || problems.Count > 0 ? throw new DocumentRefusedException(document, problems) : read;
    }

    private static PauseCodes Read(JsonField root)
    {
        var never = root["neverStopsWhole"].Items().Select(c => c.RequiredText()).ToHashSet();
        var codes = new Dictionary<string, PauseCode>(StringComparer.Ordinal);
        foreach (var field in root["codes"].Items())
        {
            var code = ReadCode(field);
            if (!codes.TryAdd(code.Code, code))
            {
                field["code"].Wrong("duplicate", $"代码 {code.Code} 重复", $"{code.Code} is listed twice");
            }

            if (never.Contains(code.Code) && code.Stops.Contains(PauseTarget.Whole))
            {
                field["stops"].Wrong("never-stops-whole", $"{code.Code} 不得暂停全流程时钟", $"{code.Code} may never stop the whole-process clock");
            }
        }

        var approval = root["approval"];
        return new PauseCodes(root["version"].RequiredWhole(1), approval["role"].RequiredText(), approval["fromPause"].RequiredWhole(1),
            approval["fromSameCode"].RequiredWhole(1), never, codes);
    }

    private static PauseCode ReadCode(JsonField field)
    {
        var stops = field["stops"].Items().Select(s => s.OneOf<PauseTarget>()).OfType<PauseTarget>().ToHashSet();
        if (stops.Count == 0)
        {
            field["stops"].Wrong("stops-nothing", "未说明暂停哪些时钟", "does not say which clocks it stops");
        }

        var evidence = field["evidence"].Items()
            .Select(e => new EvidenceNeeded(e["kinds"].Items().Select(k => k.RequiredText()).ToList(), e["least"].Whole(1, 99) ?? 1)).ToList();
        if (evidence.Count == 0)
        {
            field["evidence"].Wrong("no-evidence", "每个暂停代码都必须要求证据", "every pause needs evidence; say which");
        }

        return new PauseCode(
            field["code"].RequiredText(),
            new LocalText(field["name"]["zh-CN"].RequiredText(), field["name"]["en"].RequiredText()),
            stops,
            Facts(field["startsOn"]),
            Facts(field["endsOn"]),
            evidence,
            field["caps"].Items().Select(Cap).ToList(),
            field["capText"].Text(),
            field["confidence"].RequiredText(),
            field["source"].Text());
    }

    private static List<string> Facts(JsonField field) => field["facts"].Items().Select(f => f.RequiredText()).ToList();

    private static PauseCap Cap(JsonField field)
    {
        var (limit, item) = (field["limit"].Whole(1), field["policyItem"].Text());
        if (limit is null == item is null)
        {
            field.Wrong("limit-or-item", "limit 与 policyItem 应恰好给出一个", "give either a limit or a policyItem");
        }

        return new PauseCap(limit, field["clock"].OneOf<ClockKind>(), item, field["shares"].Items().Select(s => s.Number() ?? 0).ToList(),
            field["every"].Flag() ?? false, field["then"].RequiredText());
    }
}
