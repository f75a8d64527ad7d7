using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PowerWorkflow.Engine;
using PowerWorkflow.Engine.Checking;
using PowerWorkflow.Engine.Definitions;
using PowerWorkflow.Server.Refusals;
using PowerWorkflow.Server.Security;
using PowerWorkflow.Server.Storage;

namespace PowerWorkflow.Server.Definitions;

/// <summary>Everything that speaks against publishing a definition: the engine's check against what is published, the stored forms and the roles people hold.</summary>
public sealed class DefinitionReview(WorkflowDb db, WorkflowEngine engine, OrganisationCatalog people)
{
    /// <summary>Errors first; empty when nothing speaks against it.</summary>
    public async Task<IReadOnlyList<ListedProblem>> Problems(JsonObject document, CancellationToken ct)
    {
        var definition = WorkflowDefinition.Read(document.DeepClone().AsObject(), engine.Activities);
        var rows = await db.DefinitionVersions.AsNoTracking().Where(v => v.IsPublished || v.IsLatest).ToListAsync(ct);
        var others = rows.GroupBy(v => v.DefinitionId).Select(g => g.OrderByDescending(v => v.IsPublished).ThenByDescending(v => v.Version).First())
            .Where(v => v.DefinitionId != definition.DefinitionId)
            .ToDictionary(v => v.DefinitionId, v => WorkflowDefinition.Read(v.Document, engine.Activities, v.VersionId));
        var forms = await db.FormVersions.Select(f => f.Process + "/" + f.Code).Distinct().ToListAsync(ct);
        var found = DefinitionCheck.Run(definition, new CheckContext
        {
            Definitions = others,
            Forms = forms.ToHashSet(),
            RolesHeld = people.Current.Assignments.Select(a => a.Role).ToHashSet(),
        });
        return
        [
            .. found.Select(p => new ListedProblem(p.ActivityId, p.ActivityLabel ?? p.ActivityId,
                new($"{p.MessageZh}{p.RemedyZh}", $"{p.MessageEn} {p.RemedyEn}"), p.Severity == Severity.Error ? "error" : "warning")),
        ];
    }
}
