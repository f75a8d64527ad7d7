using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PowerWorkflow.Processes.Forms;

/// <summary>
/// The part of JSON Schema 2020-12 that the server judges submissions by, parsed once. A keyword outside of it is refused at load, since a rule that only the
/// browser knows is no rule. Names beginning with <c>x-</c> are hints for display and carry no logic.
/// </summary>
internal sealed class FormSchema
{
    private static readonly FrozenSet<string> Formats = FrozenSet.Create("date", "date-time", "time", "email", "uri");
    private static readonly FrozenSet<string> TypeNames = FrozenSet.Create("object", "array", "string", "number", "integer", "boolean", "null");

    public IReadOnlyList<string> Types { get; private set; } = [];
    public IReadOnlyDictionary<string, FormSchema> Properties { get; private set; } = new Dictionary<string, FormSchema>();
    public IReadOnlyList<string> Required { get; private set; } = [];
    public bool AdditionalProperties { get; private set; } = true;
    public IReadOnlyDictionary<string, IReadOnlyList<string>> DependentRequired { get; private set; } = new Dictionary<string, IReadOnlyList<string>>();
    public FormSchema? Items { get; private set; }
    public int? MinItems { get; private set; }
    public int? MaxItems { get; private set; }
    public bool UniqueItems { get; private set; }
    public JsonArray? Enum { get; private set; }
    public bool HasConst { get; private set; }
    public JsonNode? Const { get; private set; }
    public decimal? Minimum { get; private set; }
    public decimal? Maximum { get; private set; }
    public decimal? ExclusiveMinimum { get; private set; }
    public decimal? ExclusiveMaximum { get; private set; }
    public decimal? MultipleOf { get; private set; }
    public int? MinLength { get; private set; }
    public int? MaxLength { get; private set; }
    public Regex? Pattern { get; private set; }
    public string? Format { get; private set; }
    public IReadOnlyList<FormSchema> AllOf { get; private set; } = [];
    public IReadOnlyList<FormSchema> AnyOf { get; private set; } = [];
    public IReadOnlyList<FormSchema> OneOf { get; private set; } = [];
    public FormSchema? Not { get; private set; }
    public FormSchema? If { get; private set; }
    public FormSchema? Then { get; private set; }
    public FormSchema? Else { get; private set; }
    public FormSchema? Reference { get; private set; }
    public string? Unit { get; private set; }
    public string? Description { get; private set; }

    /// <summary>Reads a schema; what cannot be read is added to the problems, each with its place.</summary>
    public static FormSchema Parse(JsonObject document, List<string> problems) => new Reader(document, problems).Root();

    /// <summary>Keeps what one document's <c>$ref</c>s point at, so that a definition is read once and may refer to itself.</summary>
    private sealed class Reader(JsonObject document, List<string> problems)
    {
        private readonly Dictionary<string, FormSchema> definitions = [];

        public FormSchema Root() => Read(document, "schema");

        private FormSchema Read(JsonNode? node, string place)
        {
            var schema = new FormSchema();
            Fill(schema, node, place);
            return schema;
        }

        private void Fill(FormSchema schema, JsonNode? node, string place)
        {
            if (node is not JsonObject source)
            {
                problems.Add($"{place} is not an object: write a schema object");
                return;
            }

            foreach (var (keyword, value) in source)
            {
                try
                {
                    Apply(schema, keyword, value, place);
                }
                catch (Exception e) when (e is InvalidOperationException or FormatException or JsonException)
                {
                    problems.Add($"{place}/{keyword} has the value {value?.ToJsonString() ?? "null"}, which this keyword cannot have");
                }
            }
        }

        private void Apply(FormSchema schema, string keyword, JsonNode? value, string place)
        {
            var here = $"{place}/{keyword}";
            switch (keyword)
            {
                case "type":
                    schema.Types = value is JsonArray several ? Strings(several) : [value!.GetValue<string>()];
                    problems.AddRange(schema.Types.Where(t => !TypeNames.Contains(t)).Select(t => $"{here} names '{t}': write one of {string.Join(", ", TypeNames)}"));
                    break;
                case "properties":
                    schema.Properties = value!.AsObject().ToDictionary(p => p.Key, p => Read(p.Value, $"{here}/{p.Key}"));
                    break;
                case "required": schema.Required = Strings(value!.AsArray()); break;
                case "additionalProperties": schema.AdditionalProperties = value!.GetValue<bool>(); break;
                case "dependentRequired":
                    schema.DependentRequired = value!.AsObject().ToDictionary(p => p.Key, p => (IReadOnlyList<string>)Strings(p.Value!.AsArray()));
                    break;
                case "items": schema.Items = Read(value, here); break;
                case "minItems": schema.MinItems = Count(value); break;
                case "maxItems": schema.MaxItems = Count(value); break;
                case "uniqueItems": schema.UniqueItems = value!.GetValue<bool>(); break;
                case "enum": schema.Enum = value!.AsArray(); break;
                case "const": (schema.HasConst, schema.Const) = (true, value); break;
                case "minimum": schema.Minimum = Number(value); break;
                case "maximum": schema.Maximum = Number(value); break;
                case "exclusiveMinimum": schema.ExclusiveMinimum = Number(value); break;
                case "exclusiveMaximum": schema.ExclusiveMaximum = Number(value); break;
                case "multipleOf": schema.MultipleOf = Number(value) is > 0 and var step ? step : throw new FormatException(); break;
                case "minLength": schema.MinLength = Count(value); break;
                case "maxLength": schema.MaxLength = Count(value); break;
                case "pattern": schema.Pattern = PatternOf(value!.GetValue<string>(), here); break;
                case "format":
                    schema.Format = value!.GetValue<string>();
                    if (!Formats.Contains(schema.Format))
                    {
                        problems.Add($"{here} is '{schema.Format}', which the server does not check: write one of {string.Join(", ", Formats)}, or use pattern");
                    }

                    break;
                case "allOf": schema.AllOf = List(value, here); break;
                case "anyOf": schema.AnyOf = List(value, here); break;
                case "oneOf": schema.OneOf = List(value, here); break;
                case "not": schema.Not = Read(value, here); break;
                case "if": schema.If = Read(value, here); break;
                case "then": schema.Then = Read(value, here); break;
                case "else": schema.Else = Read(value, here); break;
                case "$ref": schema.Reference = Definition(value!.GetValue<string>(), here); break;
                case "$defs":
                    foreach (var name in value!.AsObject().Select(p => p.Key))
                    {
                        Definition("#/$defs/" + name, here);
                    }

                    break;
                case "description": schema.Description = value?.GetValue<string>(); break;
                case "x-unit": schema.Unit = value?.GetValue<string>(); break;
                case "title" or "default" or "examples" or "readOnly" or "$schema": break;
                default:
                    if (!keyword.StartsWith("x-", StringComparison.Ordinal))
                    {
                        problems.Add($"{here} is a keyword the server does not check: leave it out or say it with the supported ones (docs/forms.md)");
                    }

                    break;
            }
        }

        private FormSchema Definition(string reference, string place)
        {
            if (definitions.TryGetValue(reference, out var known))
            {
                return known;
            }

            const string Prefix = "#/$defs/";
            var found = reference.StartsWith(Prefix, StringComparison.Ordinal) ? document["$defs"]?[reference[Prefix.Length..]] : null;
            if (found is null)
            {
                problems.Add($"{place} refers to '{reference}', which is not there: only '#/$defs/…' of the same form is followed");
                return new FormSchema();
            }

            // Registered before it is read: a definition may refer to itself.
            var schema = definitions[reference] = new FormSchema();
            Fill(schema, found, "schema" + reference[1..]);
            return schema;
        }

        private Regex? PatternOf(string pattern, string place)
        {
            try
            {
                // NonBacktracking: a submission can never make the server think for minutes, whatever the pattern.
                return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
            }
            catch (Exception e) when (e is ArgumentException or NotSupportedException)
            {
                problems.Add($"{place} '{pattern}' cannot be used: {e.Message}");
                return null;
            }
        }

        private List<FormSchema> List(JsonNode? value, string place) => [.. value!.AsArray().Select((item, i) => Read(item, $"{place}/{i}"))];

        private static string[] Strings(JsonArray list) => [.. list.Select(item => item!.GetValue<string>())];

        private static int Count(JsonNode? value) => Number(value) is >= 0 and var n && n == decimal.Truncate(n) ? (int)n : throw new FormatException();

        private static decimal Number(JsonNode? value) => Numbers.Of(value) ?? throw new FormatException();
    }
}
