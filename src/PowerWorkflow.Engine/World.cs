using System.Collections.Frozen;
using System.Text.Json.Nodes;
using PowerWorkflow.Engine.Definitions;

namespace PowerWorkflow.Engine;

/// <summary>
/// Everything a burst may look at besides the case itself: an immutable bundle, pinned by version when the case started.
/// </summary>
public sealed record World
{
    /// <summary>Definitions the case may run, by definition version id: its own and every one it can call.</summary>
    public required IReadOnlyDictionary<string, WorkflowDefinition> Definitions { get; init; }

    /// <summary>Which version of a definition this case uses, by definition id (the pin). Calls resolve through it.</summary>
    public required IReadOnlyDictionary<string, string> Versions { get; init; }

    /// <summary>The case's data document: sections by field-set code (CASE, LOAD, INSP …). Expressions read it as <c>data.LOAD.applyCap</c>.</summary>
    public IReadOnlyDictionary<string, JsonObject> Data { get; init; } = FrozenDictionary<string, JsonObject>.Empty;

    /// <summary>What the domain's activities look at (policies, calendars by version). The engine passes it through and never looks inside.</summary>
    public object? Domain { get; init; }

    /// <summary>The IANA time zone of the case's unit: cron expressions and local dates of expressions are read in it.</summary>
    public string TimeZone { get; init; } = "Asia/Shanghai";

    /// <summary>Facts about the case that expressions may ask for; they do not change while it lives.</summary>
    public CaseInfo Case { get; init; } = new(null, null);

    /// <summary>Limits that turn a runaway burst into an incident.</summary>
    public BurstLimits Limits { get; init; } = BurstLimits.Default;
}

/// <summary>Facts about a case that are fixed when it starts.</summary>
/// <param name="Number">Case number as people write it (GY-2026-000123).</param>
/// <param name="Unit">Code of the unit it belongs to.</param>
public sealed record CaseInfo(string? Number, string? Unit);

/// <summary>What one burst may use before it is stopped with an incident that names the limit.</summary>
/// <param name="Activities">Activities executed.</param>
/// <param name="ExpressionStatements">JavaScript statements over all expressions of the burst.</param>
/// <param name="StateBytes">Size of the serialised state, bytes.</param>
public sealed record BurstLimits(int Activities, int ExpressionStatements, int StateBytes)
{
    /// <summary>10,000 activities, 100,000 statements, 1 MiB of state.</summary>
    public static BurstLimits Default { get; } = new(10_000, 100_000, 1024 * 1024);
}
