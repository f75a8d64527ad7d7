using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;
using PowerWorkflow.Server.Definitions;
using PowerWorkflow.Server.Refusals;
using PowerWorkflow.Server.Storage;

namespace PowerWorkflow.Server.Security;

/// <summary>Accounts, sessions, organisation and who may do what.</summary>
public static class SecuritySetup
{
    /// <summary>Sessions end after this long without a request.</summary>
    public static readonly TimeSpan SessionLength = TimeSpan.FromHours(10);

    public static IServiceCollection AddSecurity(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddSingleton<OrganisationCatalog>();
        services.AddSingleton<AccountWatch>();
        services.AddScoped<SignedIn>();
        services.AddScoped<SignIn>();
        services.AddSingleton(provider => new RoleCatalog(
            provider.GetRequiredService<WorkflowFolder>().Path is { } folder ? OrganisationFile.ReadRoles(Path.Combine(folder, "shared", "roles.json")) : []));
        services.AddHostedService<OrganisationStart>();

        services.AddIdentityCore<Account>(o =>
        {
            o.Password.RequiredLength = 10;
            o.Password.RequireNonAlphanumeric = false;
            o.Password.RequireUppercase = false;
            o.User.AllowedUserNameCharacters = "";
        }).AddEntityFrameworkStores<WorkflowDb>();

        services.AddDataProtection().SetApplicationName("PowerWorkflow");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider =>
            new ConfigureOptions<KeyManagementOptions>(o => o.XmlRepository = new DataProtectionKeys(provider.GetRequiredService<IServiceScopeFactory>())));

        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(o =>
        {
            o.Cookie.Name = "pw-session";
            o.Cookie.HttpOnly = true;
            o.Cookie.SameSite = SameSiteMode.Lax;
            o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            o.ExpireTimeSpan = SessionLength;
            o.SlidingExpiration = true;
            o.Events.OnValidatePrincipal = context =>
                context.HttpContext.RequestServices.GetRequiredService<AccountWatch>().Validate(context);
            // An API answers with a status: a redirect to a page would look like success to a program.
            o.Events.OnRedirectToLogin = context => ProblemReplies.Reply(Problems.NotSignedIn(), context.HttpContext.Language()).ExecuteAsync(context.HttpContext);
            o.Events.OnRedirectToAccessDenied = context => ProblemReplies.Reply(Problems.ReadOnlyRole(), context.HttpContext.Language()).ExecuteAsync(context.HttpContext);
        });
        services.AddAuthorization();
        return services;
    }
}
