using System.Globalization;
using System.Text.Json.Nodes;

using PowerWorkflow.Processes.Documents;

namespace PowerWorkflow.Processes.Forms;

/// <summary>
/// A form: which sections of the data document it shows and writes, and the JSON Schema both the browser and the server judge them by. Immutable once parsed.
/// </summary>
public sealed class FormDefinition
{
    private FormDefinition(JsonObject document, FormSchema schema)
    {
        Document = document;
        Schema = schema;
        Code = document["code"]!.GetValue<string>();
        Version = document["version"]?.GetValue<int>() ?? 1;
        Title = new(document["title"]?["zh-CN"]?.GetValue<string>() ?? Code, document["title"]?["en"]?.GetValue<string>() ?? Code);
        Reads = Strings(document["reads"]);
        Writes = Strings(document["writes"]);
        Checklists = [.. FindChecklists(document["schema"]).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Stable code inside its process folder.</summary>
    public string Code { get; }

    /// <summary>1, 2, 3 …; a case keeps the version it was pinned to.</summary>
    public int Version { get; }

    /// <summary>Heading of the form.</summary>
    public LocalText Title { get; }

    /// <summary>Sections shown beside the fields.</summary>
    public IReadOnlyList<string> Reads { get; }

    /// <summary>Sections the form writes; a trailing <c>#</c> means one per round (<c>INSP</c>, <c>INSP#2</c> …).</summary>
    public IReadOnlyList<string> Writes { get; }

    /// <summary>Codes of the checklists its fields refer to by <c>x-checklist</c>.</summary>
    public IReadOnlyList<string> Checklists { get; }

    /// <summary>The document as it was read.</summary>
    public JsonObject Document { get; }

    internal FormSchema Schema { get; }

    /// <summary>Reads a form.</summary>
    /// <exception cref="FormRefusedException">A part is missing, a keyword is not supported, a field has no label in one of the languages …; all of it at once.</exception>
    public static FormDefinition Parse(JsonObject document)
    {
        var problems = new List<string>();
        var schema = Read(document, problems);
        var code = document["code"]?.ToString() ?? "?";
        return problems.Count == 0 && schema is not null ? new FormDefinition(document, schema) : throw new FormRefusedException(code, problems);
    }

    /// <summary>What keeps a document from being a form; empty when nothing does.</summary>
    public static IReadOnlyList<string> Problems(JsonObject document)
    {
        var problems = new List<string>();
        Read(document, problems);
        return problems;
    }

    /// <summary>The section without its round: <c>INSP</c> for <c>INSP#2</c>.</summary>
    public static string BaseOf(string section)
    {
        var hash = section.IndexOf('#', StringComparison.Ordinal);
        return hash < 0 ? section : section[..hash];
    }

    /// <summary>The key of a section in a round: plain in round 1, <c>INSP#n</c> from round 2.</summary>
    public static string KeyOf(string section, int round) =>
        round <= 1 ? BaseOf(section) : string.Create(CultureInfo.InvariantCulture, $"{BaseOf(section)}#{round}");

    /// <summary>A figure that a judge goes by; it stands in the form with its source, so that the process owner can change it. Null when it is not there.</summary>
    public decimal? FigureOf(string name) => Numbers.Of(Document["figures"]?[name]?["value"]);

    /// <summary>Whether this form writes the section under this key.</summary>
    public bool MayWrite(string key)
    {
        var section = BaseOf(key);
        if (section.Length == key.Length)
        {
            return Writes.Contains(section) || Writes.Contains(section + "#");
        }

        return Writes.Contains(section + "#") && int.TryParse(key.AsSpan(section.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var round) && round > 1;
    }

    /// <summary>What people call a field; the last part of the path when the form has no label for it.</summary>
    internal LocalText LabelOf(string labelPath)
    {
        string In(string language) => Document["labels"]?[language]?[labelPath]?.GetValue<string>() ?? labelPath[(labelPath.LastIndexOf('.') + 1)..];
        return new(In("zh-CN"), In("en"));
    }

    private static FormSchema? Read(JsonObject document, List<string> problems)
    {
        if (document["code"] is not JsonValue)
        {
            problems.Add("code is missing: give the form a stable code");
        }

        foreach (var language in new[] { "zh-CN", "en" })
        {
            if (document["title"]?[language] is not JsonValue)
            {
                problems.Add($"title has no '{language}': both languages are needed");
            }
        }

        if (document["schema"] is not JsonObject schemaDocument)
        {
            problems.Add("schema is missing: an object with one property per written section");
            return null;
        }

        var schema = FormSchema.Parse(schemaDocument, problems);
        foreach (var write in Strings(document["writes"]).Where(write => schemaDocument["properties"]?[write.TrimEnd('#')] is null))
        {
            problems.Add($"writes names '{write}' but the schema has no property '{write.TrimEnd('#')}'");
        }

        foreach (var (language, path) in MissingLabels(document, schemaDocument))
        {
            problems.Add($"labels/{language} has no '{path}': every field needs a label in both languages");
        }

        return schema;
    }

    private static IEnumerable<(string Language, string Path)> MissingLabels(JsonObject document, JsonObject schema) =>
        from path in FieldPaths(schema, "")
        from language in new[] { "zh-CN", "en" }
        where document["labels"]?[language]?[path] is null
        select (language, path);

    private static IEnumerable<string> FieldPaths(JsonNode? schema, string prefix)
    {
        if (schema?["properties"] is JsonObject properties)
        {
            foreach (var (name, child) in properties)
            {
                var path = prefix.Length == 0 ? name : prefix + "." + name;
                yield return path;
                foreach (var deeper in FieldPaths(child, path).Concat(FieldPaths(child?["items"], path)))
                {
                    yield return deeper;
                }
            }
        }
    }

    private static IEnumerable<string> FindChecklists(JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(p => p is { Key: "x-checklist", Value: JsonValue v } ? [v.ToString()] : FindChecklists(p.Value)),
        JsonArray a => a.SelectMany(FindChecklists),
        _ => [],
    };

    private static string[] Strings(JsonNode? node) => node is JsonArray list ? [.. list.Select(item => item!.GetValue<string>())] : [];
}
