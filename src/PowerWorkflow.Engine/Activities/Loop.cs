namespace PowerWorkflow.Engine.Activities;

/// <summary>An activity that Break ends: it runs its body again and again.</summary>
public abstract class Loop(ActivityDescriptor descriptor) : Activity(descriptor);
