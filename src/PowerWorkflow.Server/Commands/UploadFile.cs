using Microsoft.EntityFrameworkCore;
using PowerWorkflow.Server.Files;
using PowerWorkflow.Server.Refusals;
using PowerWorkflow.Server.Security;
using PowerWorkflow.Server.Storage;

namespace PowerWorkflow.Server.Commands;

/// <summary>
/// Takes a file in: the bytes are on disk before the row is, and the row before the reply. The file belongs to its sender until a completed task binds it
/// to the case.
/// </summary>
public sealed class UploadFile(WorkflowDb db, FileStore store, SignedIn who, TimeProvider time)
{
    /// <exception cref="RefusedException">file-refused; not-found for a case or task the person does not see.</exception>
    public async Task<UploadedFile> Run(Stream content, string name, string? caseId, string? taskId, CancellationToken ct)
    {
        caseId = await CaseOf(caseId, taskId, ct);
        using var staged = await store.Stage(content, ct) ?? throw new RefusedException(Problems.FileTooLarge());
        name = Plain(name);
        if (staged.Size == 0)
        {
            throw new RefusedException(Problems.FileUnusable($"文件“{name}”是空的，没有保存。请重新选择文件。", $"'{name}' is empty; it was not saved. Choose the file again."));
        }

        await using (var bytes = staged.OpenRead())
        {
            var type = FileType.Sniff(bytes, name) ?? throw new RefusedException(Problems.FileTypeRefused(name));
            var row = new FileRow
            {
                FileId = Guid.NewGuid().ToString("N"),
                Name = name,
                Size = staged.Size,
                ContentType = type,
                Sha256 = staged.Sha256,
                UploadedBy = who.PersonId,
                UploadedAt = time.GetUtcNow(),
                CaseId = caseId,
                TaskId = taskId,
            };
            staged.Keep();
            db.Add(row);
            await db.SaveChangesAsync(ct);
            return new UploadedFile(row.FileId, row.Name, row.Size, row.ContentType, row.Sha256);
        }
    }

    private async Task<string?> CaseOf(string? caseId, string? taskId, CancellationToken ct)
    {
        if (taskId is not null)
        {
            var task = await db.Tasks.AsNoTracking().Where(Access.MaySeeTask(who.Reach)).FirstOrDefaultAsync(t => t.TaskId == taskId, ct)
                ?? throw new RefusedException(Problems.TaskUnknown(taskId));
            return caseId is null || caseId == task.CaseId ? task.CaseId : throw new RefusedException(Problems.TaskUnknown(taskId));
        }

        if (caseId is not null && !await db.Cases.Where(Access.MaySeeCase(who.Reach, db)).AnyAsync(c => c.CaseId == caseId, ct))
        {
            throw new RefusedException(Problems.CaseUnknown(caseId));
        }

        return caseId;
    }

    /// <summary>The last part of the name only, without control characters: it is shown and offered for download, never used as a path.</summary>
    private static string Plain(string name)
    {
        var last = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        var plain = string.Concat(last.Where(c => !char.IsControl(c))).Trim();
        return plain.Length switch { 0 => "file", > 200 => plain[^200..], _ => plain };
    }
}

/// <summary>A file that was taken in.</summary>
/// <param name="Sha256">Lower-case hex of its bytes.</param>
public sealed record UploadedFile(string Id, string Name, long Size, string ContentType, string Sha256);
