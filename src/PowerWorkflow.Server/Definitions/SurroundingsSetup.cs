using PowerWorkflow.Server.Security;

namespace PowerWorkflow.Server.Definitions;

/// <summary>Gives running cases the organisation they stand in.</summary>
public static class SurroundingsSetup
{
    public static IServiceCollection AddSurroundings(this IServiceCollection services) =>
        services.AddSingleton(provider =>
        {
            var organisations = provider.GetRequiredService<OrganisationCatalog>();
            var libraries = new ReferenceLibraries();
            return new CaseSurroundings
            {
                ResolveUnit = (asked, caseUnit) => organisations.Current.ResolveUnit(asked, caseUnit),
                Upwards = unit => organisations.Current.Upwards(unit).Select(u => u.Code),
                TimeZoneOf = unit => organisations.Current.TimeZoneOf(unit),
                Recipients = (whom, unit, at) => RecipientsOf(organisations.Current, whom, unit, at),
                CalendarOf = unit => organisations.Current.CalendarOf(unit),
                PoliciesOf = libraries.PoliciesOf,
                Domain = libraries.WorldOf,
            };
        });

    private static IReadOnlyList<Recipient> RecipientsOf(Organisation organisation, string whom, string unit, DateTimeOffset at) =>
    [
        .. (organisation.Person(whom) is { } person ? [person] : organisation.Holders(whom, unit, at)).Select(p => new Recipient(p.Id, p.Email)),
    ];
}
