using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using PowerWorkflow.Server.Commands;
using PowerWorkflow.Server.Files;
using PowerWorkflow.Server.Refusals;
using PowerWorkflow.Server.Security;
using PowerWorkflow.Server.Storage;

namespace PowerWorkflow.Server.Api;

/// <summary>Files: sent alone, bound to a case when a task is completed with them, read by case and file id.</summary>
public static class FilesApi
{
    public static void MapFiles(this IEndpointRouteBuilder api)
    {
        api.MapPost("/files", Upload).WithName("UploadFile").WithTags("Files")
            .WithSummary("Takes in one file of at most 50 MB: jpg, png, webp, pdf, ofd, xlsx, docx, csv or txt, judged by content.")
            .DisableAntiforgery() // the origin check and the header cover every unsafe request
            .WithMetadata(new RequestSize(FileStore.MaxBytes + 1024 * 1024))
            .ProducesProblem(413).ProducesProblem(415).ProducesProblem(422);
        api.MapGet("/cases/{caseId}/files/{fileId}", Download).WithName("DownloadFile").WithTags("Files")
            .WithSummary("The bytes of a file of a case.").ProducesProblem(404);
    }

    private static async Task<Created<UploadedFile>> Upload(
        IFormFile file, UploadFile upload, HttpRequest request, CancellationToken ct)
    {
        var form = await request.ReadFormAsync(ct);
        await using var content = file.OpenReadStream();
        var kept = await upload.Run(content, file.FileName, Text(form["caseId"]), Text(form["taskId"]), ct);
        return TypedResults.Created((string?)null, kept);
    }

    private static async Task<FileStreamHttpResult> Download(
        string caseId, string fileId, WorkflowDb db, FileStore store, SignedIn who, HttpResponse response, CancellationToken ct)
    {
        // Until a file is bound only its sender reads it; from then on everybody who sees the case.
        var row = await db.Set<FileRow>().AsNoTracking().FirstOrDefaultAsync(
            f => f.FileId == fileId && f.CaseId == caseId && (f.BoundAt != null || f.UploadedBy == who.PersonId), ct);
        if (row is null || !await db.Cases.Where(Access.MaySeeCase(who.Reach, db)).AnyAsync(c => c.CaseId == caseId, ct))
        {
            throw new RefusedException(Problems.NotFound("文件", "file", fileId));
        }

        // Should a browser ever show it instead of saving it, it may load and run nothing.
        response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        response.Headers.CacheControl = "private, max-age=31536000, immutable";
        return TypedResults.File(
            store.Open(row.Sha256), row.ContentType, row.Name, row.UploadedAt, new EntityTagHeaderValue($"\"{row.Sha256}\""), enableRangeProcessing: true);
    }

    private static string? Text(Microsoft.Extensions.Primitives.StringValues value) => string.IsNullOrEmpty(value) ? null : value.ToString();

    private sealed class RequestSize(long bytes) : Microsoft.AspNetCore.Http.Metadata.IRequestSizeLimitMetadata
    {
        public long? MaxRequestBodySize => bytes;
    }
}
