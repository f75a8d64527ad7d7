using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http.HttpResults;
using PowerWorkflow.Server.Queries;
using PowerWorkflow.Server.Security;

namespace PowerWorkflow.Server.Api;

/// <summary>Signing in and out.</summary>
/// <param name="UserName">Not case-sensitive.</param>
public sealed record SignInBody(string UserName, string Password);

public static class SessionApi
{
    public static void MapSession(this IEndpointRouteBuilder api)
    {
        var session = api.MapGroup("/session").WithTags("Session");
        session.MapPost("", Create).WithName("SignIn").WithSummary("Signs in; the session is a cookie.").ProducesProblem(401).ProducesProblem(429);
        session.MapGet("", Read).WithName("GetSession").RequireAuthorization().WithSummary("Who is signed in.").ProducesProblem(401);
        session.MapDelete("", Delete).WithName("SignOut").WithSummary("Ends the session.");
    }

    private static async Task<Ok<Me>> Create(
        SignInBody body, SignIn signIn, PeopleQueries people, DefinitionQueries definitions, OrganisationCatalog organisations, HttpContext http, CancellationToken ct)
    {
        var account = await signIn.Check(body.UserName, body.Password, http.Connection.RemoteIpAddress?.ToString() ?? "unknown", ct);
        await http.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, AccountWatch.PrincipalOf(account));
        return TypedResults.Ok(people.Me(account.PersonId, account.UserName!, await definitions.Startable(organisations.ReachOf(account.PersonId), ct))); // an account is never stored without a user name
    }

    private static async Task<Ok<Me>> Read(
        SignedIn who, PeopleQueries people, DefinitionQueries definitions, HttpContext http, CancellationToken ct) =>
        TypedResults.Ok(people.Me(who.PersonId, http.User.Identity?.Name ?? who.PersonId, await definitions.Startable(who.Reach, ct)));

    // The second parameter keeps this a route handler: a method that takes the context alone would have its result thrown away.
    private static async Task<NoContent> Delete(HttpContext http, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        await http.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        return TypedResults.NoContent();
    }
}
