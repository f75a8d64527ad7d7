namespace PowerWorkflow.Server.Queries;

/// <summary>A list that comes whole.</summary>
public sealed record Listed<T>(IReadOnlyList<T> Items);

/// <summary>A page of a list; <see cref="Next"/> is the cursor of the page behind it, null on the last one.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>The person of the session.</summary>
/// <param name="Units">Codes of the units the person holds a role in.</param>
/// <param name="Language">zh-CN or en.</param>
public sealed record Me(
    string PersonId, string Name, string UserName, IReadOnlyList<HeldRole> Roles, IReadOnlyList<string> Units, string Language, Permissions Permissions);

/// <summary>A role held today.</summary>
public sealed record HeldRole(string Role, string RoleName, string Unit, string UnitName);

/// <summary>What the pages show to this person; the server checks each action again.</summary>
/// <param name="StartProcesses">Definition ids of the processes the person may start somewhere.</param>
public sealed record Permissions(IReadOnlyList<string> StartProcesses, bool ProcessOwner, bool Auditor, bool Leader);

public sealed record PersonRef(string Id, string Name);

/// <summary>Somebody to be picked, with the roles held today.</summary>
public sealed record UserEntry(string Id, string Name, IReadOnlyList<HeldRole> Roles, string? Unit, string? UnitName);

public sealed record UnitNode(string Code, string Name, string Kind, string? Department, IReadOnlyList<UnitNode> Children);

public sealed record RoleEntry(string Code, string Name, string? Description);
