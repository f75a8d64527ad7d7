using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PowerWorkflow.Engine;

namespace PowerWorkflow.Server.Storage.Schema;

/// <summary>A case wants to be woken. The row commits with the state that wants it and goes with the burst that it caused.</summary>
public sealed class TimerRow
{
    public required string TimerId { get; init; }
    public required string CaseId { get; init; }
    public required string ActivityId { get; init; }
    public required string Kind { get; init; }
    public DateTimeOffset DueAt { get; init; }
    public MissedTimer Missed { get; init; }
    /// <summary>Who is working on it, until when; both null when nobody is.</summary>
    public string? Lease { get; init; }
    public DateTimeOffset? LeaseUntil { get; init; }
    /// <summary>How often it was claimed; more than a few means that its burst fails.</summary>
    public int Attempts { get; init; }
}

/// <summary>A case waits for an event.</summary>
public sealed class EventWait
{
    public required string WaitId { get; init; }
    public required string CaseId { get; init; }
    public required string EventName { get; init; }
    public string? CorrelationId { get; init; }
}

internal sealed class WaitTables : IEntityTypeConfiguration<TimerRow>, IEntityTypeConfiguration<EventWait>
{
    public void Configure(EntityTypeBuilder<TimerRow> table)
    {
        table.ToTable("timers").HasKey(row => row.TimerId);
        table.HasIndex(row => row.DueAt).HasDatabaseName("ix_timers_due");
        table.HasIndex(row => row.CaseId).HasDatabaseName("ix_timers_case");
    }

    public void Configure(EntityTypeBuilder<EventWait> table)
    {
        table.ToTable("event_waits").HasKey(row => row.WaitId);
        table.HasIndex(row => new { row.EventName, row.CorrelationId }).HasDatabaseName("ix_event_waits_name");
        table.HasIndex(row => row.CaseId).HasDatabaseName("ix_event_waits_case");
    }
}
