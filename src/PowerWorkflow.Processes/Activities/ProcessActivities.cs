using PowerWorkflow.Engine.Activities;

namespace PowerWorkflow.Processes.Activities;

/// <summary>The activities of this business, and the engine's together with them.</summary>
public static class ProcessActivities
{
    /// <summary>Elsa's activities, the user task and the domain's, with time kept.</summary>
    public static ActivityCatalog Catalog { get; } = ActivityCatalog.Elsa.With(
    [
        new StartClock(), new PauseClock(), new ResumeClock(), new StopClock(),
        new Notify(), new StartCase(), new UpdateRegister(), new ProduceDocument(),
    ], new Timekeeping());
}
