using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PowerWorkflow.Engine;

/// <summary>Reading members of documents that people and designers wrote, where anything may be missing or of another type.</summary>
internal static class Json
{
    /// <summary>For people: Chinese stays readable.</summary>
    public static JsonSerializerOptions Relaxed { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The text of a member, or null when it is absent or no text.</summary>
    public static string? Text(this JsonObject? json, string member) =>
        json is not null && json.TryGetPropertyValue(member, out var node) && node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    /// <summary>The member as an object, or null.</summary>
    public static JsonObject? Object(this JsonObject? json, string member) =>
        json is not null && json.TryGetPropertyValue(member, out var node) ? node as JsonObject : null;

    /// <summary>The member as a list, or null.</summary>
    public static JsonArray? List(this JsonObject? json, string member) =>
        json is not null && json.TryGetPropertyValue(member, out var node) ? node as JsonArray : null;

    /// <summary>The member as a truth value; <paramref name="otherwise"/> when it is absent or no boolean.</summary>
    public static bool Flag(this JsonObject? json, string member, bool otherwise = false) =>
        json is not null && json.TryGetPropertyValue(member, out var node) && node is JsonValue value && value.TryGetValue(out bool flag) ? flag : otherwise;

    /// <summary>The member as a whole number; <paramref name="otherwise"/> when it is absent or none.</summary>
    public static int Number(this JsonObject? json, string member, int otherwise) =>
        json is not null && json.TryGetPropertyValue(member, out var node) && node is JsonValue value && value.TryGetValue(out int number) ? number : otherwise;
}
