using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PowerWorkflow.Server.Files;

/// <summary>
/// A file somebody sent. It belongs to its sender until a burst binds it to a case; unbound ones go after seven days. The bytes stand in the
/// <see cref="FileStore"/> under the hash; access is by case and file id, never by bare hash.
/// </summary>
public sealed class FileRow
{
    public required string FileId { get; init; }
    public required string Name { get; init; }
    public long Size { get; init; }
    public required string ContentType { get; init; }
    /// <summary>Lower-case hex.</summary>
    public required string Sha256 { get; init; }
    public required string UploadedBy { get; init; }
    public DateTimeOffset UploadedAt { get; init; }
    /// <summary>The case it was sent for; access follows it once the file is bound.</summary>
    public string? CaseId { get; set; }
    public string? TaskId { get; set; }
    public DateTimeOffset? BoundAt { get; set; }
}

internal sealed class FileTables : IEntityTypeConfiguration<FileRow>
{
    public void Configure(EntityTypeBuilder<FileRow> table)
    {
        table.ToTable("files").HasKey(row => row.FileId);
        table.HasIndex(row => row.CaseId).HasDatabaseName("ix_files_case");
        table.HasIndex(row => row.UploadedAt).HasFilter("bound_at is null").HasDatabaseName("ix_files_unbound");
    }
}
