using System.Text.Json.Nodes;
using PowerWorkflow.Processes.Documents;

namespace PowerWorkflow.Processes.Checklists;

/// <summary>The items an inspection goes through, in one frozen version. A document of <c>workflows/shared/checklists</c>.</summary>
/// <param name="Code">Stable code, e.g. <c>completion-10kv</c>.</param>
/// <param name="Version">1, 2, 3 …; an inspection keeps the one it began with.</param>
/// <param name="GeneralAllowed">How many general defects may remain with a written commitment; a setting of the region.</param>
/// <param name="SampleOfPassed">Per cent of the passed items a re-inspection looks at again.</param>
/// <param name="Items">In the order of the paper form.</param>
public sealed record Checklist(string Code, int Version, int GeneralAllowed, decimal SampleOfPassed, IReadOnlyList<ChecklistItem> Items)
{
    /// <summary>Reads a checklist.</summary>
    /// <exception cref="DocumentRefusedException">Lists every field that breaks a rule.</exception>
    public static Checklist Parse(string json, string document = "checklist")
    {
        var problems = new List<Problem>();
        Checklist? read = null;
        if (JsonField.Open(json, problems) is { } root)
        {
            var raw = JsonNode.Parse(json)!["items"] as JsonArray ?? [];
            var items = root["items"].Items().Select((item, i) => ChecklistItem.Read(item, raw[i])).ToList();
            read = new Checklist(
                root["code"].RequiredText(), root["version"].RequiredWhole(1), root["generalAllowed"]["value"].Whole(0) ?? 0,
                root["sampleOfPassed"]["value"].Number() ?? 0, items);
            foreach (var twice in items.GroupBy(item => item.Code).Where(same => same.Count() > 1))
            {
                root["items"].Wrong("code-twice", $"检查项 {twice.Key} 出现两次", $"item {twice.Key} is there twice");
            }
        }

        return read is null || problems.Count > 0 ? throw new DocumentRefusedException(document, problems) : read;
    }
}

/// <summary>One item of a checklist.</summary>
/// <param name="Code">Stable code, e.g. <c>D04</c>.</param>
/// <param name="Name">What is looked at.</param>
/// <param name="Kind">How it is answered.</param>
/// <param name="Input">For text: <c>date</c>, <c>scan</c>, <c>signature</c>, <c>geo</c>, or null for plain text.</param>
/// <param name="Unit">Unit of the measured value; empty when there is none.</param>
/// <param name="Lowest">Smallest value that passes, null without one.</param>
/// <param name="Highest">Largest value that passes, null without one.</param>
/// <param name="Variants">Other limits that hold when a figure of the case says so, e.g. for larger transformers; the last that fits wins.</param>
/// <param name="Critical">A critical item that fails keeps the supply off.</param>
/// <param name="Photos">How many photos are needed.</param>
/// <param name="JudgedAtEnergising">Left out of the inspection and judged at the gates before energising.</param>
/// <param name="Date">What a date has to satisfy, null when any date will do.</param>
/// <param name="Reference">The standard or rule the item comes from.</param>
public sealed record ChecklistItem(
    string Code, LocalText Name, ItemKind Kind, string? Input, string Unit, Limit? Lowest, Limit? Highest, IReadOnlyList<LimitVariant> Variants,
    bool Critical, int Photos, bool JudgedAtEnergising, DateRule? Date, string Reference)
{
    internal static ChecklistItem Read(JsonField field, JsonNode? raw)
    {
        var code = field["code"].RequiredText();
        var kindText = field["kind"].RequiredText();
        if (!Enum.TryParse<ItemKind>(kindText, ignoreCase: true, out var kind))
        {
            field["kind"].Wrong("unknown-kind", $"未知的填法 {kindText}", $"'{kindText}' is not bool, num, enum or text");
        }

        var severity = field["severity"].RequiredText();
        if (severity is not ("C" or "G"))
        {
            field["severity"].Wrong("unknown-severity", "级别须为 C（关键）或 G（一般）", "severity must be C (critical) or G (general)");
        }

        return new ChecklistItem(
            code, new LocalText(field["item"]["zh-CN"].RequiredText(), field["item"]["en"].RequiredText()), kind, field["input"].Text(), raw?["unit"]?.GetValue<string>() ?? "",
            Limit.Read(field["lo"], raw?["lo"]), Limit.Read(field["hi"], raw?["hi"]),
            [.. field["variants"].Items().Select(v => new LimitVariant(v["ref"].RequiredText(), v["atLeast"].Number(), v["above"].Number(), v["lo"].Number(), v["hi"].Number()))],
            severity == "C", field["photo"].Whole(0) ?? 0, field["judgedAt"].Text() == "energising",
            field["dateRule"].IsAbsent ? null : new DateRule(field["dateRule"]["kind"].RequiredText() == "validUntil", field["dateRule"]["months"].Whole(1)),
            field["reference"].RequiredText());
    }
}

/// <summary>How an item is answered.</summary>
public enum ItemKind
{
    /// <summary>Seen, yes or no.</summary>
    Bool,
    /// <summary>A measured or counted value.</summary>
    Num,
    /// <summary>One of several words.</summary>
    Enum,
    /// <summary>A word, date, barcode or signature.</summary>
    Text,
}

/// <summary>A limit: a figure of the checklist, or a place where this case's figure stands.</summary>
/// <param name="Value">The figure, null for a reference.</param>
/// <param name="Reference"><c>item.limit</c> for the maker's or designer's value noted with the item, or <c>SECTION.field</c> of the case.</param>
public sealed record Limit(decimal? Value, string? Reference)
{
    internal static Limit? Read(JsonField field, JsonNode? raw)
    {
        if (raw is not JsonObject)
        {
            return raw is null ? null : new Limit(field.Number(), null);
        }

        var reference = field["ref"].RequiredText();
        if (!reference.Contains('.', StringComparison.Ordinal))
        {
            field["ref"].Wrong("not-a-place", $"“{reference}”应为 item.limit 或 部分.字段", $"'{reference}' must be item.limit or SECTION.field");
        }

        return new Limit(null, reference);
    }
}

/// <summary>Limits that replace the item's own when the referenced figure is at least or above a bound.</summary>
public sealed record LimitVariant(string Reference, decimal? AtLeast, decimal? Above, decimal? Lowest, decimal? Highest);

/// <summary>What a date has to satisfy on the day of the inspection.</summary>
/// <param name="StillValid">The date is an end of validity and must not have passed.</param>
/// <param name="WithinMonths">The date lies in the past, at most so many months ago.</param>
public sealed record DateRule(bool StillValid, int? WithinMonths);
