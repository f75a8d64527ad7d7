using PowerWorkflow.Processes.Calendars;

namespace PowerWorkflow.Server.CommandLine;

/// <summary>The calendars of the process data folder, for commands that run without a database.</summary>
internal static class CalendarFolder
{
    /// <param name="workflows">Null takes the folder shipped beside the program.</param>
    public static CalendarSet Load(DirectoryInfo? workflows)
    {
        var folder = Path.Combine(workflows?.FullName ?? Path.Combine(AppContext.BaseDirectory, "workflows"), "shared", "calendars");
        return Directory.Exists(folder)
            ? CalendarSet.Of(Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal).Select(f => CalendarDocument.Parse(File.ReadAllText(f), f)))
            : throw new DirectoryNotFoundException($"There are no calendars at {folder}. Name the folder of the process data with --workflows.");
    }
}
