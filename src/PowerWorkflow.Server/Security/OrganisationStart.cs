using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PowerWorkflow.Server.Definitions;
using PowerWorkflow.Server.Storage;

namespace PowerWorkflow.Server.Security;

/// <summary>
/// Brings units into an empty database and, in Development only, demo people with an account each; then loads the organisation into memory. All demo
/// accounts have the person id as user name and one password, which is printed.
/// </summary>
public sealed class OrganisationStart(
    IServiceScopeFactory scopes, OrganisationCatalog organisations, WorkflowFolder workflows, IHostEnvironment environment, TimeProvider time,
    ILogger<OrganisationStart> log) : IHostedService
{
    /// <summary>Shared by all demo accounts; no secret, since they exist in Development only and Development listens on loopback only.</summary>
    public const string DemoPassword = "demo-power-2026";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WorkflowDb>();
        if (Shared("org.json") is { } units && !await db.Set<Unit>().AnyAsync(cancellationToken))
        {
            db.AddRange(OrganisationFile.ReadUnits(units));
            await db.SaveChangesAsync(cancellationToken);
        }

        if (environment.IsDevelopment() && Shared("people.demo.json") is { } people)
        {
            await AddDemoPeople(people, db, scope.ServiceProvider.GetRequiredService<IPasswordHasher<Account>>(), cancellationToken);
        }

        await organisations.Reload(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private string? Shared(string file) => workflows.Path is { } folder && File.Exists(Path.Combine(folder, "shared", file)) ? Path.Combine(folder, "shared", file) : null;

    private async Task AddDemoPeople(string file, WorkflowDb db, IPasswordHasher<Account> hasher, CancellationToken ct)
    {
        var (people, assignments) = OrganisationFile.ReadPeople(file);
        var known = (await db.Set<Person>().Select(p => p.Id).ToListAsync(ct)).ToHashSet();
        var missing = people.Where(p => !known.Contains(p.Id)).ToList();
        if (missing.Count > 0)
        {
            var ids = missing.Select(p => p.Id).ToHashSet();
            // Hashing is slow on purpose; all of them have the same password, so it is done once.
            string? hash = null;
            db.AddRange(missing);
            db.AddRange(assignments.Where(a => ids.Contains(a.Person)));
            foreach (var person in missing)
            {
                var account = new Account
                {
                    Id = person.Id,
                    PersonId = person.Id,
                    UserName = person.Id,
                    NormalizedUserName = person.Id.ToUpperInvariant(),
                    Email = person.Email,
                    SecurityStamp = Guid.NewGuid().ToString("N"),
                };
                account.PasswordHash = hash ??= hasher.HashPassword(account, DemoPassword);
                db.Add(account);
            }

            await db.SaveChangesAsync(ct);
        }

        if (!log.IsEnabled(LogLevel.Information))
        {
            return;
        }

        var now = time.GetUtcNow();
        var organisation = new Organisation(await db.Set<Unit>().AsNoTracking().ToListAsync(ct), people, assignments);
        var accounts = string.Join('\n', people.Select(p =>
            $"  {p.Id,-14} {p.Name,-6} {string.Join(", ", organisation.ReachOf(p.Id, now).Assignments.Select(a => $"{a.Role} {a.Unit}"))}"));
        log.LogInformation("Demo accounts (Development only), password {Password}:\n{Accounts}", DemoPassword, accounts);
    }
}
