using System.Collections.Concurrent;

namespace PowerWorkflow.Engine;

/// <summary>Time zones by IANA name, looked up once.</summary>
public static class TimeZones
{
    private static readonly ConcurrentDictionary<string, TimeZoneInfo> known = new();

    /// <summary>The zone of a name.</summary>
    /// <exception cref="TimeZoneNotFoundException">The system does not know it.</exception>
    public static TimeZoneInfo Find(string id) => known.GetOrAdd(id, TimeZoneInfo.FindSystemTimeZoneById);
}
