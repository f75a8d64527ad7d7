using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PowerWorkflow.Server.Storage.Schema;

/// <summary>One entry of a case's journal, append-only. Everything it says is in <see cref="Canonical"/>; the other columns are for finding it.</summary>
public sealed class JournalRow
{
    public required string CaseId { get; init; }
    public long Sequence { get; init; }
    public required string Kind { get; init; }
    public DateTimeOffset At { get; init; }
    /// <summary>The bytes that were hashed (docs/journal.md).</summary>
    public required byte[] Canonical { get; init; }
    public required byte[] Hash { get; init; }
    /// <summary>The values the canonical bytes only commit to, with their salts. Apart, so that a person can be erased while the chain still verifies.</summary>
    public byte[]? SealedValues { get; init; }
}

/// <summary>A command that was carried out, with the reply it got. Kept 90 days.</summary>
public sealed class CommandRow
{
    public required string Person { get; init; }
    public required string CommandId { get; init; }
    /// <summary>SHA-256 of the request: the same id with another request is refused.</summary>
    public required byte[] RequestHash { get; init; }
    public required string CaseId { get; init; }
    public int Status { get; init; }
    /// <summary>JSON body of the reply.</summary>
    public required string Reply { get; init; }
    public DateTimeOffset At { get; init; }
}

/// <summary>A row the domain keeps beside a case: register entry, document … The last value for a kind and key wins.</summary>
public sealed class ProjectionRow
{
    public required string CaseId { get; init; }
    public required string Kind { get; init; }
    public required string Key { get; init; }
    public required string Json { get; init; }
}

/// <summary>One time limit of a case, as it stands. Written from projections of kind <c>clock</c>; <see cref="Json"/> has all of it, intervals included.</summary>
public sealed class ClockRow
{
    public required string CaseId { get; init; }
    /// <summary>SUPPLIER, WHOLE, STAGE:PLAN_REPLY …</summary>
    public required string Key { get; init; }
    /// <summary>Policy item it is measured against.</summary>
    public string? Item { get; init; }
    /// <summary>Running, Paused, Stopped …</summary>
    public string? State { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? DueAt { get; init; }
    public bool Provisional { get; init; }
    public string? PausedBy { get; init; }
    public required string Json { get; init; }
}

internal sealed class RecordTables :
    IEntityTypeConfiguration<JournalRow>, IEntityTypeConfiguration<CommandRow>, IEntityTypeConfiguration<ProjectionRow>, IEntityTypeConfiguration<ClockRow>
{
    public void Configure(EntityTypeBuilder<JournalRow> table) => table.ToTable("journal").HasKey(row => new { row.CaseId, row.Sequence });

    public void Configure(EntityTypeBuilder<CommandRow> table)
    {
        table.ToTable("commands").HasKey(row => new { row.Person, row.CommandId });
        table.HasIndex(row => row.At).HasDatabaseName("ix_commands_at");
    }

    public void Configure(EntityTypeBuilder<ProjectionRow> table) =>
        table.ToTable("projections").HasKey(row => new { row.CaseId, row.Kind, row.Key });

    public void Configure(EntityTypeBuilder<ClockRow> table)
    {
        table.ToTable("clocks").HasKey(row => new { row.CaseId, row.Key });
        table.HasIndex(row => new { row.State, row.DueAt }).HasDatabaseName("ix_clocks_state");
    }
}
