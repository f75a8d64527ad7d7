using PowerWorkflow.Processes.Documents;

namespace PowerWorkflow.Processes.Forms;

/// <summary>One field of a submission that breaks a rule of its form.</summary>
/// <param name="Path">Where: <c>SURVEY.openCap</c>, <c>PLAN.sources[0].kv</c>; begins with the submitted section key, round included (<c>INSP#2.items</c>).</param>
/// <param name="Rule">The schema keyword that was broken, or <c>section</c> for a section the form does not write.</param>
/// <param name="Message">What is wrong and what is expected, in both languages, naming the field by its label.</param>
public sealed record FieldError(string Path, string Rule, LocalText Message);

/// <summary>A form document cannot be used. Every problem is listed at once.</summary>
public sealed class FormRefusedException(string form, IReadOnlyList<string> problems)
    : Exception($"Form '{form}' is refused: {string.Join("; ", problems)}")
{
    /// <summary>Each problem: where in the document, what is wrong, what to write instead.</summary>
    public IReadOnlyList<string> Problems { get; } = problems;
}
