using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PowerWorkflow.Server.Definitions;

/// <summary>How definitions are written: Elsa's schema, two-space JSON that people can read and diff, Chinese as itself.</summary>
internal static class DefinitionFormat
{
    public const string Schema = "https://elsaworkflows.io/schemas/workflow-definition/v3.0.0/schema.json";

    /// <summary>Version of the designer that a document is written for; the client wants two to four numbers.</summary>
    public const string ToolVersion = "3.8.2.0";

    /// <summary>A definition larger than this (UTF-8 bytes) is refused: the designer cannot show it, and every save would carry it.</summary>
    public const int LargestBytes = 2 * 1024 * 1024;

    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonSerializerOptions Indented = new(Json) { WriteIndented = true };

    public static string Write(JsonObject document) => document.ToJsonString(Indented);

    public static string HashOf(string document) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(document)));

    /// <summary>
    /// The document without what only places it on paper or identifies a saved copy, members sorted: two documents with the same meaning text mean the same to
    /// the engine.
    /// </summary>
    public static string MeaningOf(JsonObject document)
    {
        var copy = document.DeepClone().AsObject();
        foreach (var member in (string[])["$schema", "id", "version", "toolVersion", "createdAt", "isLatest", "isPublished", "isReadonly", "isSystem", "links", "tenantId"]) copy.Remove(member);
        foreach (var activity in StudioDocument.Activities(copy))
        {
            activity.Remove("nodeId");
            (activity["metadata"] as JsonObject)?.Remove("designer");
        }

        return Sorted(copy)?.ToJsonString(Json) ?? "";
    }

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject json => new JsonObject(json.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => KeyValuePair.Create(member.Key, Sorted(member.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Sorted)]),
        null => null,
        var value => value.DeepClone(),
    };
}
