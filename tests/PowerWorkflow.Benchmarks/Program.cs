using PowerWorkflow.Benchmarks;

var sections = args.Where(a => !a.StartsWith('-')).ToHashSet();
var quick = args.Contains("--quick");
bool Wanted(string section) => sections.Count == 0 || sections.Contains(section);

using var databases = new Databases();
Report.Machine(TimeProvider.System);
var shape = new StepShape(0, 4000, 2500, 900, 8, 450, 1, 1);
if (Wanted("engine"))
{
    Measurements.Engine(TimeSpan.FromSeconds(quick ? 1 : 8));
}

if (Wanted("deadlines"))
{
    Deadlines.Measure(quick);
}

if (Wanted("floor"))
{
    await Measurements.FloorAsync(databases, shape, quick ? 3_000 : 20_000);
}
