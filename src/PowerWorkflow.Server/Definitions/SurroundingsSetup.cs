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
                CalendarOf = unit => organisations.Current.CalendarOf(unit),
                PoliciesOf = libraries.PoliciesOf,
                Domain = libraries.WorldOf,
            };
        });
}
