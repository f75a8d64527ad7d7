using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;

namespace PowerWorkflow.Engine.Expressions;

/// <summary>
/// Strict conversions between what expressions give and what activities need. Nothing is guessed: a text is a number only when all of it is one, and
/// only true and false are conditions. Values are null, bool, double, decimal, whole numbers, text, instants, durations, or JSON.
/// </summary>
public static class Values
{
    /// <summary>Text as people read it: JavaScript's form for numbers, <c>true</c>/<c>false</c>, JSON for objects and lists.</summary>
    public static string ToText(object? value) => value switch
    {
        null => "",
        string text => text,
        bool flag => flag ? "true" : "false",
        double number => NumberText(number),
        decimal number => number.ToString(CultureInfo.InvariantCulture),
        DateTimeOffset instant => instant.ToString("O", CultureInfo.InvariantCulture),
        TimeSpan duration => duration.ToString("c", CultureInfo.InvariantCulture),
        JsonValue json => ToText(Primitive(json)),
        JsonNode json => json.ToJsonString(Json.Relaxed),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new ConversionException(value.GetType().Name, "a JSON value"),
    };

    private static string NumberText(double number) =>
        number == Math.Truncate(number) && Math.Abs(number) < 1e15
            ? ((long)number).ToString(CultureInfo.InvariantCulture)
            : number.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A condition's value. Text counts only when typed as a literal in the designer.</summary>
    public static bool ToBoolean(object? value, bool literal = false) => Primitive(value) switch
    {
        bool flag => flag,
        string text when literal && bool.TryParse(text, out var flag) => flag,
        var other => throw new ConversionException(other, "true or false"),
    };

    /// <summary>A whole number within a range.</summary>
    public static long ToWholeNumber(object? value, long least, long most)
    {
        var number = ToDecimalOr(value, "a whole number");
        if (number != decimal.Truncate(number)) throw new ConversionException(number, "a whole number");
        if (number < least || number > most) throw new ConversionException(number, $"a whole number from {least} to {most}");
        return (long)number;
    }

    /// <summary>A binary floating point number.</summary>
    public static double ToDouble(object? value) => Primitive(value) switch
    {
        double number when double.IsFinite(number) => number,
        decimal number => (double)number,
        int number => number,
        long number => number,
        string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => number,
        var other => throw new ConversionException(other, "a number"),
    };

    /// <summary>A decimal number.</summary>
    public static decimal ToDecimal(object? value) => ToDecimalOr(value, "a number");

    // Asked for as decimal first: a JSON number read as double would lose digits past the fifteenth.
    private static decimal ToDecimalOr(object? value, string expected) => value is JsonValue json && json.TryGetValue(out decimal exact) ? exact : Primitive(value) switch
    {
        double number when double.IsFinite(number) && Math.Abs(number) < 7.9e28 => (decimal)number,
        decimal number => number,
        int number => number,
        long number => number,
        string text when decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        var other => throw new ConversionException(other, expected),
    };

    /// <summary>An instant: ISO 8601; without an offset it is local time of <paramref name="timeZone"/>.</summary>
    public static DateTimeOffset ToInstant(object? value, TimeZoneInfo timeZone) => Primitive(value) switch
    {
        DateTimeOffset instant => instant,
        string text => ParseInstant(text, timeZone),
        var other => throw new ConversionException(other, "a date and time"),
    };

    private static DateTimeOffset ParseInstant(string text, TimeZoneInfo timeZone)
    {
        if (!DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var local))
            throw new ConversionException(text, "a date and time such as 2026-11-02T09:00:00+08:00");
        // RoundtripKind gives Local for an explicit offset (already shifted), Utc for Z and Unspecified for none.
        return local.Kind == DateTimeKind.Unspecified
            ? new DateTimeOffset(local, timeZone.GetUtcOffset(local))
            : DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
    }

    /// <summary>A length of time: <c>d.hh:mm:ss</c> as Elsa writes it, or ISO 8601 (<c>PT4H</c>, <c>P3D</c>).</summary>
    public static TimeSpan ToDuration(object? value)
    {
        switch (Primitive(value))
        {
            case TimeSpan duration:
                return duration;
            case string text when text.StartsWith('P') || text.StartsWith("-P", StringComparison.Ordinal):
                try
                {
                    return XmlConvert.ToTimeSpan(text);
                }
                catch (FormatException)
                {
                    throw new ConversionException(text, "a duration such as PT4H or 04:00:00");
                }
            case string text when TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var duration):
                return duration;
            case var other:
                throw new ConversionException(other, "a duration such as PT4H or 04:00:00");
        }
    }

    /// <summary>A list of texts: a JSON list, a JSON list as text (the designer's form), or one text.</summary>
    public static IReadOnlyList<string> ToTexts(object? value)
    {
        if (value is null) return [];
        if (Primitive(value) is string text)
        {
            if (text.Length == 0) return [];
            if (JsonOrText(text) is not JsonArray parsed) return [text];
            value = parsed;
        }
        if (value is not JsonArray items) throw new ConversionException(value, "a list of texts");
        return [.. items.Select(ToText)];
    }

    /// <summary>The value as JSON. A node that already has a parent stays where it is; put <see cref="Detached"/> around it to insert it elsewhere.</summary>
    public static JsonNode? ToNode(object? value) => value switch
    {
        null => null,
        JsonNode node => node,
        bool flag => JsonValue.Create(flag),
        double number => JsonValue.Create(number),
        decimal number => JsonValue.Create(number),
        int number => JsonValue.Create(number),
        long number => JsonValue.Create(number),
        _ => JsonValue.Create(ToText(value)),
    };

    /// <summary>The node itself when nothing holds it, else a copy: a JSON node has one parent.</summary>
    public static JsonNode? Detached(JsonNode? node) => node?.Parent is null ? node : node.DeepClone();

    /// <summary>What a text typed in the designer stands for where any object is taken: JSON when it is JSON, else itself.</summary>
    public static JsonNode? JsonOrText(string text)
    {
        var trimmed = text.AsSpan().TrimStart();
        if (trimmed.IsEmpty || !(trimmed[0] is '{' or '[' or '"')) return JsonValue.Create(text);
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return JsonValue.Create(text);
        }
    }

    /// <summary>A JSON primitive as the plain value inside it; anything else unchanged.</summary>
    public static object? Primitive(object? value) => value is JsonValue json ? Primitive(json) : value;

    private static object? Primitive(JsonValue json)
    {
        switch (json.GetValueKind())
        {
            case JsonValueKind.True: return true;
            case JsonValueKind.False: return false;
            case JsonValueKind.String:
                return json.TryGetValue(out string? text) ? text : json.GetValue<object>();
            case JsonValueKind.Number:
                // Always a double, whatever holds it: a value must not change its looks because the state was written and read in between.
                if (json.TryGetValue(out double number)) return number;
                if (json.TryGetValue(out int whole)) return (double)whole;
                return double.Parse(json.ToJsonString(), CultureInfo.InvariantCulture);
            default: return null;
        }
    }
}
