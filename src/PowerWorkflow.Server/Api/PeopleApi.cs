using Microsoft.AspNetCore.Http.HttpResults;
using PowerWorkflow.Server.Queries;

namespace PowerWorkflow.Server.Api;

/// <summary>People for pickers, the organisation tree and the roles.</summary>
public static class PeopleApi
{
    public static void MapPeople(this IEndpointRouteBuilder api)
    {
        api.MapGet("/users", Users).WithName("ListUsers").WithTags("People")
            .WithSummary("People by name or id, role and unit (who can act for that unit: in it or above it); 200 at most.");
        api.MapGet("/units", Units).WithName("ListUnits").WithTags("People").WithSummary("The organisation tree.");
        api.MapGet("/roles", ListRoles).WithName("ListRoles").WithTags("People").WithSummary("Role codes with their names.");
    }

    private static Ok<Listed<UserEntry>> Users(PeopleQueries people, string? search, string? role, string? unit) =>
        TypedResults.Ok(people.Users(search, role, unit));

    private static Ok<Listed<UnitNode>> Units(PeopleQueries people) => TypedResults.Ok(people.Units());

    private static Ok<Listed<RoleEntry>> ListRoles(PeopleQueries people) => TypedResults.Ok(people.Roles());
}
