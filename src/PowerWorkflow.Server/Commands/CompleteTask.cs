using System.Text.Json.Nodes;
using PowerWorkflow.Engine;
using PowerWorkflow.Server.Files;
using PowerWorkflow.Server.Refusals;
using PowerWorkflow.Server.Security;
using PowerWorkflow.Server.Storage;
using PowerWorkflow.Server.Storage.Schema;

namespace PowerWorkflow.Server.Commands;

/// <summary>What a person hands in to finish a task, or to give one of several signatures.</summary>
/// <param name="Outcome">Code of the chosen outcome; not looked at when the task is returned.</param>
/// <param name="Data">Whole sections by field-set code.</param>
/// <param name="ReturnTo">Activity to send the case back to, one of the task's return targets; the form is written when it is complete.</param>
/// <param name="Comment">Why; needed when the task is returned.</param>
/// <param name="Attachments">Ids of uploaded files; they belong to the case from now on.</param>
public sealed record Completion(
    string? Outcome, Dictionary<string, JsonObject>? Data, string? ReturnTo, string? Comment, DeviceEvidence? Evidence, IReadOnlyList<string>? Attachments);

/// <summary>What the device knew and the server cannot.</summary>
public sealed record DeviceEvidence(DateTimeOffset? DeviceTime = null, DevicePosition? Position = null, IReadOnlyList<string>? Files = null);

/// <param name="Lat">Degrees north, WGS 84.</param>
/// <param name="Lng">Degrees east.</param>
/// <param name="Accuracy">Metres.</param>
public sealed record DevicePosition(double Lat, double Lng, double Accuracy);

/// <summary>
/// Finishes a task: checks person, outcome, form, judge, evidence against the case as it stands, inside the executor's attempts, so that a lost race is judged
/// anew on what the winner left.
/// </summary>
public sealed class CompleteTask(Acting acting, SignedIn who, OpenSteps steps, CaseFiles files, ServerClock clock)
{
    private const int LongestComment = 2000;
    private static readonly Sql DropDrafts = new("delete from drafts where task_id = $1", "t");

    /// <exception cref="RefusedException">
    /// not-found, stale-task, forbidden, four-eyes, already-claimed, form-invalid, outcome-not-permitted, file-refused, input-invalid, command-reused.
    /// </exception>
    public Task<Executed> Run(string taskId, Completion completion, Guid commandId, CancellationToken ct) =>
        acting.Move(Acting.CaseOf(taskId), "complete", taskId, commandId, completion, Problems.TaskUnknown(taskId), async found =>
        {
            var task = found.Task(taskId) ?? throw await acting.Stale(taskId, found, ct);
            TaskRules.MayDo(task, who);
            TaskRules.NotHeldByAnother(task, who);
            CheckComment(task, completion);
            var attached = await files.Named([.. (completion.Attachments ?? []).Concat(completion.Evidence?.Files ?? []).Distinct()], found.Header.CaseId, ct);
            return completion.ReturnTo is { } target ? await Returned(found, task, completion, target, attached) : await Finished(found, task, completion, attached, ct);
        }, (after, burst) => Answer(taskId, after, burst), ct);

    private async ValueTask<Move> Finished(CaseSnapshot found, TaskRow task, Completion completion, IReadOnlyList<FileRow> attached, CancellationToken ct)
    {
        var outcome = completion.Outcome ?? "";
        var step = await steps.Of(task, found.Header.Unit, found.Pins, found.State, found.Data);
        var sections = step.Accept(outcome, completion.Data ?? []);
        CheckEvidence(task, completion, attached);
        var mentioned = await files.MentionedIn(sections.Values, found.Header.CaseId, ct);
        return Moved(found, task, completion, outcome, sections, [.. attached, .. mentioned]);
    }

    private async ValueTask<Move> Returned(CaseSnapshot found, TaskRow task, Completion completion, string target, IReadOnlyList<FileRow> attached)
    {
        var targets = TaskRows.List(task.ReturnTargets);
        if (!targets.Contains(target))
        {
            throw new RefusedException(Problems.OutcomeNotPermitted(task.Title, target, targets, []));
        }

        var step = await steps.Of(task, found.Header.Unit, found.Pins, found.State, found.Data);
        return Moved(found, task, completion, completion.Outcome ?? "returned", step.Returned(completion.Data ?? []), attached);
    }

    private Move Moved(
        CaseSnapshot found, TaskRow task, Completion completion, string outcome, IReadOnlyDictionary<string, JsonObject> sections, IReadOnlyList<FileRow> bound) =>
        new(new Stimulus.CompleteTask(task.TaskId, outcome, acting.Actor, sections)
        {
            ReturnTo = completion.ReturnTo,
            Comment = string.IsNullOrWhiteSpace(completion.Comment) ? null : completion.Comment.Trim(),
            Evidence = Evidence(completion, bound),
        })
        {
            Rows = [.. CaseFiles.Binding(bound, found.Header.CaseId, clock.Now), Statement.Of(DropDrafts, task.TaskId)],
        };

    /// <summary>For the journal: what the device said, and the hash of every file.</summary>
    private static JsonObject? Evidence(Completion completion, IReadOnlyList<FileRow> bound)
    {
        var evidence = new JsonObject();
        if (completion.Evidence?.DeviceTime is { } time)
        {
            evidence["deviceTime"] = time.ToUniversalTime().ToString("O");
        }

        if (completion.Evidence?.Position is { } at)
        {
            evidence["position"] = new JsonObject { ["lat"] = at.Lat, ["lng"] = at.Lng, ["accuracy"] = at.Accuracy };
        }

        if (bound.Count > 0)
        {
            evidence["files"] = new JsonArray([.. bound.DistinctBy(f => f.FileId).Select(f => new JsonObject { ["id"] = f.FileId, ["sha256"] = f.Sha256 })]);
        }

        return evidence.Count == 0 ? null : evidence;
    }

    private static void CheckComment(TaskRow task, Completion completion)
    {
        var length = completion.Comment?.Trim().Length ?? 0;
        if (length > LongestComment || (completion.ReturnTo is not null && length < 2))
        {
            throw new RefusedException(Problems.InputInvalid(
                "comment", $"退回“{task.Title}”须说明原因（2 到 {LongestComment} 字）；说明不能更长。",
                $"say why '{task.Title}' is returned (2 to {LongestComment} characters); a comment may not be longer."));
        }
    }

    private static void CheckEvidence(TaskRow task, Completion completion, IReadOnlyList<FileRow> attached)
    {
        if (completion.Evidence?.Position is { } at && (at.Lat is not (>= -90 and <= 90) || at.Lng is not (>= -180 and <= 180) || at.Accuracy is not >= 0))
        {
            throw new RefusedException(Problems.InputInvalid(
                "evidence.position", "纬度应在 -90 到 90、经度在 -180 到 180 之间，精度不小于 0。", "latitude is from -90 to 90, longitude from -180 to 180, accuracy not negative."));
        }

        foreach (var kind in TaskRows.List(task.Evidence))
        {
            var given = kind switch
            {
                "position" => completion.Evidence?.Position is not null,
                "photo" or "signature" => attached.Any(f => f.ContentType.StartsWith("image/", StringComparison.Ordinal)),
                _ => attached.Count > 0,
            };
            if (!given)
            {
                throw new RefusedException(Problems.EvidenceMissing(task.Title, kind));
            }
        }
    }

    private static Reply Answer(string taskId, CaseSnapshot after, Burst burst)
    {
        var reply = CaseChecks.Moved(after, burst);
        if (after.Task(taskId) is not null)
        {
            // Still open: more people have to sign.
            reply.Body!["task"] = taskId; // Moved has a body
        }

        return reply;
    }
}
