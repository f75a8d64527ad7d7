using System.Text.Json.Nodes;

namespace PowerWorkflow.Server.Definitions;

/// <summary>Who may start a process and with which form: <c>customProperties.PowerWorkflow</c> of its definition.</summary>
/// <param name="Form">Code of the form whose sections the case starts with; null without one.</param>
/// <param name="Roles">Role codes; empty when people do not start it.</param>
public sealed record StartRules(string? Form, IReadOnlyList<string> Roles)
{
    public static StartRules Of(JsonNode definition)
    {
        var own = definition["customProperties"]?["PowerWorkflow"];
        return new StartRules(
            own?["startForm"] is JsonValue form && form.TryGetValue(out string? code) ? code : null,
            own?["startRoles"] is JsonArray roles ? [.. roles.Select(role => (string?)role).OfType<string>()] : []);
    }
}
