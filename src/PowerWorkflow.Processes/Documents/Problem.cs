namespace PowerWorkflow.Processes.Documents;

/// <summary>
/// One thing wrong in a document: where (<c>years[1].days[3].date</c>), which rule (a stable slug for programs) and a sentence for people.
/// </summary>
public sealed record Problem(string Field, string Rule, LocalText Text)
{
    public override string ToString() => $"{Field}: {Text.En} [{Rule}]";
}

/// <summary>A document was refused as a whole. Nothing of it was taken over; <see cref="Problems"/> lists every reason, not the first.</summary>
public sealed class DocumentRefusedException(string document, IReadOnlyList<Problem> problems) : Exception(
    $"{document} was refused, nothing of it was loaded. {problems.Count} problem(s): {string.Join("; ", problems.Take(20))}")
{
    public string Document { get; } = document;

    public IReadOnlyList<Problem> Problems { get; } = problems;
}
