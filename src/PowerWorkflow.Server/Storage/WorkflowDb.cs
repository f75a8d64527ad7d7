using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using PowerWorkflow.Server.Storage.Schema;

namespace PowerWorkflow.Server.Storage;

/// <summary>
/// The database, for reading and for tables that people edit. Rows that belong to a case (header, states, data, tasks, timers, waits, journal, commands, outbox,
/// projections) are written by BurstWriter alone. Tables stand in <c>Schema/</c>: a file per group, found by itself; names become snake_case;
/// instants are stored as UTC milliseconds since 1970. After changing a table run <c>scripts/migrations</c>.
/// </summary>
public abstract class WorkflowDb(DbContextOptions options, WriteGate gate) : DbContext(options)
{
    public DbSet<CaseHeader> Cases => Set<CaseHeader>();
    public DbSet<OpenCaseState> OpenStates => Set<OpenCaseState>();
    public DbSet<EndedCaseState> EndedStates => Set<EndedCaseState>();
    public DbSet<SectionRow> Sections => Set<SectionRow>();
    public DbSet<PinSet> PinSets => Set<PinSet>();
    public DbSet<TaskRow> Tasks => Set<TaskRow>();
    public DbSet<ClosedTask> TaskHistory => Set<ClosedTask>();
    public DbSet<TimerRow> Timers => Set<TimerRow>();
    public DbSet<EventWait> EventWaits => Set<EventWait>();
    public DbSet<JournalRow> Journal => Set<JournalRow>();
    public DbSet<CommandRow> Commands => Set<CommandRow>();
    public DbSet<ProjectionRow> Projections => Set<ProjectionRow>();
    public DbSet<ClockRow> Clocks => Set<ClockRow>();
    public DbSet<OutboxMessage> Outbox => Set<OutboxMessage>();
    public DbSet<DeadLetter> DeadLetters => Set<DeadLetter>();
    public DbSet<Connection> Connections => Set<Connection>();
    public DbSet<Notification> Notifications => Set<Notification>();
    public DbSet<DefinitionVersion> DefinitionVersions => Set<DefinitionVersion>();
    public DbSet<DefinitionRevision> DefinitionRevisions => Set<DefinitionRevision>();
    public DbSet<DefinitionAssignment> DefinitionAssignments => Set<DefinitionAssignment>();
    public DbSet<FormVersion> FormVersions => Set<FormVersion>();
    public DbSet<ReferenceDocument> ReferenceDocuments => Set<ReferenceDocument>();
    public DbSet<NodeRow> Nodes => Set<NodeRow>();
    public DbSet<MetaRow> Meta => Set<MetaRow>();

    /// <summary>
    /// Runs writes that <c>SaveChanges</c> does not cover (ExecuteUpdate, ExecuteDelete, several saves) in one transaction that has its turn at the gate.
    /// Keep it short: on SQLite every command waits meanwhile.
    /// </summary>
    public async Task<T> WriteAsync<T>(Func<Task<T>> work, CancellationToken cancel = default)
    {
        using var pass = await gate.EnterAsync(cancel);
        await using var transaction = await Database.BeginTransactionAsync(cancel);
        var result = await work();
        await transaction.CommitAsync(cancel);
        return result;
    }

    /// <inheritdoc cref="WriteAsync{T}"/>
    public Task WriteAsync(Func<Task> work, CancellationToken cancel = default) =>
        WriteAsync(async () => { await work(); return true; }, cancel);

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        if (Database.CurrentTransaction is not null)
            return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        using var pass = await gate.EnterAsync(cancellationToken);
        return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        if (Database.CurrentTransaction is not null)
            return base.SaveChanges(acceptAllChangesOnSuccess);
        using var pass = gate.Enter();
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UnixMilliseconds>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(WorkflowDb).Assembly);
        foreach (var table in modelBuilder.Model.GetEntityTypes())
            NameInSnakeCase(table);
    }

    private static void NameInSnakeCase(IMutableEntityType table)
    {
        foreach (var column in table.GetProperties())
            column.SetColumnName(SnakeCase(column.Name));
    }

    private static string SnakeCase(string name)
    {
        var snake = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            if (char.IsUpper(name[i]) && i > 0 && !char.IsUpper(name[i - 1]))
                snake.Append('_');
            snake.Append(char.ToLowerInvariant(name[i]));
        }
        return snake.ToString();
    }

    private sealed class UnixMilliseconds() : ValueConverter<DateTimeOffset, long>(
        at => at.ToUnixTimeMilliseconds(), stored => DateTimeOffset.FromUnixTimeMilliseconds(stored));
}
