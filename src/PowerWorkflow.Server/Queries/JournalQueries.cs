using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PowerWorkflow.Engine.Journal;
using PowerWorkflow.Server.Definitions;
using PowerWorkflow.Server.Refusals;
using PowerWorkflow.Server.Security;
using PowerWorkflow.Server.Storage;
using PowerWorkflow.Server.Storage.Schema;

namespace PowerWorkflow.Server.Queries;

/// <summary>The journal of a case, page by page.</summary>
public sealed class JournalQueries(WorkflowDb db, CaseQueries cases, CaseDetails details, DefinitionCatalog catalog, SignedIn who, TaskView view)
{
    private const int MostEntries = 1000;

    /// <param name="after">Sequence of the last entry known; 0 for the first page.</param>
    /// <exception cref="RefusedException">not-found, input-invalid.</exception>
    public async Task<JournalPage> Read(string caseId, long after, int? take, CancellationToken ct)
    {
        var size = take ?? 200;
        if (size is < 1 or > MostEntries)
        {
            throw new RefusedException(Problems.InputInvalid("take", $"应为 1 到 {MostEntries} 的整数。", $"must be from 1 to {MostEntries}."));
        }

        var header = await cases.Header(caseId, ct);
        var book = await view.Book(ct);
        var drawn = await details.Drawn(header, await catalog.PinsAsync(header.PinId), book);
        var rows = await db.Journal.AsNoTracking().Where(j => j.CaseId == caseId && j.Sequence > after).OrderBy(j => j.Sequence).Take(size + 1).ToListAsync(ct);
        var head = await db.Journal.AsNoTracking().Where(j => j.CaseId == caseId).OrderByDescending(j => j.Sequence)
            .Select(j => new { j.Sequence, j.Hash }).FirstOrDefaultAsync(ct);
        return new JournalPage(
            [.. rows.Take(size).Select(row => Item(row, drawn, book))],
            rows.Count > size ? rows[size - 1].Sequence : null,
            head is null ? null : new JournalHead(head.Sequence, Convert.ToHexStringLower(head.Hash)));
    }

    private JournalItem Item(JournalRow row, DrawnProcess drawn, LabelBook book)
    {
        var entry = JsonNode.Parse(row.Canonical)!; // canonical JSON of an object
        var (actor, path) = ((string?)entry["by"], (string?)entry["activity"]);
        var activity = path is null ? null : drawn.ActivityAt(path);
        return new JournalItem(
            row.Sequence, row.Kind, row.At, actor, actor is null ? null : who.Organisation.NameOf(actor), (string?)entry["for"],
            path is null ? null : drawn.PlaceOf(path) ?? path, activity is { } at ? book.Activity(at.Process, at.ActivityId, who.Language) : null,
            JournalChain.Open(row.Canonical, row.SealedValues).Detail, Convert.ToHexStringLower(row.Hash));
    }
}
