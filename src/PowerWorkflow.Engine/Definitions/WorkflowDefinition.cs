using System.Text.Json.Nodes;

namespace PowerWorkflow.Engine.Definitions;

/// <summary>
/// An Elsa 3 workflow definition, parsed and made ready to run. The document it came from is kept whole, unknown properties included, so that what Studio
/// saved is what Studio gets back.
/// </summary>
public sealed partial class WorkflowDefinition
{
    /// <summary>Stable id of the process, e.g. <c>new-connection-hv-single</c>.</summary>
    public required string DefinitionId { get; init; }

    /// <summary>Id of this immutable version.</summary>
    public required string VersionId { get; init; }

    /// <summary>1, 2, 3 …</summary>
    public required int Version { get; init; }

    /// <summary>Name for people.</summary>
    public required string Name { get; init; }

    /// <summary>The document as it was read.</summary>
    public required JsonObject Document { get; init; }
}
