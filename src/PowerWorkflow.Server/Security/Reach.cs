using System.Collections.Frozen;
using PowerWorkflow.Server.Storage.Schema;

namespace PowerWorkflow.Server.Security;

/// <summary>Role codes that mean something to the server itself; all others only matter where a definition names them.</summary>
public static class Roles
{
    public const string Auditor = "R-AU";
    public const string ProcessOwner = "R-PO";
    /// <summary>班长, 主任, 分管领导: they assign, cancel and repair in their units.</summary>
    public static readonly FrozenSet<string> Leaders = FrozenSet.Create("R-FL", "R-MG", "R-MG2");
}

/// <summary>
/// What one person may reach now: which units they see, and in which units they act in which role. Auditors and process owners read: within the units they
/// watch, they have no acting role, whatever else they hold.
/// </summary>
public sealed class Reach
{
    private readonly FrozenDictionary<string, FrozenSet<string>> acting;
    private readonly Lazy<Func<TaskRow, bool>> mayDo;
    private readonly Lazy<Func<TaskRow, bool>> mayBeAskedFor;

    internal Reach(Organisation organisation, string personId, IReadOnlyList<Assignment> assignments)
    {
        PersonId = personId;
        Assignments = assignments;
        Seen = assignments.SelectMany(a => organisation.Subtree(a.Unit)).ToFrozenSet();
        var watched = assignments.Where(a => a.Role is Roles.Auditor or Roles.ProcessOwner).SelectMany(a => organisation.Subtree(a.Unit)).ToHashSet();
        acting = assignments
            .Where(a => a.Role is not (Roles.Auditor or Roles.ProcessOwner))
            .GroupBy(a => a.Role)
            .ToFrozenDictionary(g => g.Key, g => g.SelectMany(a => organisation.Subtree(a.Unit)).Where(u => !watched.Contains(u)).ToFrozenSet());
        mayDo = new(() => Access.MayDo(this).Compile());
        mayBeAskedFor = new(() => Access.MayBeAskedFor(this).Compile());
    }

    public string PersonId { get; }

    /// <summary>The assignments that hold today.</summary>
    public IReadOnlyList<Assignment> Assignments { get; }

    /// <summary>Units whose cases the person may see.</summary>
    public FrozenSet<string> Seen { get; }

    /// <summary>Units by role in which the person acts.</summary>
    public IReadOnlyDictionary<string, FrozenSet<string>> Acting => acting;

    public bool Holds(string role) => Assignments.Any(a => a.Role == role);

    public bool IsAuditor => Holds(Roles.Auditor);

    public bool IsProcessOwner => Holds(Roles.ProcessOwner);

    public bool IsLeader => Assignments.Any(a => Roles.Leaders.Contains(a.Role));

    public bool Acts(string role, string unit) => acting.TryGetValue(role, out var units) && units.Contains(unit);

    /// <summary>Whether the person leads the unit or one above it.</summary>
    public bool Leads(string unit) => Roles.Leaders.Any(role => Acts(role, unit));

    /// <inheritdoc cref="Access.MayDo"/>
    public bool MayDo(TaskRow task) => mayDo.Value(task);

    /// <inheritdoc cref="Access.MayBeAskedFor"/>
    public bool MayBeAskedFor(TaskRow task) => mayBeAskedFor.Value(task);
}
