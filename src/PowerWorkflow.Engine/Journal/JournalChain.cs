namespace PowerWorkflow.Engine.Journal;

/// <summary>An entry as it is stored: its place in the case's chain, canonical bytes and hash.</summary>
/// <param name="Sequence">1 for the first entry of a case; no gaps.</param>
/// <param name="Canonical">RFC 8785 JSON of the entry with sequence and previous hash, UTF-8: what was hashed and what is stored.</param>
/// <param name="Hash">SHA-256 of <paramref name="Canonical"/>, 32 bytes.</param>
public sealed record ChainedEntry(long Sequence, JournalEntry Entry, byte[] Canonical, byte[] Hash);

/// <summary>Journal format v1: one hash chain per case. docs/journal.md has the format and its test vectors.</summary>
public static class JournalChain
{
    /// <summary>Hash before the first entry: 32 zero bytes.</summary>
    public static ReadOnlySpan<byte> Genesis => new byte[32];

    /// <summary>Numbers and chains entries behind the last one of a case.</summary>
    /// <param name="caseId">The case whose chain it is; part of every hash.</param>
    /// <param name="lastSequence">0 for a new case.</param>
    /// <param name="lastHash"><see cref="Genesis"/> for a new case.</param>
    public static IReadOnlyList<ChainedEntry> Append(string caseId, long lastSequence, ReadOnlySpan<byte> lastHash, IReadOnlyList<JournalEntry> entries) =>
        throw new NotSupportedException();
}
