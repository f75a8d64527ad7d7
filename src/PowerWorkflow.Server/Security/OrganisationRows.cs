using Microsoft.AspNetCore.Identity;

namespace PowerWorkflow.Server.Security;

/// <summary>A node of the organisation tree: 省, 市, 县, 所, 班组, or a department (部门) hanging on one of them.</summary>
public sealed record Unit
{
    public required string Code { get; init; }
    /// <summary>Code of the unit above; null at the top.</summary>
    public string? Parent { get; init; }
    /// <summary>省, 市, 县, 所, 班组 or 部门.</summary>
    public required string Kind { get; init; }
    /// <summary>For a department what it does (建设, 调控, 安监 …); steps are sent to <c>@建设</c> by this word.</summary>
    public string? Department { get; init; }
    public required string NameZh { get; init; }
    public required string NameEn { get; init; }
    /// <summary>IANA name; inherited from above when null.</summary>
    public string? TimeZone { get; init; }
    /// <summary>Calendar code; inherited from above when null.</summary>
    public string? Calendar { get; init; }
}

/// <summary>Somebody who acts in cases.</summary>
public sealed record Person
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    /// <summary>The contractor the person belongs to; an inspector must not belong to the group whose work is inspected.</summary>
    public string? ContractorGroup { get; init; }
    public string? Email { get; init; }
}

/// <summary>A person holds a role in a unit and everything below it, between two dates.</summary>
public sealed record Assignment
{
    public int Id { get; init; }
    public required string Person { get; init; }
    /// <summary>Role code, R-SV ….</summary>
    public required string Role { get; init; }
    public required string Unit { get; init; }
    /// <summary>First day, local to the unit.</summary>
    public required DateOnly From { get; init; }
    /// <summary>Last day; open when null.</summary>
    public DateOnly? To { get; init; }
    /// <summary>Last day the qualification for the role is valid; null when the role needs none.</summary>
    public DateOnly? QualifiedUntil { get; init; }

    public bool HoldsOn(DateOnly day) => From <= day && !(To < day) && !(QualifiedUntil < day);
}

/// <summary>What a person signs in with. The user name is unique; the security stamp changes with password, role and disabling.</summary>
public sealed class Account : IdentityUser<string>
{
    public required string PersonId { get; set; }
    /// <summary>A disabled account loses access at its next request.</summary>
    public bool Disabled { get; set; }
    /// <summary>Language of messages sent to the person: zh-CN or en.</summary>
    public string Language { get; set; } = Refusals.Languages.Chinese;
}

/// <summary>Failed sign-ins of one user name or one network address; kept in the database so that every node sees them.</summary>
public sealed class SignInThrottle
{
    /// <summary><c>user:NAME</c> or <c>address:IP</c>, whether or not such a user exists.</summary>
    public required string Key { get; init; }
    public int Failures { get; set; }
    /// <summary>When the first of the counted failures was, UTC.</summary>
    public DateTimeOffset Since { get; set; }
    public DateTimeOffset? BlockedUntil { get; set; }
}

/// <summary>A key that protects cookies; in the database so that any node can read any session.</summary>
public sealed class DataProtectionKey
{
    public int Id { get; init; }
    public required string FriendlyName { get; init; }
    public required string Xml { get; init; }
}
