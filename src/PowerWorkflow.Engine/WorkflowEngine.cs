using PowerWorkflow.Engine.Activities;

namespace PowerWorkflow.Engine;

/// <summary>
/// Runs cases. Pure: the same world, state, stimulus and instant always give the same burst, on any machine; there is no clock, no database and
/// no network in here. One engine serves the whole process and is safe to use from many threads.
/// </summary>
/// <param name="activities">The closed set of activities this engine knows: Elsa's, and those the domain adds at start.</param>
public sealed class WorkflowEngine(ActivityCatalog activities)
{
    /// <summary>The activities a definition may use.</summary>
    public ActivityCatalog Activities { get; } = activities;

    /// <summary>
    /// Applies one stimulus to a case and runs until every branch waits or the case has ended.
    /// </summary>
    /// <param name="world">What the burst may look at; immutable.</param>
    /// <param name="state">The case as it was last committed; it is not changed.</param>
    /// <param name="stimulus">What happened.</param>
    /// <param name="now">Server time of the stimulus, UTC; never earlier than the last one of this case.</param>
    /// <returns>The new state, the effects to be committed with it, and what the journal says about it.</returns>
    /// <exception cref="StimulusRefusedException">The stimulus does not fit the case: the task is gone, the outcome is not permitted, the case has ended.</exception>
    public Burst Run(World world, CaseState state, Stimulus stimulus, DateTimeOffset now) => throw new NotSupportedException();
}
