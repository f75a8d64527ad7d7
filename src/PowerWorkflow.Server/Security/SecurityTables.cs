using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PowerWorkflow.Server.Security;

internal sealed class SecurityTables :
    IEntityTypeConfiguration<Account>, IEntityTypeConfiguration<Unit>, IEntityTypeConfiguration<Person>, IEntityTypeConfiguration<Assignment>,
    IEntityTypeConfiguration<SignInThrottle>, IEntityTypeConfiguration<DataProtectionKey>
{
    public void Configure(EntityTypeBuilder<Account> table)
    {
        table.ToTable("accounts").HasKey(row => row.Id);
        table.HasIndex(row => row.NormalizedUserName).IsUnique().HasDatabaseName("ix_accounts_user_name");
        table.HasIndex(row => row.PersonId).HasDatabaseName("ix_accounts_person");
        table.Property(row => row.ConcurrencyStamp).IsConcurrencyToken();
    }

    public void Configure(EntityTypeBuilder<Unit> table) => table.ToTable("units").HasKey(row => row.Code);

    public void Configure(EntityTypeBuilder<Person> table) => table.ToTable("people").HasKey(row => row.Id);

    public void Configure(EntityTypeBuilder<Assignment> table)
    {
        table.ToTable("assignments").HasKey(row => row.Id);
        table.HasIndex(row => row.Person).HasDatabaseName("ix_assignments_person");
    }

    public void Configure(EntityTypeBuilder<SignInThrottle> table) => table.ToTable("sign_in_throttles").HasKey(row => row.Key);

    public void Configure(EntityTypeBuilder<DataProtectionKey> table) => table.ToTable("data_protection_keys").HasKey(row => row.Id);
}
