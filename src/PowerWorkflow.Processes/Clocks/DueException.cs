using PowerWorkflow.Processes.Documents;

namespace PowerWorkflow.Processes.Clocks;

/// <summary>A due date was asked for that does not exist. <see cref="Rule"/> is the stable slug of the reason.</summary>
public sealed class DueException(string rule, string zh, string en) : Exception(en)
{
    public string Rule { get; } = rule;

    public LocalText Text { get; } = new(zh, en);
}
