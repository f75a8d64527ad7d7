namespace PowerWorkflow.Engine.Activities;

/// <summary>The closed set of activities an engine knows, by type name.</summary>
public sealed class ActivityCatalog
{
    /// <summary>The Elsa set the engine brings.</summary>
    public static ActivityCatalog Elsa { get; } = new();
}
