using PowerWorkflow.Processes.Calendars;
using PowerWorkflow.Processes.Clocks;
using PowerWorkflow.Processes.Documents;
using PowerWorkflow.Processes.Policies;
using PowerWorkflow.Processes.Reminders;

namespace PowerWorkflow.Processes.Activities;

/// <summary>A document of <c>workflows/shared</c>.</summary>
/// <param name="Kind">calendar, policy, policy-set or ladders.</param>
/// <param name="Code">File name without its ending.</param>
public sealed record ReferenceText(string Kind, string Code, string Json);

/// <summary>The parsed reference data that measure time. Immutable, one for each set of versions.</summary>
public sealed record ReferenceLibrary(CalendarSet Calendars, PauseCodes Pauses, PolicyBook Policies, CaseClasses Classes, Ladders Ladders)
{
    /// <summary>Reads one version of every document; kinds that do not measure time are passed over.</summary>
    /// <exception cref="DocumentRefusedException">A document breaks its rules; all its problems are listed.</exception>
    /// <exception cref="InvalidDataException">A document that must be there is missing.</exception>
    public static ReferenceLibrary Parse(IEnumerable<ReferenceText> documents)
    {
        var byKind = documents.ToLookup(document => document.Kind);
        return new(
            CalendarSet.Of(byKind["calendar"].Select(document => CalendarDocument.Parse(document.Json, document.Code))),
            PauseCodes.Parse(One("policy", "pause-codes")),
            PolicyBook.Of(byKind["policy-set"].Select(document => PolicySet.Parse(document.Json, document.Code)), PolicyAssignments.Parse(One("policy", "assignments"))),
            CaseClasses.Parse(One("policy", "classes")),
            Ladders.Parse(One("ladders", "ladders")));

        string One(string kind, string code) => byKind[kind].FirstOrDefault(document => document.Code == code)?.Json
            ?? throw new InvalidDataException($"The reference document '{kind}/{code}' is missing. Restore it from workflows/shared.");
    }

    /// <summary>What a case looks at.</summary>
    /// <param name="calendar">Calendar code or pin of its unit.</param>
    /// <param name="policies">Pin of its policies (<see cref="PoliciesInForce.Pin"/>).</param>
    public CaseWorld WorldOf(string calendar, string policies) =>
        new(new ClockRules(Calendars, Pauses), Policies.Pinned(policies), Classes, Ladders, Calendars.Resolve(calendar).Pin);
}
