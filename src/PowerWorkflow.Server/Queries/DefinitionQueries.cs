using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PowerWorkflow.Server.Definitions;
using PowerWorkflow.Server.Refusals;
using PowerWorkflow.Server.Security;
using PowerWorkflow.Server.Storage;
using PowerWorkflow.Server.Storage.Schema;

namespace PowerWorkflow.Server.Queries;

/// <summary>A process in the list of what can be started.</summary>
/// <param name="StartForm">Code of the form filled in before the case starts.</param>
/// <param name="StartRoles">Who may start it; empty when only another case does.</param>
/// <param name="CanStart">Whether the person of the session may, in some unit.</param>
public sealed record DefinitionSummary(
    string DefinitionId, string Name, int Version, string VersionId, string? Description, string? StartForm, IReadOnlyList<string> StartRoles, bool CanStart,
    DateTimeOffset? PublishedAt);

/// <summary>A process as it is drawn, with labels in the person's language.</summary>
public sealed record DefinitionDetail(string DefinitionId, string Name, int Version, string VersionId, JsonNode Document, DefinitionLabels Labels);

/// <param name="Steps">By step code.</param>
/// <param name="Outcomes">By <c>step.outcome</c>.</param>
public sealed record DefinitionLabels(IReadOnlyDictionary<string, string> Steps, IReadOnlyDictionary<string, string> Outcomes);

/// <summary>Published processes and their forms.</summary>
public sealed class DefinitionQueries(WorkflowDb db, DefinitionCatalog catalog, SignedIn who, LabelShelf labels)
{
    /// <summary>Published processes, by name.</summary>
    public async Task<Listed<DefinitionSummary>> List(CancellationToken ct)
    {
        var book = await labels.Book(ct);
        var rows = await db.DefinitionVersions.AsNoTracking().Where(d => d.IsPublished).ToListAsync(ct);
        return new Listed<DefinitionSummary>(
            [.. rows.GroupBy(d => d.DefinitionId).Select(g => Summary(g.MaxBy(d => d.Version)!, book)).OrderBy(d => d.DefinitionId, StringComparer.Ordinal)]); // a group has a member
    }

    /// <summary>Ids of the processes the person may start.</summary>
    public async Task<IReadOnlyList<string>> Startable(Reach reach, CancellationToken ct) =>
        [.. (await labels.Book(ct)).Starts.Where(s => Acts(reach, s.Value)).Select(s => s.Key).Order(StringComparer.Ordinal)];

    /// <param name="version">Null for the newest published one.</param>
    /// <exception cref="RefusedException">not-found.</exception>
    public async Task<DefinitionDetail> Detail(string definitionId, int? version, CancellationToken ct)
    {
        var row = await db.DefinitionVersions.AsNoTracking()
            .Where(d => d.DefinitionId == definitionId && (version == null ? d.IsPublished : d.Version == version && d.PublishedAt != null))
            .OrderByDescending(d => d.Version).FirstOrDefaultAsync(ct) ?? throw new RefusedException(Problems.NotFound("流程", "process", definitionId));
        var book = await labels.Book(ct);
        return new DefinitionDetail(
            row.DefinitionId, book.Process(row.DefinitionId, who.Language), row.Version, row.VersionId, JsonNode.Parse(row.Document)!, // stored by us, never the JSON null
            new DefinitionLabels(book.Steps(row.DefinitionId, who.Language), book.Outcomes(row.DefinitionId, who.Language)));
    }

    /// <param name="version">Null for the newest.</param>
    /// <exception cref="RefusedException">not-found.</exception>
    public async Task<FormDocument> Form(string process, string code, int? version, CancellationToken ct)
    {
        var row = await db.FormVersions.AsNoTracking().Where(f => f.Process == process && f.Code == code && (version == null || f.Version == version))
            .OrderByDescending(f => f.Version).FirstOrDefaultAsync(ct) ?? throw new RefusedException(Problems.NotFound("表单", "form", $"{process}/{code}"));
        return await FormDocuments.Read((JsonObject)JsonNode.Parse(row.Json)!, checklist => catalog.NewestReferenceAsync("checklist", checklist)); // stored by us, an object
    }

    private DefinitionSummary Summary(DefinitionVersion row, LabelBook book)
    {
        var document = JsonNode.Parse(row.Document)!; // stored by us, never the JSON null
        var start = StartRules.Of(document);
        return new DefinitionSummary(
            row.DefinitionId, book.Process(row.DefinitionId, who.Language), row.Version, row.VersionId, (string?)document["description"], start.Form, start.Roles,
            Acts(who.Reach, start), row.PublishedAt);
    }

    private static bool Acts(Reach reach, StartRules start) => start.Roles.Any(role => reach.Acting.TryGetValue(role, out var units) && units.Count > 0);
}
