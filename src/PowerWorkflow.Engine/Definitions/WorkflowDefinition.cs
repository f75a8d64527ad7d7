using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using PowerWorkflow.Engine.Activities;

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

    /// <summary>Inputs a case of it takes.</summary>
    public required IReadOnlyList<ParameterDeclaration> Inputs { get; init; }

    /// <summary>Outputs it gives.</summary>
    public required IReadOnlyList<ParameterDeclaration> Outputs { get; init; }

    /// <summary>Outcomes by which an activity that calls it can be left; Done when it declares none.</summary>
    public required IReadOnlyList<string> Outcomes { get; init; }

    /// <summary>Variables of the whole definition.</summary>
    public required IReadOnlyList<VariableDeclaration> Variables { get; init; }

    /// <summary>The root activity; null when the document has none that can be read.</summary>
    public ActivityNode? Root { get; internal set; }

    /// <summary>What could not be read, for the check. Such a definition runs into incidents where the problem is.</summary>
    public IReadOnlyList<ReadingProblem> Problems { get; internal set; } = [];

    /// <summary>Every activity by its path of ids.</summary>
    public IReadOnlyDictionary<string, ActivityNode> Nodes { get; internal set; } = FrozenDictionary<string, ActivityNode>.Empty;

    /// <summary>Reads a definition document.</summary>
    /// <param name="document">The JSON object as Studio saves it; kept, not copied.</param>
    /// <param name="activities">The activities it may use.</param>
    /// <param name="versionId">The version's id when the document itself has none (a file under <c>workflows/</c>).</param>
    /// <remarks>Reads whatever can be read; what cannot is in <see cref="Problems"/>, listed by <see cref="Checking.DefinitionCheck"/>.</remarks>
    public static WorkflowDefinition Read(JsonObject document, ActivityCatalog activities, string? versionId = null) =>
        new DefinitionReader(document, activities, versionId).Read();

    /// <summary>Reads a definition document.</summary>
    /// <exception cref="JsonException">The text is no JSON object.</exception>
    public static WorkflowDefinition Read(string json, ActivityCatalog activities, string? versionId = null) =>
        Read(JsonNode.Parse(json) as JsonObject ?? throw new JsonException("A workflow definition is a JSON object; this file holds something else."), activities, versionId);

    /// <summary>Resolves what the designer writes for a variable (its id, else its name) to a name.</summary>
    internal string? VariableName(string? id, string? name, ActivityNode? at)
    {
        for (var node = at; node is not null; node = node.Parent)
        {
            if (Find(node.Variables, id, name) is { } inner) return inner;
        }
        return Find(Variables, id, name);

        static string? Find(IReadOnlyList<VariableDeclaration> declared, string? id, string? name)
        {
            foreach (var variable in declared)
                if (variable.Id == id) return variable.Name;
            foreach (var variable in declared)
                if (variable.Name == name || variable.Name == id) return variable.Name;
            return null;
        }
    }

    /// <summary>The declaration of a variable visible at an activity, by name.</summary>
    public VariableDeclaration? FindVariable(string name, ActivityNode? at)
    {
        for (var node = at; node is not null; node = node.Parent)
        {
            foreach (var variable in node.Variables)
                if (variable.Name == name) return variable;
        }
        foreach (var variable in Variables)
            if (variable.Name == name) return variable;
        return null;
    }
}
