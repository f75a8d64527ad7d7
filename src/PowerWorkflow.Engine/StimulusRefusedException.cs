namespace PowerWorkflow.Engine;

/// <summary>Why a stimulus cannot be applied to a case. Nothing has changed.</summary>
public enum Refusal
{
    /// <summary>The task, timer or incident is not open any more.</summary>
    Gone,
    /// <summary>The case has ended.</summary>
    CaseEnded,
    /// <summary>The outcome is not one of the task's, or the return target is not permitted.</summary>
    OutcomeNotPermitted,
    /// <summary>This person may not do it: four eyes, or has signed already.</summary>
    PersonNotPermitted,
    /// <summary>An input is missing or of the wrong type.</summary>
    Input,
}

/// <summary>
/// A stimulus that does not fit the case. The message is the English sentence; <see cref="Code"/> and <see cref="Arguments"/> let the server say it in the
/// user's language.
/// </summary>
public sealed class StimulusRefusedException(Refusal code, string message, params string[] arguments) : Exception(message)
{
    /// <summary>Why.</summary>
    public Refusal Code { get; } = code;

    /// <summary>What the sentence names, in order of appearance.</summary>
    public IReadOnlyList<string> Arguments { get; } = arguments;
}
