using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using PowerWorkflow.Engine;
using PowerWorkflow.Engine.Expressions;
using PowerWorkflow.Processes.Checklists;
using PowerWorkflow.Processes.Forms;
using PowerWorkflow.Server.Definitions;
using PowerWorkflow.Server.Security;
using PowerWorkflow.Server.Storage;
using PowerWorkflow.Server.Storage.Schema;

namespace PowerWorkflow.Server.Commands;

/// <summary>Finds what a submission is judged by: form and checklists in the versions the case is pinned to. Versions never change, so they are parsed once.</summary>
public sealed class OpenSteps(DefinitionCatalog catalog, OrganisationCatalog organisations, ServerClock clock)
{
    private readonly ConcurrentDictionary<string, FormDefinition> forms = new();
    private readonly ConcurrentDictionary<string, Checklist> checklists = new();

    /// <summary>An open task of a case.</summary>
    public async ValueTask<OpenStep> Of(TaskRow task, string caseUnit, CasePins pins, CaseState state, IReadOnlyDictionary<string, JsonObject> data)
    {
        var form = task.Form is null ? null : await Form(task.Process, task.Form, pins);
        return new OpenStep
        {
            CaseId = task.CaseId,
            Title = task.Title,
            Outcomes = TaskRows.List(task.Outcomes),
            Judge = task.Judge,
            Form = form,
            Round = RoundOf(task.ActivityId, state),
            Data = data,
            Checklists = await Checklists(form, pins),
            ContractorGroups = task.Judge is null ? new Dictionary<string, string>() : Groups(),
            Now = TimeZoneInfo.ConvertTime(clock.Now, TimeZoneInfo.FindSystemTimeZoneById(organisations.Current.TimeZoneOf(caseUnit))),
        };
    }

    /// <summary>A form in the version the case is pinned to.</summary>
    /// <param name="process">Definition the form belongs to.</param>
    /// <param name="code">Form code, or <c>process/code</c> for another process's.</param>
    /// <param name="pins">The case's pins.</param>
    /// <exception cref="InvalidDataException">The pins have no such form: the definition was published without it.</exception>
    public async ValueTask<FormDefinition> Form(string process, string code, CasePins pins)
    {
        var key = code.Contains('/', StringComparison.Ordinal) ? code : $"{process}/{code}";
        if (!pins.Forms.TryGetValue(key, out var version))
        {
            throw new InvalidDataException($"The case is not pinned to a form '{key}'. Add it to the forms of its process and publish the process anew.");
        }

        return forms.TryGetValue(version, out var known)
            ? known
            : forms[version] = FormDefinition.Parse((JsonObject)(await catalog.FormAsync(version)).DeepClone());
    }

    private async ValueTask<IReadOnlyDictionary<string, Checklist>> Checklists(FormDefinition? form, CasePins pins)
    {
        var found = new Dictionary<string, Checklist>();
        foreach (var code in form?.Checklists ?? [])
        {
            if (!pins.References.TryGetValue($"checklist/{code}", out var version))
            {
                continue; // the judge says that it is missing
            }

            var key = $"{code}@{version}";
            found[code] = checklists.TryGetValue(key, out var known)
                ? known
                : checklists[key] = Checklist.Parse((await catalog.ReferenceAsync("checklist", code, version)).ToJsonString(), key);
        }

        return found;
    }

    private Dictionary<string, string> Groups() =>
        organisations.Current.People.Where(p => p.ContractorGroup is not null).ToDictionary(p => p.Id, p => p.ContractorGroup!); // filtered

    /// <summary>The variable <c>round</c> nearest to a step; 1 where there is none.</summary>
    internal static int RoundOf(string activityId, CaseState state)
    {
        for (var at = state.Executions.FirstOrDefault(e => e.Path == activityId); at is not null; at = at.Parent)
        {
            if (at.Variables.TryGetValue("round", out var round) && round is not null)
            {
                return (int)Values.ToWholeNumber(round, 1, int.MaxValue);
            }
        }

        return 1;
    }
}
