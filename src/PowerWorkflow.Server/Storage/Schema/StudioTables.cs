using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PowerWorkflow.Server.Storage.Schema;

/// <summary>A save that an editor session sent, by its number: a repeat finds it here and gets the same answer, and a late one finds a later number.</summary>
public sealed class DefinitionSaveRow
{
    /// <summary>Made by the page when it was loaded.</summary>
    public required string Session { get; init; }
    /// <summary>1, 2, 3 … in that session.</summary>
    public long Sequence { get; init; }
    public required string DefinitionId { get; init; }
    public required string VersionId { get; init; }
    public int Version { get; init; }
    /// <summary>The revision it made, or the one that already said the same.</summary>
    public long RevisionId { get; init; }
    /// <summary>SHA-256 of what was sent, hex: the same number with another content is refused.</summary>
    public required string BodyHash { get; init; }
    public DateTimeOffset At { get; init; }
}

/// <summary>An editor session that has a definition open, so that two are told of each other. Rows older than a minute mean nothing.</summary>
public sealed class DefinitionEditor
{
    public required string DefinitionId { get; init; }
    public required string Session { get; init; }
    public required string Person { get; init; }
    public DateTimeOffset SeenAt { get; set; }
}

/// <summary>
/// A case that was run from the designer to try a process out. It is no case: no task list, clock, timer or outbox ever hears of it. What it did is played again
/// from its moves whenever somebody looks.
/// </summary>
public sealed class TestCaseRow
{
    public required string TestCaseId { get; init; }
    public required string DefinitionId { get; init; }
    /// <summary>The version that was tried; its draft may have changed since.</summary>
    public required string VersionId { get; init; }
    public int Version { get; init; }
    public required string Name { get; init; }
    /// <summary>JSON: documents by version id and pins, as they were when it was started.</summary>
    public required string World { get; init; }
    /// <summary>JSON array of what was done, in order.</summary>
    public required string Moves { get; set; }
    public required string StartedBy { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; set; }
}

internal sealed class StudioTables :
    IEntityTypeConfiguration<DefinitionSaveRow>, IEntityTypeConfiguration<DefinitionEditor>, IEntityTypeConfiguration<TestCaseRow>
{
    public void Configure(EntityTypeBuilder<TestCaseRow> table)
    {
        table.ToTable("test_cases").HasKey(row => row.TestCaseId);
        table.HasIndex(row => row.CreatedAt).HasDatabaseName("ix_test_cases_created");
        table.Property(row => row.UpdatedAt).IsConcurrencyToken();
    }

    public void Configure(EntityTypeBuilder<DefinitionSaveRow> table)
    {
        table.ToTable("definition_saves").HasKey(row => new { row.Session, row.Sequence });
        table.HasIndex(row => row.RevisionId).HasDatabaseName("ix_definition_saves_revision");
    }

    public void Configure(EntityTypeBuilder<DefinitionEditor> table) =>
        table.ToTable("definition_editors").HasKey(row => new { row.DefinitionId, row.Session });
}
