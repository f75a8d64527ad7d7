using PowerWorkflow.Benchmarks;

// scripts/bench [--quick] [engine] [process] [steps] [history] [floor]
var sections = args.Where(a => !a.StartsWith('-')).ToHashSet();
var quick = args.Contains("--quick");
bool Wanted(string section) => sections.Count == 0 || sections.Contains(section);

using var databases = new Databases();
Report.Machine(TimeProvider.System);
if (Wanted("engine"))
{
    Measurements.Engine(TimeSpan.FromSeconds(quick ? 1 : 8));
}

if (Wanted("deadlines"))
{
    Deadlines.Measure(quick);
}

if (Wanted("process"))
{
    await StepsInProcess.MeasureAsync(databases, quick ? 8_000 : 64_000);
}

// What a step of the shipped process wrote when this was last written down; measured anew when the steps are.
var shape = new StepShape(0, 4000, 2500, 900, 8, 450, 1, 1);
if (Wanted("steps") || Wanted("history"))
{
    shape = await new StepMeasurements(databases, quick).RunAsync(Wanted("history") ? (quick ? 2_000 : 100_000) : 0);
}

if (Wanted("floor"))
{
    await Measurements.FloorAsync(databases, shape, quick ? 3_000 : 20_000);
}
