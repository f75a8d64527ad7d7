using PowerWorkflow.Processes.Calendars;

namespace PowerWorkflow.Processes.Clocks;

/// <summary>What the clocks of a case are judged by: immutable, the same for every case, built once per version of its parts.</summary>
public sealed record ClockRules(CalendarSet Calendars, PauseCodes Pauses)
{
    /// <summary>Whether a pause with this code stops a clock: the policy item's own say first, then the table.</summary>
    public bool Stops(string code, ClockTerms terms)
    {
        if (terms.PauseOverrides is { } overrides && overrides.TryGetValue(code, out var stops))
        {
            return stops;
        }

        return Pauses.Codes[code].Stops.Contains(terms.Scope switch
        {
            ClockScope.SupplierStage or ClockScope.SupplierTotal => PauseTarget.Supplier,
            ClockScope.Whole => PauseTarget.Whole,
            ClockScope.Internal => PauseTarget.Internal,
            ClockScope.Customer => PauseTarget.Customer,
            _ => throw new System.Diagnostics.UnreachableException($"No pause target for scope {terms.Scope}."),
        });
    }
}
