using System.Text.Json.Nodes;
using PowerWorkflow.Engine;
using PowerWorkflow.Server.Definitions;
using PowerWorkflow.Server.Refusals;
using PowerWorkflow.Server.Security;
using PowerWorkflow.Server.Storage;

namespace PowerWorkflow.Server.Commands;

/// <summary>A case to be started.</summary>
/// <param name="Process">Definition id.</param>
/// <param name="Unit">Code of the unit the case belongs to.</param>
/// <param name="Inputs">Workflow inputs by name.</param>
/// <param name="Data">Sections of the start form.</param>
public sealed record Application(
    string Process, string Unit, ApplicationCustomer Customer, Dictionary<string, JsonNode?>? Inputs, Dictionary<string, JsonObject>? Data);

/// <param name="Number">Customer number, when the customer has one already.</param>
public sealed record ApplicationCustomer(string Name, string? Number = null);

/// <summary>Starts a case of a published process in a unit, for people who hold one of its start roles there.</summary>
public sealed class StartCase(Acting acting, SignedIn who, OpenSteps steps, CaseFiles files, ServerClock clock)
{
    private const string Started = "started";

    /// <exception cref="RefusedException">not-found, forbidden, form-invalid, input-invalid, command-reused.</exception>
    public Task<Executed> Run(Application application, Guid commandId, CancellationToken ct)
    {
        var name = application.Customer.Name.Trim();
        if (name.Length is < 1 or > 200)
        {
            throw new RefusedException(Problems.InputInvalid("customer.name", "请填写客户名称（不超过 200 字）。", "give the customer's name, 200 characters at most."));
        }

        if (who.Organisation.Unit(application.Unit) is null)
        {
            throw new RefusedException(Problems.InputInvalid("unit", $"没有单位“{application.Unit}”。", $"there is no unit '{application.Unit}'."));
        }

        var wanted = new NewCase(application.Process, application.Unit, name, application.Customer.Number, who.PersonId);
        return acting.Start(wanted, commandId, application, Allow, async found =>
        {
            var rules = Rules(found);
            var start = new OpenStep
            {
                CaseId = found.Header.CaseId,
                Title = application.Process,
                Outcomes = [Started],
                Form = rules.Form is null ? null : await steps.Form(application.Process, rules.Form, found.Pins),
                Data = found.Data,
                Now = clock.Now,
            };
            var sections = start.Accept(Started, application.Data ?? []);
            var mentioned = await files.MentionedIn(sections.Values, found.Header.CaseId, ct);
            return new Move(new Stimulus.Start(application.Inputs ?? [], acting.Actor, sections))
            {
                Rows = CaseFiles.Binding(mentioned, found.Header.CaseId, clock.Now),
            };
        }, (after, burst) => CaseChecks.Moved(after, burst) with { Status = StatusCodes.Status201Created }, ct);
    }

    private void Allow(CaseSnapshot found)
    {
        var roles = Rules(found).Roles;
        if (!roles.Any(role => who.Reach.Acts(role, found.Header.Unit)))
        {
            throw new RefusedException(Problems.MayNotStart(found.Header.Process, found.Header.Unit, roles));
        }
    }

    private static StartRules Rules(CaseSnapshot found) => StartRules.Of(found.World.Definitions[found.Header.DefinitionVersionId].Document);
}
