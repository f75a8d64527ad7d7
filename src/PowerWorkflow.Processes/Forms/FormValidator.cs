using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

using PowerWorkflow.Processes.Documents;

namespace PowerWorkflow.Processes.Forms;

/// <summary>Judges what was filled in against the form's schema: the same document the browser draws the form from.</summary>
public static partial class FormValidator
{
    /// <summary>More than this helps nobody; the rest is found when these are mended.</summary>
    private const int MaxErrors = 200;

    /// <summary>What is wrong with the submitted sections; empty when nothing is.</summary>
    /// <param name="form">The form of the task, in the pinned version.</param>
    /// <param name="sections">Whole sections by key, round included. A section of a later round is judged like the first.</param>
    public static IReadOnlyList<FieldError> Validate(FormDefinition form, IReadOnlyDictionary<string, JsonObject> sections)
    {
        var run = new Run(form);
        var instance = new JsonObject();
        foreach (var (key, value) in sections)
        {
            var section = FormDefinition.BaseOf(key);
            if (!form.MayWrite(key))
            {
                run.Add(key, "section", new($"表单“{form.Title.Zh}”不填写“{key}”部分", $"Form '{form.Title.En}' does not write section '{key}'"));
            }
            else if (!instance.TryAdd(section, value.DeepClone()))
            {
                run.Add(key, "section", new($"“{key}”部分提交了两次", $"Section '{section}' was submitted twice"));
            }

            run.Keys[section] = key;
        }

        run.Check(form.Schema, instance, "");
        return run.Errors;
    }

    private static bool IsFormat(string format, string text) => format switch
    {
        "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "date-time" => Rfc3339().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "time" => TimeOnly.TryParseExact(text, ["HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "email" => Email().IsMatch(text),
        "uri" => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https",
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "A format that the schema reader lets through must be checked here."),
    };

    private static string TypeOf(JsonNode? node) => node?.GetValueKind() switch
    {
        null or JsonValueKind.Null => "null",
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        _ => "number",
    };

    private static bool IsOfType(JsonNode? node, string type) =>
        TypeOf(node) == type || (type == "integer" && Numbers.Of(node) is { } number && number == decimal.Truncate(number));

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?([Zz]|[+-][0-9]{2}:[0-9]{2})$", RegexOptions.CultureInvariant)]
    private static partial Regex Rfc3339();

    [GeneratedRegex(@"^[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+$", RegexOptions.CultureInvariant)]
    private static partial Regex Email();

    /// <summary>One submission being judged: collects the errors and knows under which key each section came.</summary>
    private sealed class Run(FormDefinition form)
    {
        public List<FieldError> Errors { get; } = [];

        public Dictionary<string, string> Keys { get; } = [];

        public void Add(string path, string rule, LocalText message)
        {
            if (Errors.Count < MaxErrors)
            {
                Errors.Add(new(path, rule, message));
            }
        }

        public void Check(FormSchema schema, JsonNode? node, string path)
        {
            if (schema.Reference is { } reference)
            {
                Check(reference, node, path);
            }

            if (schema.Types.Count > 0 && !schema.Types.Any(type => IsOfType(node, type)))
            {
                Report(path, "type", $"应为{string.Join("或", schema.Types.Select(TypeZh))}", $"must be {string.Join(" or ", schema.Types)}");
                return;
            }

            Values(schema, node, path);
            switch (node)
            {
                case JsonObject o: Object(schema, o, path); break;
                case JsonArray a: Array(schema, a, path); break;
                case not null when TypeOf(node) == "string": Text(schema, node.GetValue<string>(), path); break;
                case not null when TypeOf(node) == "number": Number(schema, node, path); break;
            }

            Combinations(schema, node, path);
        }

        private void Values(FormSchema schema, JsonNode? node, string path)
        {
            if (schema.Enum is { } allowed && !allowed.Any(item => Same(item, node)))
            {
                var list = string.Join("、", allowed.Select(item => item?.ToString()));
                Report(path, "enum", $"须为下列之一：{list}", $"must be one of: {list}");
            }

            if (schema.HasConst && !Same(schema.Const, node))
            {
                var yes = schema.Const?.GetValueKind() == JsonValueKind.True;
                Report(path, "const", yes ? "须确认为“是”" : $"须为 {schema.Const}", yes ? "must be confirmed (yes)" : $"must be {schema.Const}");
            }
        }

        private void Object(FormSchema schema, JsonObject node, string path)
        {
            foreach (var name in schema.Required.Where(name => !node.ContainsKey(name)))
            {
                Report(Child(path, name), "required", "必填", "is required");
            }

            foreach (var (given, needed) in schema.DependentRequired.Where(rule => node.ContainsKey(rule.Key)))
            {
                foreach (var name in needed.Where(name => !node.ContainsKey(name)))
                {
                    var why = form.LabelOf(LabelPath(Child(path, given)));
                    Report(Child(path, name), "dependentRequired", $"在填写“{why.Zh}”时必填", $"is required when '{why.En}' is given");
                }
            }

            foreach (var (name, value) in node)
            {
                if (schema.Properties.TryGetValue(name, out var property))
                {
                    Check(property, value, Child(path, name));
                }
                else if (!schema.AdditionalProperties)
                {
                    Report(Child(path, name), "additionalProperties", "不是本表单的字段", "is not a field of this form");
                }
            }
        }

        private void Array(FormSchema schema, JsonArray node, string path)
        {
            if (node.Count < schema.MinItems)
            {
                Report(path, "minItems", $"至少 {schema.MinItems} 项，现有 {node.Count} 项", $"needs at least {schema.MinItems} entries, has {node.Count}");
            }

            if (node.Count > schema.MaxItems)
            {
                Report(path, "maxItems", $"至多 {schema.MaxItems} 项，现有 {node.Count} 项", $"takes at most {schema.MaxItems} entries, has {node.Count}");
            }

            if (schema.UniqueItems && Enumerable.Range(0, node.Count).Any(i => Enumerable.Range(0, i).Any(j => Same(node[i], node[j]))))
            {
                Report(path, "uniqueItems", "有重复项", "has the same entry twice");
            }

            for (var i = 0; schema.Items is not null && i < node.Count; i++)
            {
                Check(schema.Items, node[i], string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"));
            }
        }

        private void Text(FormSchema schema, string text, string path)
        {
            var length = text.EnumerateRunes().Count();
            if (length < schema.MinLength)
            {
                var empty = length == 0;
                Report(path, "minLength", empty ? "必填" : $"至少 {schema.MinLength} 个字", empty ? "is required" : $"needs at least {schema.MinLength} characters");
            }

            if (length > schema.MaxLength)
            {
                Report(path, "maxLength", $"至多 {schema.MaxLength} 个字，现有 {length} 个", $"takes at most {schema.MaxLength} characters, has {length}");
            }

            if (schema.Pattern is { } pattern && !pattern.IsMatch(text))
            {
                var hint = schema.Description is null ? "" : $"（{schema.Description}）";
                Report(path, "pattern", $"格式不正确{hint}", $"has the wrong form{(hint.Length == 0 ? "" : $" ({schema.Description})")}");
            }

            if (schema.Format is { } format && !IsFormat(format, text))
            {
                Report(path, "format", $"不是有效的{FormatZh(format)}", $"is not a valid {format}");
            }
        }

        private void Number(FormSchema schema, JsonNode node, string path)
        {
            if (Numbers.Of(node) is not { } number)
            {
                Report(path, "type", "数值超出范围", "is a number too large to be one");
                return;
            }

            var unit = schema.Unit is null ? "" : " " + schema.Unit;
            Limit(number < schema.Minimum, schema.Minimum, "minimum", "不得小于", "must be at least");
            Limit(number > schema.Maximum, schema.Maximum, "maximum", "不得大于", "must be at most");
            Limit(number <= schema.ExclusiveMinimum, schema.ExclusiveMinimum, "exclusiveMinimum", "须大于", "must be more than");
            Limit(number >= schema.ExclusiveMaximum, schema.ExclusiveMaximum, "exclusiveMaximum", "须小于", "must be less than");
            if (schema.MultipleOf is { } step && number % step != 0)
            {
                Report(path, "multipleOf", $"须为 {Numbers.Text(step)} 的整数倍", $"must be a multiple of {Numbers.Text(step)}");
            }

            void Limit(bool broken, decimal? bound, string rule, string zh, string en)
            {
                if (broken)
                {
                    Report(path, rule, $"{zh} {Numbers.Text(bound!.Value)}{unit}，现为 {Numbers.Text(number)}", $"{en} {Numbers.Text(bound.Value)}{unit}, is {Numbers.Text(number)}");
                }
            }
        }

        private void Combinations(FormSchema schema, JsonNode? node, string path)
        {
            foreach (var part in schema.AllOf)
            {
                Check(part, node, path);
            }

            if (schema.AnyOf.Count > 0 && !schema.AnyOf.Any(part => Fits(part, node)))
            {
                Report(path, "anyOf", "不是允许的填法", "is not one of the permitted forms");
            }

            if (schema.OneOf.Count > 0 && schema.OneOf.Count(part => Fits(part, node)) != 1)
            {
                Report(path, "oneOf", "须恰好符合一种填法", "must be exactly one of the permitted forms");
            }

            if (schema.Not is { } not && Fits(not, node))
            {
                Report(path, "not", "是不允许的填法", "is not permitted");
            }

            if (schema.If is { } condition && (Fits(condition, node) ? schema.Then : schema.Else) is { } branch)
            {
                Check(branch, node, path);
            }
        }

        private bool Fits(FormSchema schema, JsonNode? node)
        {
            var trial = new Run(form);
            trial.Check(schema, node, "");
            return trial.Errors.Count == 0;
        }

        private void Report(string path, string rule, string zh, string en)
        {
            var label = form.LabelOf(LabelPath(path));
            Add(Submitted(path), rule, path.Length == 0 ? new(zh, en) : new($"“{label.Zh}”{zh}", $"'{label.En}' {en}"));
        }

        /// <summary>The path with the key the section was sent under.</summary>
        private string Submitted(string path)
        {
            var end = path.AsSpan().IndexOfAny('.', '[');
            var section = end < 0 ? path : path[..end];
            return Keys.TryGetValue(section, out var key) ? key + path[section.Length..] : path;
        }

        private static string Child(string path, string name) => path.Length == 0 ? name : path + "." + name;

        private static string LabelPath(string path) => Index().Replace(path, "");

        private static bool Same(JsonNode? a, JsonNode? b) =>
            Numbers.Of(a) is { } x && Numbers.Of(b) is { } y ? x == y : JsonNode.DeepEquals(a, b);

        private static string TypeZh(string type) => type switch
        {
            "object" => "一组内容", "array" => "列表", "string" => "文字", "number" => "数字", "integer" => "整数", "boolean" => "是或否", _ => "空",
        };

        private static string FormatZh(string format) => format switch
        {
            "date" => "日期（年-月-日）", "date-time" => "时间（含时区）", "time" => "时刻", "email" => "电子邮箱", _ => "网址",
        };
    }

    [GeneratedRegex(@"\[[0-9]+\]", RegexOptions.CultureInvariant)]
    private static partial Regex Index();
}
