using PowerWorkflow.Server.Refusals;
using PowerWorkflow.Server.Security;

namespace PowerWorkflow.Server.Queries;

/// <summary>Who is who, read from the organisation in memory.</summary>
public sealed class PeopleQueries(OrganisationCatalog organisations, RoleCatalog roles, SignedIn who)
{
    private const int MostUsers = 200;

    private Organisation Organisation => organisations.Current;

    public Me Me(string personId, string userName, IReadOnlyList<string> startProcesses)
    {
        var reach = organisations.ReachOf(personId);
        return new Me(
            personId,
            Organisation.NameOf(personId),
            userName,
            [.. reach.Assignments.Select(Held)],
            [.. reach.Assignments.Select(a => a.Unit).Distinct()],
            who.Language,
            new Permissions(startProcesses, reach.IsProcessOwner, reach.IsAuditor, reach.IsLeader));
    }

    /// <param name="search">Part of name or id.</param>
    /// <param name="role">Only people who hold it today.</param>
    /// <param name="unit">Only people who can act for it: in the unit or above it.</param>
    public Listed<UserEntry> Users(string? search, string? role, string? unit)
    {
        var found = from person in Organisation.People
                    where string.IsNullOrWhiteSpace(search)
                        || person.Name.Contains(search.Trim(), StringComparison.OrdinalIgnoreCase)
                        || person.Id.Contains(search.Trim(), StringComparison.OrdinalIgnoreCase)
                    let held = organisations.ReachOf(person.Id).Assignments
                    let fitting = held.Where(a => (role is null || a.Role == role) && (unit is null || Organisation.Subtree(a.Unit).Contains(unit))).ToList()
                    where fitting.Count > 0 || (role is null && unit is null)
                    let home = fitting.Select(a => a.Unit).FirstOrDefault()
                    select new UserEntry(person.Id, person.Name, [.. held.Select(Held)], home, home is null ? null : Organisation.UnitName(home, who.Language));
        return new Listed<UserEntry>([.. found.Take(MostUsers)]);
    }

    public Listed<UnitNode> Units() => new([.. Organisation.Below(null).Select(Node)]);

    public Listed<RoleEntry> Roles() =>
        new([.. roles.All.Select(role => new RoleEntry(role.Code, role.Name.In(who.Language), role.Rights?.In(who.Language)))]);

    private HeldRole Held(Assignment a) => new(a.Role, roles.NameOf(a.Role, who.Language), a.Unit, Organisation.UnitName(a.Unit, who.Language));

    private UnitNode Node(Unit unit) => new(
        unit.Code, Organisation.UnitName(unit.Code, who.Language), unit.Kind, unit.Department, [.. Organisation.Below(unit.Code).Select(Node)]);
}
