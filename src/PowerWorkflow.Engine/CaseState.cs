using System.Text.Json.Serialization;

namespace PowerWorkflow.Engine;

/// <summary>Where a case stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CaseStatus>))]
public enum CaseStatus
{
    /// <summary>Some branch waits.</summary>
    Running,
    /// <summary>Came to its end.</summary>
    Finished,
    /// <summary>An incident waits for somebody; other branches may still go on.</summary>
    Faulted,
    /// <summary>Ended by a person.</summary>
    Cancelled,
}

/// <summary>
/// The hot state of a case: where every branch waits, and its variables. Small on purpose: business data live in the data document, finished steps in the journal.
/// Serialised as versioned JSON; scopes are addressed by the path of activity ids, never by position.
/// </summary>
public sealed partial class CaseState
{
    /// <summary>The format this build writes. Older formats are brought up when read; newer ones are refused.</summary>
    public const int CurrentFormat = 1;

    /// <summary>Format number of the serialised state.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>The case.</summary>
    public required string CaseId { get; init; }

    /// <summary>Definition id of the process.</summary>
    public required string DefinitionId { get; init; }

    /// <summary>Pinned definition version id.</summary>
    public required string DefinitionVersionId { get; set; }

    /// <summary>Where it stands.</summary>
    public CaseStatus Status { get; set; } = CaseStatus.Running;

    /// <summary>Set by SetName; shown in lists.</summary>
    public string? Name { get; set; }

    /// <summary>Set by Correlate or at start; events find the case by it.</summary>
    public string? CorrelationId { get; set; }

    /// <summary>Server time of the last stimulus, UTC; time never runs backwards inside a case.</summary>
    public DateTimeOffset LastAt { get; set; }

    /// <summary>A case that has not started yet.</summary>
    public static CaseState New(string caseId, string definitionId, string definitionVersionId) =>
        new() { CaseId = caseId, DefinitionId = definitionId, DefinitionVersionId = definitionVersionId };

    /// <summary>UTF-8 JSON.</summary>
    public byte[] ToUtf8() => throw new NotSupportedException();

    /// <summary>Reads any format up to <see cref="CurrentFormat"/>.</summary>
    /// <exception cref="InvalidDataException">The format is newer than this build, or the document is not a case state.</exception>
    public static CaseState FromUtf8(ReadOnlySpan<byte> utf8) => throw new NotSupportedException();
}
