using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PowerWorkflow.Server.Storage.Schema;

/// <summary>A version of a definition. Once published its document is never changed; a draft is (see <see cref="DefinitionRevision"/>).</summary>
public sealed class DefinitionVersion
{
    public required string VersionId { get; init; }
    public required string DefinitionId { get; init; }
    public int Version { get; set; }
    public required string Name { get; set; }
    /// <summary>The Elsa document, as Studio wrote it.</summary>
    public required string Document { get; set; }
    /// <summary>SHA-256 of the document, hex; seeding and the editor compare by it.</summary>
    public required string Hash { get; set; }
    /// <summary>JSON by language (labels of steps, outcomes, fields), versioned with the definition.</summary>
    public string? Labels { get; set; }
    public bool IsLatest { get; set; }
    public bool IsPublished { get; set; }
    public required string CreatedBy { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? PublishedAt { get; set; }
}

/// <summary>Every state of a draft that was ever saved, so that an edit is never lost.</summary>
public sealed class DefinitionRevision
{
    public long RevisionId { get; init; }
    public required string VersionId { get; init; }
    public required string DefinitionId { get; init; }
    public required string Document { get; init; }
    public required string Hash { get; init; }
    public required string SavedBy { get; init; }
    public DateTimeOffset SavedAt { get; init; }
}

/// <summary>From when on cases of a unit (null: of all) start with a version. The most special unit wins, then the latest date.</summary>
public sealed class DefinitionAssignment
{
    public long AssignmentId { get; init; }
    public required string DefinitionId { get; init; }
    public string? UnitCode { get; init; }
    public DateTimeOffset EffectiveFrom { get; init; }
    public required string VersionId { get; init; }
}

/// <summary>A version of a form. Never changed; the case's pins name it.</summary>
public sealed class FormVersion
{
    public required string VersionId { get; init; }
    public required string Process { get; init; }
    public required string Code { get; init; }
    public int Version { get; init; }
    public required string Json { get; init; }
    public required string Hash { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>
/// Reference data by kind, code and version: <c>policy</c>, <c>calendar</c>, <c>checklist</c>, <c>ladders</c>, <c>roles</c>, <c>org</c>, <c>field-sets</c>, <c>labels</c> …
/// Never changed; a correction is a new version.
/// </summary>
public sealed class ReferenceDocument
{
    public required string Kind { get; init; }
    public required string Code { get; init; }
    public int Version { get; init; }
    public required string Json { get; init; }
    public required string Hash { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
}

internal sealed class DefinitionTables :
    IEntityTypeConfiguration<DefinitionVersion>, IEntityTypeConfiguration<DefinitionRevision>, IEntityTypeConfiguration<DefinitionAssignment>,
    IEntityTypeConfiguration<FormVersion>, IEntityTypeConfiguration<ReferenceDocument>
{
    public void Configure(EntityTypeBuilder<DefinitionVersion> table)
    {
        table.ToTable("definition_versions").HasKey(row => row.VersionId);
        table.HasIndex(row => new { row.DefinitionId, row.Version }).IsUnique().HasDatabaseName("ix_definition_versions_number");
    }

    public void Configure(EntityTypeBuilder<DefinitionRevision> table)
    {
        table.ToTable("definition_revisions").HasKey(row => row.RevisionId);
        table.Property(row => row.RevisionId).ValueGeneratedOnAdd();
        table.HasIndex(row => new { row.DefinitionId, row.RevisionId }).HasDatabaseName("ix_definition_revisions");
    }

    public void Configure(EntityTypeBuilder<DefinitionAssignment> table)
    {
        table.ToTable("definition_assignments").HasKey(row => row.AssignmentId);
        table.Property(row => row.AssignmentId).ValueGeneratedOnAdd();
        table.HasIndex(row => row.DefinitionId).HasDatabaseName("ix_definition_assignments");
    }

    public void Configure(EntityTypeBuilder<FormVersion> table)
    {
        table.ToTable("form_versions").HasKey(row => row.VersionId);
        table.HasIndex(row => new { row.Process, row.Code, row.Version }).IsUnique().HasDatabaseName("ix_form_versions_number");
    }

    public void Configure(EntityTypeBuilder<ReferenceDocument> table) =>
        table.ToTable("reference_documents").HasKey(row => new { row.Kind, row.Code, row.Version });
}
