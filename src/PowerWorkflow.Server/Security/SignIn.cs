using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PowerWorkflow.Server.Refusals;
using PowerWorkflow.Server.Storage;

namespace PowerWorkflow.Server.Security;

/// <summary>
/// Checks a user name and password. Failures are counted per user name (known or not, so that nobody learns which names exist) and per network address,
/// in the database so that every node counts together.
/// </summary>
public sealed class SignIn(WorkflowDb db, UserManager<Account> accounts, TimeProvider time)
{
    /// <summary>Failures of one user name before it is blocked.</summary>
    public const int FailuresPerUser = 5;

    /// <summary>Failures from one address before it is blocked; higher, since an office shares one.</summary>
    public const int FailuresPerAddress = 50;

    /// <summary>How long a block lasts, and how long failures are remembered.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    /// <summary>The account, when name and password are right and it is neither blocked nor disabled.</summary>
    /// <exception cref="RefusedException">sign-in-failed or too-many-attempts.</exception>
    public async Task<Account> Check(string userName, string password, string address, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var user = Throttle("user", userName.ToUpperInvariant());
        var from = Throttle("address", address);
        await RefuseWhenBlocked([user, from], now, ct);

        var account = await accounts.FindByNameAsync(userName);
        if (account is { Disabled: false } && await accounts.CheckPasswordAsync(account, password))
        {
            await db.WriteAsync(() => db.Set<SignInThrottle>().Where(t => t.Key == user).ExecuteDeleteAsync(ct), ct);
            return account;
        }

        await db.WriteAsync(async () =>
        {
            await Count(user, FailuresPerUser, now, ct);
            await Count(from, FailuresPerAddress, now, ct);
            await db.SaveChangesAsync(ct);
        }, ct);
        throw new RefusedException(Problems.SignInFailed());
    }

    private async Task RefuseWhenBlocked(string[] keys, DateTimeOffset now, CancellationToken ct)
    {
        var until = await db.Set<SignInThrottle>().Where(t => keys.Contains(t.Key)).Select(t => t.BlockedUntil).ToListAsync(ct);
        if (until.Max() is { } blocked && blocked > now)
        {
            throw new RefusedException(Problems.TooManyAttempts(blocked, blocked - now));
        }
    }

    private async Task Count(string key, int limit, DateTimeOffset now, CancellationToken ct)
    {
        var throttle = await db.Set<SignInThrottle>().FindAsync([key], ct);
        if (throttle is null)
        {
            throttle = new SignInThrottle { Key = key, Since = now };
            db.Add(throttle);
        }

        if (now - throttle.Since > Window)
        {
            (throttle.Since, throttle.Failures, throttle.BlockedUntil) = (now, 0, null);
        }

        throttle.Failures++;
        if (throttle.Failures >= limit)
        {
            throttle.BlockedUntil = now + Window;
        }
    }

    private static string Throttle(string kind, string value) => $"{kind}:{(value.Length > 128 ? value[..128] : value)}";
}
