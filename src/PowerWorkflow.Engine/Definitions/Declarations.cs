using System.Text.Json.Nodes;
using PowerWorkflow.Engine.Expressions;

namespace PowerWorkflow.Engine.Definitions;

/// <summary>A variable a definition or a container declares.</summary>
/// <param name="Id">What bindings refer to.</param>
/// <param name="Name">What expressions call it; unique in its scope.</param>
/// <param name="Default">As it is written; converted to the type when the scope opens.</param>
public sealed record VariableDeclaration(string Id, string Name, DeclaredType Type, JsonNode? Default);

/// <summary>An input or an output a definition declares.</summary>
public sealed record ParameterDeclaration(string Name, DeclaredType Type);

/// <summary>What the file says that cannot mean anything: found while reading, listed by the check.</summary>
/// <param name="Rule">Slug.</param>
/// <param name="ActivityId">Where, if anywhere in particular.</param>
/// <param name="Arguments">What the sentence names.</param>
public sealed record ReadingProblem(string Rule, string? ActivityId, params string[] Arguments);
