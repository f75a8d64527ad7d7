using System.Collections.Concurrent;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.EntityFrameworkCore;
using PowerWorkflow.Server.Refusals;
using PowerWorkflow.Server.Storage;

namespace PowerWorkflow.Server.Security;

/// <summary>Who sends the request: the person of the session, resolved once per request.</summary>
public sealed class SignedIn(IHttpContextAccessor http, OrganisationCatalog organisations)
{
    public string PersonId => http.HttpContext?.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? throw new RefusedException(Problems.NotSignedIn());

    public string Language => http.HttpContext?.Language() ?? Languages.Chinese;

    public Organisation Organisation => organisations.Current;

    /// <summary>What the person may reach at this moment.</summary>
    public Reach Reach => organisations.ReachOf(PersonId);
}

/// <summary>
/// Sessions are cookies; each request checks that the account still exists, is not disabled and has the stamp of the cookie. The answer is kept for two
/// seconds, and dropped at once on the node that changes an account, so that a disabled user is out at the next request without a query for each one.
/// </summary>
public sealed class AccountWatch(IServiceScopeFactory scopes, TimeProvider time)
{
    public const string StampClaim = "stamp";

    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(2);
    private readonly ConcurrentDictionary<string, (string? Stamp, DateTimeOffset At)> seen = new();

    /// <summary>Claims of a session.</summary>
    public static ClaimsPrincipal PrincipalOf(Account account) => new(new ClaimsIdentity(
        [
            new Claim(ClaimTypes.NameIdentifier, account.PersonId),
            new Claim(ClaimTypes.Name, account.UserName!), // an account is never stored without a user name
            new Claim("account", account.Id),
            new Claim(StampClaim, account.SecurityStamp ?? ""),
        ], CookieAuthenticationDefaults.AuthenticationScheme));

    /// <summary>To be called after an account was changed here.</summary>
    public void Forget(string accountId) => seen.TryRemove(accountId, out _);

    /// <summary>Rejects the session when its account is gone, disabled or has another stamp.</summary>
    public async Task Validate(CookieValidatePrincipalContext context)
    {
        var id = context.Principal?.FindFirstValue("account");
        if (id is null || await StampOf(id) is not { } stamp || stamp != context.Principal?.FindFirstValue(StampClaim))
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        }
    }

    private async Task<string?> StampOf(string accountId)
    {
        var now = time.GetUtcNow();
        if (seen.TryGetValue(accountId, out var known) && now - known.At < Kept && now >= known.At)
        {
            return known.Stamp;
        }

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WorkflowDb>();
        var stamp = await db.Set<Account>().Where(a => a.Id == accountId && !a.Disabled).Select(a => a.SecurityStamp).FirstOrDefaultAsync();
        seen[accountId] = (stamp, now);
        return stamp;
    }
}
