using System.Text;
using System.Text.Json.Nodes;
using PowerWorkflow.Server.Definitions;

namespace PowerWorkflow.Server.Api.Studio;

/// <summary>TypeScript declarations of what a definition's expressions can see, for completion in the JavaScript editor.</summary>
internal static class ScriptTypes
{
    private const string Fixed = """
        /** The case the expression runs for. */
        declare const caseInfo: { id: string; number: string; process: string; unit: string; startedBy: string; correlationId: string | null };
        /** Person id of who did a step last, by step code. */
        declare function performer(step: string): string | null;
        /** An output of a step, by step code. */
        declare function getOutputFrom(step: string, output: string): any;
        declare function getVariable(name: string): any;
        declare function setVariable(name: string, value: any): void;
        declare function getInput(name: string): any;
        /** In RunJavaScript: the way out to take. */
        declare function setOutcome(name: string): void;

        """;

    /// <param name="definition">The definition's document; null when it was not saved yet.</param>
    /// <param name="forms">Its forms: their written sections become members of <c>data</c>.</param>
    public static string Write(string? definition, IEnumerable<string> forms)
    {
        var text = new StringBuilder(Fixed);
        var document = definition is null ? [] : JsonNode.Parse(definition)!.AsObject(); // stored documents are objects
        Members(text, "variables", document["variables"] as JsonArray, "typeName");
        Members(text, "input", document["inputs"] as JsonArray, "type");
        var sections = new SortedDictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (var form in forms)
        {
            if (JsonNode.Parse(form)?["schema"]?["properties"] is not JsonObject properties) continue;
            foreach (var (section, schema) in properties)
                if (schema is JsonObject shape) sections[section] = shape;
        }

        text.Append("/** Sections of the case's data document; a section that was not written yet has no members. */\ndeclare const data: {\n");
        foreach (var (section, schema) in sections) text.Append("  ").Append(Key(section)).Append(": ").Append(Type(schema, 2)).Append(";\n");
        return text.Append("  [section: string]: any;\n};\n").ToString();
    }

    private static void Members(StringBuilder text, string name, JsonArray? declared, string typeMember)
    {
        text.Append("declare const ").Append(name).Append(": {\n");
        foreach (var item in declared?.OfType<JsonObject>() ?? [])
            if (item["name"] is JsonValue key) text.Append("  ").Append(Key(key.ToString())).Append(": ").Append(Primitive(item[typeMember]?.ToString())).Append(";\n");
        text.Append("};\n");
    }

    private static string Type(JsonObject schema, int depth)
    {
        if (schema["enum"] is JsonArray { Count: > 0 and <= 40 } values) return string.Join(" | ", values.Select(v => v?.ToJsonString(DefinitionFormat.Json) ?? "null"));
        if (schema["properties"] is JsonObject members && depth < 10)
        {
            var indent = new string(' ', depth + 2);
            return "{\n" + string.Concat(members.Where(m => m.Value is JsonObject).Select(m => $"{indent}{Key(m.Key)}?: {Type(m.Value!.AsObject(), depth + 2)};\n")) + new string(' ', depth) + "}";
        }

        return schema["type"]?.ToString() switch
        {
            "string" => "string", "number" or "integer" => "number", "boolean" => "boolean",
            "array" => schema["items"] is JsonObject items ? $"Array<{Type(items, depth + 2)}>" : "any[]",
            _ => "any",
        };
    }

    private static string Primitive(string? type) => type switch
    {
        "String" or "DateTimeOffset" or "DateTime" or "TimeSpan" or "Guid" => "string",
        "Boolean" => "boolean",
        "Int32" or "Int64" or "Decimal" or "Double" => "number",
        _ => "any",
    };

    private static string Key(string name) => JsonValue.Create(name).ToJsonString(DefinitionFormat.Json);
}
