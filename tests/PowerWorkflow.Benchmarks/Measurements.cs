namespace PowerWorkflow.Benchmarks;

/// <summary>What is measured, section by section, and how it is reported.</summary>
internal static class Measurements
{
    /// <summary>The engine alone, on one core.</summary>
    public static void Engine(TimeSpan each)
    {
        Report.Head("Engine: pure bursts over a chain of eight user tasks", "", "bursts per second of one core", "goal");
        Report.Progress("engine");
        Report.Row("without JavaScript", Report.Number(EngineBursts.PerSecond(expression: false, serialised: false, each)), "50,000");
        Report.Row("without JavaScript, state written and read between bursts", Report.Number(EngineBursts.PerSecond(expression: false, serialised: true, each)), "");
        Report.Row("one JavaScript expression each", Report.Number(EngineBursts.PerSecond(expression: true, serialised: false, each)), "8,000");
    }

    /// <summary>The database alone.</summary>
    /// <returns>Units per second by database: one by one, and in groups.</returns>
    public static async Task<Dictionary<string, (double Single, double Grouped)>> FloorAsync(Databases databases, StepShape shape, int units)
    {
        Report.Head($"Raw floor: the rows of one step by bare prepared statements ({shape})", "units/s", "1 connection, commit each", "p99", "8 connections", "commits of 32");
        var floors = new Dictionary<string, (double, double)>();
        foreach (var (name, _) in databases.All)
        {
            Report.Progress($"floor {name}");
            _ = await RawFloor.RunAsync(databases.Scratch(name), shape, 1, 1, units / 10);
            var single = await RawFloor.RunAsync(databases.Scratch(name), shape, 1, 1, units / 2);
            var eight = name == "SQLite" ? null : await RawFloor.RunAsync(databases.Scratch(name), shape, 8, 1, units);
            var grouped = await RawFloor.RunAsync(databases.Scratch(name), shape, name == "SQLite" ? 1 : 2, 32, units);
            Report.Row(name, Report.Number(single.PerSecond), Report.Milliseconds(single.P99), eight is null ? "one writer" : Report.Number(eight.PerSecond), Report.Number(grouped.PerSecond));
            floors[name] = (single.PerSecond, grouped.PerSecond);
        }

        return floors;
    }
}
