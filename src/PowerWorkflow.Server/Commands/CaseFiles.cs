using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PowerWorkflow.Server.Files;
using PowerWorkflow.Server.Refusals;
using PowerWorkflow.Server.Security;
using PowerWorkflow.Server.Storage;

namespace PowerWorkflow.Server.Commands;

/// <summary>Binds files to a case in the burst that uses them.</summary>
public sealed class CaseFiles(WorkflowDb db, SignedIn who)
{
    private static readonly Sql Bind = new("update files set case_id = $2, bound_at = $3 where file_id = $1 and bound_at is null", "ttl");

    /// <summary>Files named as attachments or evidence; each must be there, and the person's own or the case's already.</summary>
    /// <exception cref="RefusedException">file-refused, naming the file.</exception>
    public async Task<IReadOnlyList<FileRow>> Named(IReadOnlyCollection<string> fileIds, string caseId, CancellationToken ct)
    {
        if (fileIds.Count == 0)
        {
            return [];
        }

        var rows = await Find(fileIds, ct);
        foreach (var id in fileIds)
        {
            var row = rows.FirstOrDefault(f => f.FileId == id);
            if (row is null || !(row.BoundAt is null ? row.UploadedBy == who.PersonId && (row.CaseId is null || row.CaseId == caseId) : row.CaseId == caseId))
            {
                throw new RefusedException(Problems.FileUnusable(
                    $"附件“{id}”不存在、不是您上传的，或已属于其他案件。请重新上传后再提交。",
                    $"Attachment '{id}' does not exist, is not yours, or belongs to another case. Upload it again and submit."));
            }
        }

        return rows;
    }

    /// <summary>The person's own unbound files whose ids stand somewhere in the data: fields of a form hold file ids.</summary>
    public async Task<IReadOnlyList<FileRow>> MentionedIn(IEnumerable<JsonObject> sections, string caseId, CancellationToken ct)
    {
        var ids = sections.SelectMany(Texts).Where(LooksLikeId).Distinct().ToList();
        return ids.Count == 0 ? [] : [.. (await Find(ids, ct)).Where(f => f.BoundAt is null && f.UploadedBy == who.PersonId && (f.CaseId is null || f.CaseId == caseId))];
    }

    /// <summary>Rows to be committed with the burst.</summary>
    public static IReadOnlyList<Statement> Binding(IEnumerable<FileRow> files, string caseId, DateTimeOffset at) =>
        [.. files.Where(f => f.BoundAt is null).DistinctBy(f => f.FileId).Select(f => Statement.Of(Bind, f.FileId, caseId, at.ToUnixTimeMilliseconds()))];

    private Task<List<FileRow>> Find(IReadOnlyCollection<string> ids, CancellationToken ct) =>
        db.Set<FileRow>().AsNoTracking().Where(f => ids.Contains(f.FileId)).ToListAsync(ct);

    private static bool LooksLikeId(string text) => text.Length == 32 && text.All(char.IsAsciiHexDigitLower);

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(m => Texts(m.Value)),
        JsonArray items => items.SelectMany(Texts),
        JsonValue value when value.TryGetValue(out string? text) => [text],
        _ => [],
    };
}
