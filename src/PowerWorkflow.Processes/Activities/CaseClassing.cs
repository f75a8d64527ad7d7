using System.Text.Json.Nodes;
using PowerWorkflow.Engine;
using PowerWorkflow.Engine.Expressions;
using PowerWorkflow.Processes.Policies;

namespace PowerWorkflow.Processes.Activities;

/// <summary>
/// What a case is in the terms policies ask about: the class its process names (<c>policyClass</c>), and what its data say besides. What is not known stays
/// unknown, and no limit that asks for it applies.
/// </summary>
internal static class CaseClassing
{
    public static CaseClass Of(CaseContext context, CaseWorld world)
    {
        var of = PolicyClass(context) is { } code ? world.Classes[code] : CaseClass.Unknown;
        if (Text(context, "CASE", "areaType") is { } area && AreaOf(area) is { } facet) of = of.With("area", facet);
        if (Text(context, "CUST", "importance") is { } importance && ImportanceOf(importance) is { } grade) of = of.With("importance", grade);
        if (Flag(context, "SURVEY", "extWork") is { } works) of = of.With("externalLine", works ? "YES" : "NO");
        if (Flag(context, "LOAD", "sanling") is { } free) of = of.With("sanling", free ? "YES" : "NO");
        return Value(context, "LOAD", "volt") is { } volt && decimal.TryParse(Values.ToText(volt), System.Globalization.CultureInfo.InvariantCulture, out var kv)
            ? of with { Kv = kv }
            : of;
    }

    private static string? PolicyClass(CaseContext context)
    {
        var process = context.GetCaseInfo("process");
        return process is not null && context.World.Versions.TryGetValue(process, out var version)
            && context.World.Definitions[version].Document["customProperties"]?["PowerWorkflow"] is JsonObject settings
                ? (string?)settings["policyClass"]
                : null;
    }

    private static string? AreaOf(string area) => area switch { "城区" => "URBAN", "农村" => "RURAL", "特殊边远" => "REMOTE", _ => null };

    private static string? ImportanceOf(string grade) => grade switch
    {
        "特级" => "SPECIAL", "一级" => "FIRST", "二级" => "SECOND", "临时性" => "TEMPORARY", "普通" => "NORMAL", _ => null,
    };

    private static JsonNode? Value(CaseContext context, string section, string field) => context.GetSection(section)?[field];

    private static string? Text(CaseContext context, string section, string field) =>
        Value(context, section, field) is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static bool? Flag(CaseContext context, string section, string field) =>
        Value(context, section, field) is JsonValue value && value.TryGetValue<bool>(out var flag) ? flag : null;
}
