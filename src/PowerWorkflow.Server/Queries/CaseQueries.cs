using Microsoft.EntityFrameworkCore;
using PowerWorkflow.Engine;
using PowerWorkflow.Server.Refusals;
using PowerWorkflow.Server.Security;
using PowerWorkflow.Server.Storage;
using PowerWorkflow.Server.Storage.Schema;

namespace PowerWorkflow.Server.Queries;

/// <summary>What a list of cases is asked for.</summary>
/// <param name="Status">Running, Finished, Faulted or Cancelled.</param>
/// <param name="Unit">This unit and everything below it.</param>
/// <param name="Search">Part of number, name or customer.</param>
/// <param name="Mine">Only cases the person started or did a step of.</param>
public sealed record CaseFilter(string? Status, string? Process, string? Unit, string? Search, bool? Mine, string? Cursor, int? Take);

/// <summary>Lists of cases, newest first.</summary>
public sealed class CaseQueries(WorkflowDb db, SignedIn who, TaskView view)
{
    /// <exception cref="RefusedException">input-invalid, naming the parameter.</exception>
    public async Task<Page<CaseSummary>> List(CaseFilter filter, CancellationToken ct)
    {
        var take = Cursor.Take(filter.Take);
        var cases = Narrow(db.Cases.AsNoTracking().Where(Access.MaySeeCase(who.Reach, db)), filter);
        if (filter.Cursor is not null)
        {
            var key = Cursor.Read<CaseKey>(filter.Cursor);
            var at = DateTimeOffset.FromUnixTimeMilliseconds(key.At);
            cases = cases.Where(c => c.CreatedAt < at || (c.CreatedAt == at && c.CaseId.CompareTo(key.Id) < 0));
        }

        var found = await cases.OrderByDescending(c => c.CreatedAt).ThenByDescending(c => c.CaseId).Take(take + 1).ToListAsync(ct);
        var page = found.Take(take).ToList();
        var last = found.Count > take ? page[^1] : null;
        return new Page<CaseSummary>(await Summaries(page, ct), last is null ? null : Cursor.Write(new CaseKey(last.CreatedAt.ToUnixTimeMilliseconds(), last.CaseId)));
    }

    /// <summary>A case the person may see.</summary>
    /// <exception cref="RefusedException">not-found; the same for a case that is not there and one that may not be seen.</exception>
    public async Task<CaseHeader> Header(string caseId, CancellationToken ct) =>
        await db.Cases.AsNoTracking().Where(Access.MaySeeCase(who.Reach, db)).FirstOrDefaultAsync(c => c.CaseId == caseId, ct)
            ?? throw new RefusedException(Problems.CaseUnknown(caseId));

    public async Task<IReadOnlyList<CaseSummary>> Summaries(IReadOnlyList<CaseHeader> cases, CancellationToken ct)
    {
        var ids = cases.Select(c => c.CaseId).ToArray();
        var tasks = (await db.Tasks.AsNoTracking().Where(t => ids.Contains(t.CaseId)).ToListAsync(ct)).ToLookup(t => t.CaseId);
        var versionIds = cases.Select(c => c.DefinitionVersionId).Distinct().ToArray();
        var versions = await db.DefinitionVersions.Where(d => versionIds.Contains(d.VersionId)).Select(d => new { d.VersionId, d.Version })
            .ToDictionaryAsync(d => d.VersionId, d => d.Version, ct);
        var book = await view.Book(ct);
        return [.. cases.Select(c => view.Summary(c, versions.GetValueOrDefault(c.DefinitionVersionId), tasks[c.CaseId], book))];
    }

    private IQueryable<CaseHeader> Narrow(IQueryable<CaseHeader> cases, CaseFilter filter)
    {
        if (filter.Status is { } text)
        {
            if (!Enum.TryParse<CaseStatus>(text, ignoreCase: true, out var status) || !Enum.IsDefined(status))
            {
                throw new RefusedException(Problems.InputInvalid(
                    "status", "应为 Running、Finished、Faulted 或 Cancelled。", "must be Running, Finished, Faulted or Cancelled."));
            }

            cases = cases.Where(c => c.Status == status);
        }

        if (filter.Process is { } process)
        {
            cases = cases.Where(c => c.Process == process);
        }

        if (filter.Unit is { } unit)
        {
            var units = who.Organisation.Subtree(unit).ToArray();
            cases = cases.Where(c => units.Contains(c.Unit));
        }

        if (filter.Search?.Trim() is { Length: > 0 } search)
        {
            cases = cases.Where(c => c.Number.Contains(search) || c.CustomerName.Contains(search) || c.Name!.Contains(search)
                || c.CustomerNumber == search);
        }

        if (filter.Mine == true)
        {
            var me = who.PersonId;
            cases = cases.Where(c => c.StartedBy == me || db.TaskHistory.Any(t => t.CaseId == c.CaseId && t.CompletedBy == me)
                || db.Tasks.Any(t => t.CaseId == c.CaseId && t.ClaimedBy == me));
        }

        return cases;
    }

    private sealed record CaseKey(long At, string Id);
}
