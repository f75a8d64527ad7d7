using System.Collections.Frozen;

namespace PowerWorkflow.Processes.Judges;

/// <summary>The judges that a user task may name. A closed list: rules over people's money and safety are code with tests, their figures are data.</summary>
public static class Judges
{
    private static readonly FrozenDictionary<string, Judge> All = new Judge[]
    {
        new("application", Acceptance.Application),
        new("supplement", Acceptance.Supplement),
        new("importance", Acceptance.Importance),
        new("survey", Works.Survey),
        new("survey-plan", Works.SurveyWithPlan),
        new("grid-order", Works.GridOrder),
        new("grid-works", Works.GridWorks),
        new("plan", Planning.Plan),
        new("plan-sign", Planning.Signature),
        new("design-review", Planning.Design),
        new("contract", Settlement.Contract),
        new("revisit", Settlement.Revisit),
        new("report-check", Inspecting.Report),
        new("team", Inspecting.Team),
        new("arrive", Inspecting.Arrival),
        new("completion-inspection", r => Inspecting.Round(r, "INSP", "FIX")),
        new("rectification-notice", r => Inspecting.Notice(r, "INSP")),
        new("rectify", Inspecting.Rectification),
        new("mid-accept", Inspecting.MidApplication),
        new("mid-inspection", Inspecting.MidRound),
        new("outage", Energising.Outage),
        new("meter-match", Energising.Meter),
        new("five-gates", Energising.Gates),
        new("gate-decision", Energising.GateDecision),
        new("energising", Energising.Operation),
        new("sign", Energising.Signature),
        new("meter-error", Energising.MeterError),
    }.ToFrozenDictionary(judge => judge.Code);

    /// <summary>Every code, for the check of definitions and the designer's list.</summary>
    public static IReadOnlyList<string> Codes { get; } = [.. All.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The judge of this code; null when there is none.</summary>
    public static Judge? Find(string code) => All.GetValueOrDefault(code);
}
