using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PowerWorkflow.Server.Commands;

/// <summary>What a person has typed into a task's form and not handed in yet. Nobody else sees it; it goes with the task.</summary>
public sealed class DraftRow
{
    public required string Person { get; init; }
    public required string TaskId { get; init; }
    /// <summary>JSON: sections by field-set code, unchecked.</summary>
    public required string Values { get; set; }
    public DateTimeOffset SavedAt { get; set; }
}

internal sealed class DraftTables : IEntityTypeConfiguration<DraftRow>
{
    public void Configure(EntityTypeBuilder<DraftRow> table)
    {
        table.ToTable("drafts").HasKey(row => new { row.Person, row.TaskId });
        table.HasIndex(row => row.TaskId).HasDatabaseName("ix_drafts_task");
    }
}
