namespace PowerWorkflow.Engine;

/// <summary>Time zones by IANA name.</summary>
public static class TimeZones
{
    /// <summary>The zone of a name; the runtime keeps those it has read.</summary>
    /// <exception cref="TimeZoneNotFoundException">The system does not know it.</exception>
    public static TimeZoneInfo Find(string id) => TimeZoneInfo.FindSystemTimeZoneById(id);
}
