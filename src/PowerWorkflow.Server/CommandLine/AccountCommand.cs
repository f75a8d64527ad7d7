using System.CommandLine;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PowerWorkflow.Server.Security;
using PowerWorkflow.Server.Storage;
using PowerWorkflow.Server.Storage.Sqlite;

namespace PowerWorkflow.Server.CommandLine;

/// <summary>
/// <c>account</c>: people and what they sign in with, before anybody can sign in. Passwords are read from standard input, so that they stand in no history.
/// A SQLite file that is being served is refused; a running server notices changes in PostgreSQL by itself.
/// </summary>
public static class AccountCommand
{
    private const int Refused = 2;

    public static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = "User name; also the person's id when the person is new" };
        var display = new Option<string>("--display") { Description = "The person's name, e.g. 李娜", Required = true };
        var role = new Option<string>("--role") { Description = "Role code, e.g. R-FL", Required = true };
        var unit = new Option<string>("--unit") { Description = "Unit code; the role reaches everything below it", Required = true };
        var database = new Option<string?>("--database") { Description = "As for serve" };

        var add = new Command("add", "Adds a person with a role and an account; reads the password from standard input") { name, display, role, unit, database };
        add.SetAction((parsed, cancel) => Run(parsed, database, parsed.InvocationConfiguration.Error, async services =>
        {
            var (id, held, place) = (parsed.GetRequiredValue(name), parsed.GetRequiredValue(role), parsed.GetRequiredValue(unit));
            await Check(services, held, place, cancel);
            var added = await AddAccount(services, id, await Console.In.ReadLineAsync(cancel) ?? "");
            if (added.Succeeded)
            {
                await AddPerson(services, id, parsed.GetRequiredValue(display), held, place, cancel);
            }

            return added;
        }, cancel));
        var disable = new Command("disable", "Takes an account's access away, from its next request on") { name, database };
        disable.SetAction((parsed, cancel) => Run(parsed, database, parsed.InvocationConfiguration.Error,
            services => Disable(services, parsed.GetRequiredValue(name), cancel), cancel));
        return new Command("account", "People and their accounts") { add, disable };
    }

    private static async Task<int> Run(
        ParseResult parsed, Option<string?> database, TextWriter error, Func<IServiceProvider, Task<IdentityResult>> work, CancellationToken cancel)
    {
        string[] arguments = parsed.GetValue(database) is { } named ? ["--database", named] : [];
        await using var app = WebServer.Build(arguments);
        try
        {
            var starts = app.Services.GetServices<IHostedService>().ToList();
            await starts.OfType<StorageStart>().Single().StartingAsync(cancel);
            await starts.OfType<OrganisationStart>().Single().StartAsync(cancel);

            await using var scope = app.Services.CreateAsyncScope();
            var result = await work(scope.ServiceProvider);
            foreach (var problem in result.Errors)
            {
                await error.WriteLineAsync(problem.Description);
            }

            return result.Succeeded ? 0 : Refused;
        }
        catch (Exception e) when (e is InvalidDataException or DatabaseServedException)
        {
            await error.WriteLineAsync(e.Message);
            return Refused;
        }
    }

    /// <exception cref="InvalidDataException">There is no such unit or role.</exception>
    private static async Task Check(IServiceProvider services, string role, string unit, CancellationToken cancel)
    {
        var db = services.GetRequiredService<WorkflowDb>();
        if (!await db.Set<Unit>().AnyAsync(u => u.Code == unit, cancel))
        {
            throw new InvalidDataException($"There is no unit '{unit}'. Units come from workflows/shared/org.json at the first start.");
        }

        if (services.GetRequiredService<RoleCatalog>().All.All(r => r.Code != role))
        {
            throw new InvalidDataException($"There is no role '{role}'. Roles are listed in workflows/shared/roles.json.");
        }
    }

    private static async Task AddPerson(IServiceProvider services, string id, string name, string role, string unit, CancellationToken cancel)
    {
        var (db, time) = (services.GetRequiredService<WorkflowDb>(), services.GetRequiredService<TimeProvider>());
        if (!await db.Set<Person>().AnyAsync(p => p.Id == id, cancel))
        {
            db.Add(new Person { Id = id, Name = name });
        }

        db.Add(new Assignment { Person = id, Role = role, Unit = unit, From = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime.AddDays(-1)) });
        await db.SaveChangesAsync(cancel);
    }

    private static Task<IdentityResult> AddAccount(IServiceProvider services, string name, string password) =>
        services.GetRequiredService<UserManager<Account>>().CreateAsync(new Account { Id = name, PersonId = name, UserName = name }, password);

    private static async Task<IdentityResult> Disable(IServiceProvider services, string name, CancellationToken cancel)
    {
        var (db, accounts) = (services.GetRequiredService<WorkflowDb>(), services.GetRequiredService<UserManager<Account>>());
        var account = await accounts.FindByNameAsync(name) ?? throw new InvalidDataException($"There is no account '{name}'.");
        account.Disabled = true;
        await db.SaveChangesAsync(cancel);
        return await accounts.UpdateSecurityStampAsync(account);
    }
}
