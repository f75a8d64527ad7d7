using System.Globalization;

namespace PowerWorkflow.Benchmarks;

/// <summary>The Markdown that is printed; progress goes to standard error so that the output can be kept as it is.</summary>
internal static class Report
{
    public static void Machine(TimeProvider clock)
    {
        var model = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown processor";
        var memory = File.ReadLines("/proc/meminfo").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{clock.GetUtcNow():yyyy-MM-dd HH:mm} UTC, {Environment.ProcessorCount} cores ({model}), {long.Parse(memory, CultureInfo.InvariantCulture) / 1048576} GiB, {System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription}, {System.Runtime.InteropServices.RuntimeInformation.OSDescription}. Load generator, server and database share the machine; every commit waits for the disk."));
    }

    public static void Head(string title, params string[] columns)
    {
        Console.WriteLine();
        Console.WriteLine($"### {title}");
        Console.WriteLine();
        Console.WriteLine($"| {string.Join(" | ", columns)} |");
        Console.WriteLine($"|{string.Concat(columns.Select((_, i) => i == 0 ? "---|" : "---:|"))}");
    }

    public static void Row(params string[] cells) => Console.WriteLine($"| {string.Join(" | ", cells)} |");

    public static void Progress(string what) => Console.Error.WriteLine(what);

    public static string Number(double value) => value.ToString("N0", CultureInfo.InvariantCulture);

    public static string Milliseconds(TimeSpan value) => value.TotalMilliseconds.ToString(value.TotalMilliseconds < 10 ? "N2" : "N0", CultureInfo.InvariantCulture) + " ms";

    public static string Percent(double part, double whole) => (part / whole).ToString("P0", CultureInfo.InvariantCulture);
}
