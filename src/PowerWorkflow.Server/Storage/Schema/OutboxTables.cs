using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PowerWorkflow.Engine;

namespace PowerWorkflow.Server.Storage.Schema;

/// <summary>A message that a burst wants delivered; its id is the idempotency key. The row goes when the message was delivered.</summary>
public sealed class OutboxMessage
{
    public required string MessageId { get; init; }
    public required string CaseId { get; init; }
    public MessageKind Kind { get; init; }
    public string? Connection { get; init; }
    public required string Payload { get; init; }
    public bool WantsReply { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    /// <summary>Not before.</summary>
    public DateTimeOffset NextAt { get; init; }
    public int Attempts { get; init; }
    public string? Lease { get; init; }
    public DateTimeOffset? LeaseUntil { get; init; }
    public string? LastError { get; init; }
}

/// <summary>A message that was given up. People see it, correct the cause and send it again.</summary>
public sealed class DeadLetter
{
    public required string MessageId { get; init; }
    public required string CaseId { get; init; }
    public MessageKind Kind { get; init; }
    public string? Connection { get; init; }
    public required string Payload { get; init; }
    public bool WantsReply { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public int Attempts { get; init; }
    public required string LastError { get; init; }
    public DateTimeOffset GivenUpAt { get; init; }
}

/// <summary>
/// A place outside that messages may go to, defined by an administrator. A definition names it and nothing more: address and secret stay here.
/// </summary>
public sealed class Connection
{
    public required string Name { get; init; }
    /// <summary>Webhook or Http: base address, https://… ; Email: smtp://host:port.</summary>
    public required string Address { get; set; }
    /// <summary>JSON object of headers added to each request, secrets included; for e-mail <c>user</c> and <c>password</c>.</summary>
    public string? Secret { get; set; }
    /// <summary>Sender address of e-mail.</summary>
    public string? Sender { get; set; }
    /// <summary>JSON array of host names that requests may go to besides the address's own.</summary>
    public string? AllowedHosts { get; set; }
    /// <summary>Whether addresses of this machine and its own link (loopback, link-local) are allowed. Off unless the receiver really stands there.</summary>
    public bool AllowInternal { get; set; }
}

/// <summary>Something to be read by a person inside.</summary>
public sealed class Notification
{
    /// <summary>Message id and person.</summary>
    public required string NotificationId { get; init; }
    public required string Person { get; init; }
    public string? CaseId { get; init; }
    public required string Template { get; init; }
    public required string Data { get; init; }
    public DateTimeOffset At { get; init; }
    public DateTimeOffset? ReadAt { get; set; }
}

internal sealed class OutboxTables :
    IEntityTypeConfiguration<OutboxMessage>, IEntityTypeConfiguration<DeadLetter>, IEntityTypeConfiguration<Connection>, IEntityTypeConfiguration<Notification>
{
    public void Configure(EntityTypeBuilder<OutboxMessage> table)
    {
        table.ToTable("outbox").HasKey(row => row.MessageId);
        table.HasIndex(row => row.NextAt).HasDatabaseName("ix_outbox_next");
    }

    public void Configure(EntityTypeBuilder<DeadLetter> table)
    {
        table.ToTable("dead_letters").HasKey(row => row.MessageId);
        table.HasIndex(row => row.GivenUpAt).HasDatabaseName("ix_dead_letters_at");
    }

    public void Configure(EntityTypeBuilder<Connection> table) => table.ToTable("connections").HasKey(row => row.Name);

    public void Configure(EntityTypeBuilder<Notification> table)
    {
        table.ToTable("notifications").HasKey(row => row.NotificationId);
        table.HasIndex(row => new { row.Person, row.At }).HasDatabaseName("ix_notifications_person");
    }
}
