using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PowerWorkflow.Server.Storage.Schema;

/// <summary>A running server, for operators.</summary>
public sealed class NodeRow
{
    public required string NodeId { get; init; }
    public required string ProgramVersion { get; set; }
    public DateTimeOffset StartedAt { get; set; }
    public DateTimeOffset SeenAt { get; set; }
}

/// <summary>Facts about the installation itself: its id, when it was created.</summary>
public sealed class MetaRow
{
    public required string Key { get; init; }
    public required string Value { get; set; }
}

internal sealed class NodeTables : IEntityTypeConfiguration<NodeRow>, IEntityTypeConfiguration<MetaRow>
{
    public void Configure(EntityTypeBuilder<NodeRow> table) => table.ToTable("nodes").HasKey(row => row.NodeId);

    public void Configure(EntityTypeBuilder<MetaRow> table) => table.ToTable("meta").HasKey(row => row.Key);
}
