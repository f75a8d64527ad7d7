using System.Text.Json.Nodes;
using PowerWorkflow.Engine;
using PowerWorkflow.Engine.Simulation;
using PowerWorkflow.Processes.Activities;
using PowerWorkflow.Processes.Checklists;
using PowerWorkflow.Processes.Forms;
using PowerWorkflow.Server.Commands;
using PowerWorkflow.Server.Security;

namespace PowerWorkflow.Server.CommandLine;

/// <summary>The process data folder as a case on the virtual clock needs it: organisation, policies, calendars, forms and checklists, read from files.</summary>
internal sealed class ProcessFolder(DirectoryInfo tree)
{
    private readonly string shared = Path.Combine(tree.FullName, "shared");
    private readonly Dictionary<string, FormDefinition?> forms = [];
    private readonly Dictionary<string, Checklist> checklists = [];

    /// <summary>The world with the domain's reference data, pinned for the case's unit on the day it starts.</summary>
    public World Surround(World world, DateTimeOffset start)
    {
        var org = Path.Combine(shared, "org.json");
        var units = File.Exists(org) ? OrganisationFile.ReadUnits(org).ToDictionary(u => u.Code) : [];
        var upwards = new List<Unit>();
        for (var unit = units.GetValueOrDefault(world.Case.Unit ?? ""); unit is not null; unit = units.GetValueOrDefault(unit.Parent ?? "")) upwards.Add(unit);
        world = world with { TimeZone = upwards.Select(u => u.TimeZone).FirstOrDefault(zone => zone is not null) ?? world.TimeZone };
        if (!Directory.Exists(Path.Combine(shared, "policies"))) return world;

        var library = ReferenceLibrary.Parse(
        [
            .. Texts("calendar", "calendars"), .. Texts("policy", "policies"), .. Texts("policy-set", "policies/sets"),
            new("ladders", "ladders", File.ReadAllText(Path.Combine(shared, "ladders.json"))),
        ]);
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(start, TimeZones.Find(world.TimeZone)).DateTime);
        var policies = library.Policies.InForce([.. upwards.Select(u => u.Code)], day).Pin;
        return world with { Domain = library.WorldOf(upwards.Select(u => u.Calendar).FirstOrDefault(calendar => calendar is not null) ?? "CN", policies) };
    }

    /// <summary>Judges what is handed in by the form and the data, as the server does, and gives what is to be written.</summary>
    /// <exception cref="StepRefusedException">Form or judge refuse it.</exception>
    public Stimulus.CompleteTask Accept(CaseRunner runner, TaskSpecification task, Stimulus.CompleteTask completion)
    {
        if (completion.ReturnTo is not null) return completion;
        var form = task.Form is null ? null : Form(task.Form.Contains('/', StringComparison.Ordinal) ? task.Form : $"{task.Process}/{task.Form}");
        // Definitions tried without their forms are not held to them.
        if (task.Form is not null && form is null) return completion;
        var step = new OpenStep
        {
            CaseId = runner.State.CaseId,
            Title = task.Title,
            Outcomes = task.Outcomes,
            Judge = task.Judge,
            Form = form,
            Round = OpenSteps.RoundOf(task.ActivityId, runner.State),
            Data = runner.Data,
            Checklists = Checklists(form),
            Now = TimeZoneInfo.ConvertTime(runner.Now, TimeZones.Find(runner.TimeZone)),
            ContractorGroups = People().Where(p => p.ContractorGroup is not null).ToDictionary(p => p.Id, p => p.ContractorGroup!), // filtered
        };
        try
        {
            return completion with { Data = step.Accept(completion.Outcome, completion.Data) };
        }
        catch (Refusals.RefusedException refusal)
        {
            var fields = refusal.Problem.Errors is { Count: > 0 } wrong ? $" ({string.Join("; ", wrong.Select(f => $"{f.Key}: {string.Join(", ", f.Value.Select(t => t.En))}"))})" : "";
            throw new StepRefusedException(refusal.Problem.Slug, refusal.Problem.Detail.En + fields);
        }
    }

    private FormDefinition? Form(string key)
    {
        if (forms.TryGetValue(key, out var known)) return known;
        var parts = key.Split('/');
        var file = Path.Combine(tree.FullName, parts[0], "forms", parts[1] + ".json");
        return forms[key] = File.Exists(file) ? FormDefinition.Parse((JsonObject)JsonNode.Parse(File.ReadAllText(file))!) : null; // forms are objects; anything else says so itself
    }

    private Dictionary<string, Checklist> Checklists(FormDefinition? form)
    {
        var found = new Dictionary<string, Checklist>();
        foreach (var code in form?.Checklists ?? [])
        {
            var file = Path.Combine(shared, "checklists", code + ".json");
            if (!checklists.ContainsKey(code) && File.Exists(file)) checklists[code] = Checklist.Parse(File.ReadAllText(file), code);
            if (checklists.TryGetValue(code, out var list)) found[code] = list;
        }
        return found;
    }

    private IReadOnlyList<Person> People()
    {
        var file = Path.Combine(shared, "people.demo.json");
        return File.Exists(file) ? OrganisationFile.ReadPeople(file).People : [];
    }

    private IEnumerable<ReferenceText> Texts(string kind, string folder)
    {
        var path = Path.Combine(shared, folder);
        return Directory.Exists(path)
            ? Directory.EnumerateFiles(path, "*.json").Order(StringComparer.Ordinal).Select(f => new ReferenceText(kind, Path.GetFileNameWithoutExtension(f), File.ReadAllText(f)))
            : [];
    }
}
