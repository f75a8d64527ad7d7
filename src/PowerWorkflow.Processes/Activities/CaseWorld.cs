using PowerWorkflow.Engine;
using PowerWorkflow.Engine.Activities;
using PowerWorkflow.Processes.Calendars;
using PowerWorkflow.Processes.Clocks;
using PowerWorkflow.Processes.Policies;
using PowerWorkflow.Processes.Reminders;

namespace PowerWorkflow.Processes.Activities;

/// <summary>What the domain's activities look at in a burst (<see cref="World.Domain"/>): everything that measures time, as it was pinned when the case started.</summary>
/// <param name="Clocks">Calendars and pause codes.</param>
/// <param name="Policies">The time limits in force for the case's unit on the day it started.</param>
/// <param name="Classes">The class codes that definitions name, as facets.</param>
/// <param name="Ladders">Reminders and escalations by kind of clock.</param>
/// <param name="Calendar">Pin of the unit's calendar, such as <c>CN@1</c>.</param>
public sealed record CaseWorld(ClockRules Clocks, PoliciesInForce Policies, CaseClasses Classes, Ladders Ladders, string Calendar)
{
    /// <summary>The calendar of the case's unit.</summary>
    public WorkingCalendar WorkingCalendar => Clocks.Calendars.Resolve(Calendar);

    /// <summary>The bundle of this burst.</summary>
    /// <exception cref="ActivityFaultException">The case runs where no policies and calendars were loaded.</exception>
    public static CaseWorld Of(CaseContext context) => context.World.Domain as CaseWorld
        ?? throw new ActivityFaultException("no-policies", "No calendars and policies are at hand, so no time limit can be measured. Load them (workflows/shared) and retry.");
}
