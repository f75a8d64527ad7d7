using PowerWorkflow.Processes.Documents;

namespace PowerWorkflow.Server.Refusals;

/// <summary>
/// Why a request is refused, before it is said in anybody's language. Sent as problem details whose <c>type</c> is <c>/problems/{Slug}</c>.
/// </summary>
/// <param name="Slug">Stable; programs decide by it.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Title">The kind of refusal.</param>
/// <param name="Detail">What, which, why, what next.</param>
public sealed record Problem(string Slug, int Status, LocalText Title, LocalText Detail)
{
    /// <summary>Sentences by field (<c>SURVEY.openCap</c>), when fields are wrong.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<LocalText>>? Errors { get; init; }

    /// <summary>Further members of the reply, by name; a <see cref="LocalText"/> among them is said in the reader's language.</summary>
    public IReadOnlyDictionary<string, object?>? Extra { get; init; }
}

/// <summary>A request is refused and nothing has changed. Becomes problem details at the HTTP border, in the reader's language.</summary>
public sealed class RefusedException(Problem problem) : Exception($"{problem.Slug}: {problem.Detail.En}")
{
    public Problem Problem { get; } = problem;
}
