using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PowerWorkflow.Server.Storage;

namespace PowerWorkflow.Server.Definitions;

/// <summary>
/// What a case is held to from its start to its end, whatever is published meanwhile. Equal pins have equal text, so cases of a day share one row.
/// </summary>
public sealed record CasePins
{
    /// <summary>Version id by definition id: the case's own definition and all it can call.</summary>
    public required SortedDictionary<string, string> Definitions { get; init; }

    /// <summary>Version id by <c>process/code</c>: every form of those definitions.</summary>
    public required SortedDictionary<string, string> Forms { get; init; }

    /// <summary>Version by <c>kind/code</c>: policies, calendars, checklists, ladders.</summary>
    public required SortedDictionary<string, int> References { get; init; }

    /// <summary>IANA zone of the case's unit.</summary>
    public required string TimeZone { get; init; }

    /// <summary>Calendar code of the case's unit.</summary>
    public required string Calendar { get; init; }

    /// <summary>The policy sets in force for the unit on the day the case started, see <see cref="Processes.Policies.PoliciesInForce.Pin"/>; null without policies.</summary>
    public string? Policies { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, BurstRows.Readable);

    public static CasePins FromJson(string json) =>
        JsonSerializer.Deserialize<CasePins>(json) ?? throw new InvalidDataException("The pins of a case are the JSON value null.");

    /// <summary>Id of a set of pins.</summary>
    public static string IdOf(string json) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)))[..32];
}
