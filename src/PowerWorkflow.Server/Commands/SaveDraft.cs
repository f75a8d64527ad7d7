using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PowerWorkflow.Server.Refusals;
using PowerWorkflow.Server.Security;
using PowerWorkflow.Server.Storage;

namespace PowerWorkflow.Server.Commands;

/// <summary>Keeps what a person has typed into an open task, unchecked and private, so that a lost connection loses nothing.</summary>
public sealed class SaveDraft(WorkflowDb db, SignedIn who, TimeProvider time)
{
    /// <summary>More than any form holds; files are sent apart.</summary>
    private const int MostCharacters = 512 * 1024;

    /// <exception cref="RefusedException">not-found when the task is not open or not seen; forbidden; input-invalid when too large.</exception>
    public async Task Run(string taskId, JsonObject values, CancellationToken ct)
    {
        var json = values.ToJsonString();
        if (json.Length > MostCharacters)
        {
            throw new RefusedException(Problems.InputInvalid("values", "草稿超过 512 KB，没有保存。文件请用附件上传。", "the draft is over 512 KB and was not saved; send files as attachments."));
        }

        var task = await db.Tasks.AsNoTracking().Where(Access.MaySeeTask(who.Reach)).FirstOrDefaultAsync(t => t.TaskId == taskId, ct)
            ?? throw new RefusedException(Problems.TaskUnknown(taskId));
        if (!who.Reach.MayDo(task))
        {
            throw new RefusedException(Problems.TaskNotYours(task.Title, task.Role, task.Unit));
        }

        await db.WriteAsync(async () =>
        {
            var draft = await db.Set<DraftRow>().FindAsync([who.PersonId, taskId], ct);
            if (draft is null)
            {
                db.Add(new DraftRow { Person = who.PersonId, TaskId = taskId, Values = json, SavedAt = time.GetUtcNow() });
            }
            else
            {
                (draft.Values, draft.SavedAt) = (json, time.GetUtcNow());
            }

            await db.SaveChangesAsync(ct);
        }, ct);
    }
}
