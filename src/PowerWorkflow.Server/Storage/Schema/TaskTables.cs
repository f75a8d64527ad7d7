using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PowerWorkflow.Server.Storage.Schema;

/// <summary>A step that waits for people now. Leaves for <see cref="ClosedTask"/> in the burst that closes it. Lists are JSON string arrays.</summary>
public sealed record TaskRow
{
    public required string TaskId { get; init; }
    public required string CaseId { get; init; }
    /// <summary>Path of activity ids, joined by '/'.</summary>
    public required string ActivityId { get; init; }
    public required string Step { get; init; }
    /// <summary>Title as the case's data made it; labels of the definition are for lists.</summary>
    public required string Title { get; init; }
    /// <summary>Definition the step was drawn in; its labels and forms belong there. The case's own process is on its header.</summary>
    public required string Process { get; init; }
    public string? Role { get; init; }
    /// <summary>The only person who may do it: named by the definition, or the one it was delegated to.</summary>
    public string? Person { get; init; }
    /// <summary>Unit whose people are asked, already resolved (never null, never '@…').</summary>
    public required string Unit { get; init; }
    public string? Form { get; init; }
    public string? Judge { get; init; }
    public required string Outcomes { get; init; }
    public int Priority { get; init; }
    /// <summary>How many different persons must sign.</summary>
    public int Persons { get; init; }
    public required string NotPersons { get; init; }
    public bool AllowDelegate { get; init; }
    public required string ReturnTargets { get; init; }
    public required string Evidence { get; init; }
    public DateTimeOffset? DueAt { get; init; }
    /// <summary>The due date rests on a calendar year without an official notice yet.</summary>
    public bool Provisional { get; init; }
    public string? Limit { get; init; }
    public string? Ladder { get; init; }
    /// <summary>Persons who have signed so far.</summary>
    public required string SignedBy { get; init; }
    public DateTimeOffset OpenedAt { get; init; }
    public string? ClaimedBy { get; init; }
    public DateTimeOffset? ClaimedAt { get; init; }
}

/// <summary>A step that is done or was cancelled: <see cref="Outcome"/> is null when it was cancelled with its branch or case.</summary>
public sealed class ClosedTask
{
    public required string TaskId { get; init; }
    public required string CaseId { get; init; }
    public required string ActivityId { get; init; }
    public required string Step { get; init; }
    public required string Title { get; init; }
    public required string Process { get; init; }
    public string? Role { get; init; }
    public required string Unit { get; init; }
    public string? Limit { get; init; }
    public DateTimeOffset? DueAt { get; init; }
    public DateTimeOffset OpenedAt { get; init; }
    public string? ClaimedBy { get; init; }
    public DateTimeOffset? ClaimedAt { get; init; }
    public DateTimeOffset ClosedAt { get; init; }
    public string? CompletedBy { get; init; }
    public string? OnBehalfOf { get; init; }
    public string? Outcome { get; init; }
    public string? Comment { get; init; }
    /// <summary>JSON array of everybody who signed.</summary>
    public required string SignedBy { get; init; }
}

internal sealed class TaskTables : IEntityTypeConfiguration<TaskRow>, IEntityTypeConfiguration<ClosedTask>
{
    public void Configure(EntityTypeBuilder<TaskRow> table)
    {
        table.ToTable("tasks").HasKey(row => row.TaskId);
        table.HasIndex(row => row.CaseId).HasDatabaseName("ix_tasks_case");
        table.HasIndex(row => new { row.Unit, row.Role, row.DueAt }).HasDatabaseName("ix_tasks_unit_role");
        table.HasIndex(row => row.ClaimedBy).HasFilter("claimed_by is not null").HasDatabaseName("ix_tasks_claimed_by");
        table.HasIndex(row => row.Person).HasFilter("person is not null").HasDatabaseName("ix_tasks_person");
    }

    public void Configure(EntityTypeBuilder<ClosedTask> table)
    {
        table.ToTable("closed_tasks").HasKey(row => row.TaskId);
        table.HasIndex(row => row.CaseId).HasDatabaseName("ix_closed_tasks_case");
    }
}
