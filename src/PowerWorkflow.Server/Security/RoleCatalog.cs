using PowerWorkflow.Processes.Documents;
using PowerWorkflow.Server.Refusals;

namespace PowerWorkflow.Server.Security;

/// <summary>A role of the field with its names and, in words, its rights.</summary>
public sealed record Role(string Code, LocalText Name, LocalText? Rights);

/// <summary>The roles of <c>workflows/shared/roles.json</c>.</summary>
public sealed class RoleCatalog(IReadOnlyList<Role> roles)
{
    private readonly Dictionary<string, Role> byCode = roles.ToDictionary(r => r.Code);

    public IReadOnlyList<Role> All { get; } = roles;

    /// <summary>The role's name; the code itself for a role the file does not know.</summary>
    public string NameOf(string code, string language) => byCode.TryGetValue(code, out var role) ? role.Name.In(language) : code;
}
