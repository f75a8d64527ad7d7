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

internal sealed class StudioTables : IEntityTypeConfiguration<DefinitionSaveRow>, IEntityTypeConfiguration<DefinitionEditor>
{
    public void Configure(EntityTypeBuilder<DefinitionSaveRow> table)
    {
        table.ToTable("definition_saves").HasKey(row => new { row.Session, row.Sequence });
        table.HasIndex(row => row.RevisionId).HasDatabaseName("ix_definition_saves_revision");
    }

    public void Configure(EntityTypeBuilder<DefinitionEditor> table) =>
        table.ToTable("definition_editors").HasKey(row => new { row.DefinitionId, row.Session });
}
