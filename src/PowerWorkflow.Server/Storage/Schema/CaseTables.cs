using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PowerWorkflow.Engine;

namespace PowerWorkflow.Server.Storage.Schema;

/// <summary>
/// What lists show of a case, open or ended. Written when the case starts and when its status, name, correlation or priority changes: most steps leave it alone.
/// </summary>
public sealed record CaseHeader
{
    public required string CaseId { get; init; }
    /// <summary>For people: prefix, unit, date, sequence; unique in the installation.</summary>
    public required string Number { get; init; }
    /// <summary>Definition id.</summary>
    public required string Process { get; init; }
    public required string DefinitionVersionId { get; init; }
    /// <summary>What the case is pinned to; see <see cref="PinSet"/>.</summary>
    public required string PinId { get; init; }
    /// <summary>Unit code.</summary>
    public required string Unit { get; init; }
    public required string CustomerName { get; init; }
    public string? CustomerNumber { get; init; }
    public string? Name { get; init; }
    public string? CorrelationId { get; init; }
    public CaseStatus Status { get; init; }
    /// <summary>0 normal, 1 green channel, 2 emergency.</summary>
    public int Priority { get; init; }
    /// <summary>Person id, or <c>system</c> when another case started it.</summary>
    public required string StartedBy { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }
}

/// <summary>The part of a case that changes with every burst; one row per open case and nothing else, so that ended cases cost open ones nothing.</summary>
public sealed class OpenCaseState
{
    public required string CaseId { get; init; }
    /// <summary>1 after the start; every burst adds one. A burst that read another version has lost the race.</summary>
    public long RowVersion { get; init; }
    /// <summary>Last entry of the case's journal, and its hash.</summary>
    public long JournalSequence { get; init; }
    public required byte[] JournalHash { get; init; }
    /// <summary>UTF-8 JSON of <see cref="CaseState"/>.</summary>
    public required byte[] State { get; init; }
}

/// <summary>Last state of an ended case. Corrections still append to its journal.</summary>
public sealed class EndedCaseState
{
    public required string CaseId { get; init; }
    public long RowVersion { get; init; }
    public long JournalSequence { get; init; }
    public required byte[] JournalHash { get; init; }
    public required byte[] State { get; init; }
}

/// <summary>One section of a case's data document (CASE, LOAD, INSP#2 …).</summary>
public sealed class SectionRow
{
    public required string CaseId { get; init; }
    public required string Section { get; init; }
    public required string Json { get; init; }
}

/// <summary>One distinct set of pins (definition versions, form versions, policy set, calendar); many cases share it. Never changed.</summary>
public sealed class PinSet
{
    /// <summary>SHA-256 of the JSON, hex, first 32 digits.</summary>
    public required string PinId { get; init; }
    public required string Json { get; init; }
}

internal sealed class CaseTables :
    IEntityTypeConfiguration<CaseHeader>, IEntityTypeConfiguration<OpenCaseState>, IEntityTypeConfiguration<EndedCaseState>,
    IEntityTypeConfiguration<SectionRow>, IEntityTypeConfiguration<PinSet>
{
    public void Configure(EntityTypeBuilder<CaseHeader> table)
    {
        table.ToTable("cases").HasKey(row => row.CaseId);
        table.HasIndex(row => row.Number).IsUnique().HasDatabaseName("ix_cases_number");
        table.HasIndex(row => new { row.Unit, row.CreatedAt }).HasDatabaseName("ix_cases_unit");
        table.HasIndex(row => new { row.Process, row.CreatedAt }).HasDatabaseName("ix_cases_process");
        table.HasIndex(row => new { row.CreatedAt, row.CaseId }).HasDatabaseName("ix_cases_created");
        table.HasIndex(row => new { row.Unit, row.CreatedAt, row.CaseId }).HasFilter("finished_at is null").HasDatabaseName("ix_cases_open");
    }

    public void Configure(EntityTypeBuilder<OpenCaseState> table) => table.ToTable("case_states").HasKey(row => row.CaseId);

    public void Configure(EntityTypeBuilder<EndedCaseState> table) => table.ToTable("ended_case_states").HasKey(row => row.CaseId);

    public void Configure(EntityTypeBuilder<SectionRow> table) => table.ToTable("case_data").HasKey(row => new { row.CaseId, row.Section });

    public void Configure(EntityTypeBuilder<PinSet> table) => table.ToTable("pin_sets").HasKey(row => row.PinId);
}
