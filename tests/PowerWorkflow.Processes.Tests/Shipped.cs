using PowerWorkflow.Processes.Calendars;

namespace PowerWorkflow.Processes.Tests;

/// <summary>The documents the product ships under <c>workflows/shared</c>, read from the source tree.</summary>
internal static class Shipped
{
    public static string Folder { get; } = Find();

    public static string Read(string name) => File.ReadAllText(Path.Combine(Folder, name));

    public static CalendarSet Calendars { get; } = CalendarSet.Of(
        Directory.GetFiles(Path.Combine(Folder, "calendars"), "*.json").Select(f => CalendarDocument.Parse(File.ReadAllText(f), f)));

    public static WorkingCalendar China { get; } = Calendars.Resolve("CN");

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var shared = Path.Combine(folder.FullName, "workflows", "shared");
            if (File.Exists(Path.Combine(folder.FullName, "PowerWorkflow.sln")) && Directory.Exists(shared))
            {
                return shared;
            }
        }

        throw new DirectoryNotFoundException($"No workflows/shared beside a PowerWorkflow.sln above {AppContext.BaseDirectory}.");
    }
}
