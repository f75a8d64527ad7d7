using System.Globalization;
using System.Text.Json;

namespace PowerWorkflow.Processes.Documents;

/// <summary>
/// A place in a JSON document that knows its own path. Reading a wrong value notes a <see cref="Problem"/> and goes on, so that one
/// pass tells the author everything that is wrong. A value of null means absent or already reported.
/// </summary>
public readonly struct JsonField
{
    private readonly JsonElement? element;
    private readonly List<Problem> problems;

    private JsonField(JsonElement? element, string path, List<Problem> problems)
    {
        this.element = element is { ValueKind: JsonValueKind.Null } ? null : element;
        this.problems = problems;
        Path = path;
    }

    public string Path { get; }

    public bool IsAbsent => element is null;

    /// <summary>Opens a text; JSON that cannot be parsed is a problem of the field <c>$</c> and gives null.</summary>
    public static JsonField? Open(string json, List<Problem> problems)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return new JsonField(document.RootElement.Clone(), "", problems);
            }

            problems.Add(new Problem("$", "not-an-object", new LocalText(
                "应为一个 JSON 对象", $"expected a JSON object, found {Words(document.RootElement)}")));
            return null;
        }
        catch (JsonException e)
        {
            var at = $"{e.LineNumber + 1}:{e.BytePositionInLine + 1}";
            problems.Add(new Problem("$", "not-json", new LocalText($"不是有效的 JSON（位置 {at}）", $"is not valid JSON (at {at})")));
            return null;
        }
    }

    public JsonField this[string name] => new(
        element is { ValueKind: JsonValueKind.Object } e && e.TryGetProperty(name, out var value) ? value : null,
        Path.Length == 0 ? name : $"{Path}.{name}", problems);

    /// <summary>The properties actually written, absent for anything but an object.</summary>
    public IEnumerable<string> Names() =>
        element is { ValueKind: JsonValueKind.Object } e ? e.EnumerateObject().Select(p => p.Name).ToArray() : [];

    public IReadOnlyList<JsonField> Items()
    {
        if (element is not { } e)
        {
            return [];
        }

        if (e.ValueKind != JsonValueKind.Array)
        {
            Wrong("not-a-list", "应为列表", $"expected a list, found {Words(e)}");
            return [];
        }

        var items = new List<JsonField>(e.GetArrayLength());
        foreach (var item in e.EnumerateArray())
        {
            items.Add(new JsonField(item, $"{Path}[{items.Count}]", problems));
        }

        return items;
    }

    public string? Text()
    {
        if (element is not { } e)
        {
            return null;
        }

        if (e.ValueKind == JsonValueKind.String && e.GetString() is { } text && text.Trim().Length > 0)
        {
            return text;
        }

        Wrong("not-text", "应为非空文本", $"expected text that is not empty, found {Words(e)}");
        return null;
    }

    public string RequiredText()
    {
        Require();
        return Text() ?? "";
    }

    public int? Whole(int least = int.MinValue, int most = int.MaxValue)
    {
        if (element is not { } e)
        {
            return null;
        }

        if (e.ValueKind == JsonValueKind.Number && e.TryGetInt32(out var value) && value >= least && value <= most)
        {
            return value;
        }

        Wrong("not-a-whole-number", $"应为 {least} 到 {most} 之间的整数", $"expected a whole number from {least} to {most}, found {Words(e)}");
        return null;
    }

    public int RequiredWhole(int least = int.MinValue, int most = int.MaxValue)
    {
        Require();
        return Whole(least, most) ?? 0;
    }

    public decimal? Number()
    {
        if (element is not { } e)
        {
            return null;
        }

        if (e.ValueKind == JsonValueKind.Number && e.TryGetDecimal(out var value))
        {
            return value;
        }

        Wrong("not-a-number", "应为数字", $"expected a number, found {Words(e)}");
        return null;
    }

    public bool? Flag()
    {
        if (element is not { } e)
        {
            return null;
        }

        if (e.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return e.GetBoolean();
        }

        Wrong("not-a-flag", "应为 true 或 false", $"expected true or false, found {Words(e)}");
        return null;
    }

    public DateOnly? Date()
    {
        if (element is not { } e)
        {
            return null;
        }

        if (e.ValueKind == JsonValueKind.String
            && DateOnly.TryParseExact(e.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return date;
        }

        Wrong("not-a-date", $"应为 年-月-日 形式的日期，实际为 {Words(e)}", $"expected a date such as 2026-10-01, found {Words(e)}");
        return null;
    }

    /// <summary>A member of a closed list, by its exact name.</summary>
    public T? OneOf<T>() where T : struct, Enum
    {
        if (Text() is not { } text)
        {
            return null;
        }

        // By name only: Enum.TryParse alone would take the number 7 for a value that does not exist.
        if (Enum.GetNames<T>().Contains(text, StringComparer.Ordinal))
        {
            return Enum.Parse<T>(text);
        }

        var known = string.Join(", ", Enum.GetNames<T>());
        Wrong("unknown-value", $"“{text}”不在允许的值之内：{known}", $"'{text}' is not one of {known}");
        return null;
    }

    public T RequiredOneOf<T>() where T : struct, Enum
    {
        Require();
        return OneOf<T>() ?? default;
    }

    /// <summary>Notes a problem at this place.</summary>
    public void Wrong(string rule, string zh, string en) => problems.Add(new Problem(Path, rule, new LocalText(zh, en)));

    private void Require()
    {
        if (element is null)
        {
            Wrong("missing", "缺少该字段", "is missing");
        }
    }

    private static string Words(JsonElement e) => e.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        _ => e.GetRawText() is { Length: > 60 } raw ? raw[..60] + "…" : e.GetRawText(),
    };
}
