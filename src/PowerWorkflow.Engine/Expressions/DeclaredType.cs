using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PowerWorkflow.Engine.Expressions;

/// <summary>The kinds of value a definition can declare for variables, inputs and outputs.</summary>
public enum ValueKind
{
    /// <summary>Anything JSON can hold.</summary>
    Any,
    /// <summary>Text.</summary>
    Text,
    /// <summary>true or false.</summary>
    Boolean,
    /// <summary>32-bit whole number.</summary>
    Whole,
    /// <summary>64-bit whole number.</summary>
    LargeWhole,
    /// <summary>Binary floating point.</summary>
    Number,
    /// <summary>Decimal number: money, energy.</summary>
    Exact,
    /// <summary>An instant; kept as ISO 8601 text with offset.</summary>
    Instant,
    /// <summary>A length of time; kept as <c>d.hh:mm:ss</c> text.</summary>
    Duration,
}

/// <summary>The declared type of a variable, input or output, as Elsa names it (<c>Int32</c>, <c>System.String</c>, <c>Object</c> …).</summary>
/// <param name="Kind">What one value is.</param>
/// <param name="IsArray">Whether it is a list of such values.</param>
public readonly record struct DeclaredType(ValueKind Kind, bool IsArray = false)
{
    /// <summary>Anything.</summary>
    public static DeclaredType Any => default;

    /// <summary>Reads an Elsa type name; names this engine does not know (records of other systems) are plain objects, as they are JSON anyway.</summary>
    public static DeclaredType Parse(string? typeName, bool isArray = false)
    {
        var name = typeName ?? "Object";
        var comma = name.IndexOf(',', StringComparison.Ordinal);
        if (comma > 0) name = name[..comma];
        if (name.EndsWith("[]", StringComparison.Ordinal)) (name, isArray) = (name[..^2], true);
        var dot = name.LastIndexOf('.');
        if (dot >= 0) name = name[(dot + 1)..];
        return new(name switch
        {
            "String" => ValueKind.Text,
            "Boolean" => ValueKind.Boolean,
            "Int16" or "Int32" or "Byte" => ValueKind.Whole,
            "Int64" => ValueKind.LargeWhole,
            "Single" or "Double" => ValueKind.Number,
            "Decimal" => ValueKind.Exact,
            "DateTimeOffset" or "DateTime" => ValueKind.Instant,
            "TimeSpan" => ValueKind.Duration,
            _ => ValueKind.Any,
        }, isArray);
    }

    /// <summary>Brings a value into this type's JSON form.</summary>
    /// <param name="value">What an expression, a literal or a caller gave.</param>
    /// <param name="literal">Whether it was typed as text in the designer, where every literal is a string.</param>
    /// <param name="timeZone">Zone in which instants without an offset are read.</param>
    /// <exception cref="ConversionException">The value is not of this type.</exception>
    public JsonNode? ToJson(object? value, bool literal, TimeZoneInfo timeZone)
    {
        if (value is null) return null;
        if (IsArray) return ToJsonArray(value, literal, timeZone);
        return Kind switch
        {
            ValueKind.Text => JsonValue.Create(Values.ToText(value)),
            ValueKind.Boolean => JsonValue.Create(Values.ToBoolean(value, literal)),
            ValueKind.Whole => JsonValue.Create(checked((int)Values.ToWholeNumber(value, int.MinValue, int.MaxValue))),
            ValueKind.LargeWhole => JsonValue.Create(Values.ToWholeNumber(value, long.MinValue, long.MaxValue)),
            ValueKind.Number => JsonValue.Create(Values.ToDouble(value)),
            ValueKind.Exact => JsonValue.Create(Values.ToDecimal(value)),
            ValueKind.Instant => JsonValue.Create(Values.ToInstant(value, timeZone).ToString("O", CultureInfo.InvariantCulture)),
            ValueKind.Duration => JsonValue.Create(Values.ToDuration(value).ToString("c", CultureInfo.InvariantCulture)),
            _ => literal && value is string text ? Values.JsonOrText(text) : Values.ToNode(value),
        };
    }

    private JsonArray ToJsonArray(object value, bool literal, TimeZoneInfo timeZone)
    {
        if (value is string text && literal) value = Values.JsonOrText(text)!;
        if (value is not JsonArray items) throw new ConversionException(value, "a list");
        var one = new DeclaredType(Kind);
        var result = new JsonArray();
        foreach (var item in items)
            result.Add(Values.Detached(one.ToJson(item, literal: false, timeZone)));
        return result;
    }

    /// <summary>The value a variable of this type has before anything is assigned: nothing for objects, zero or false for primitives, as in Elsa.</summary>
    public JsonNode? Initial => IsArray ? null : Kind switch
    {
        ValueKind.Boolean => JsonValue.Create(false),
        ValueKind.Whole => JsonValue.Create(0),
        ValueKind.LargeWhole => JsonValue.Create(0L),
        ValueKind.Number => JsonValue.Create(0d),
        ValueKind.Exact => JsonValue.Create(0m),
        _ => null,
    };
}

/// <summary>A value that is not of the type it is needed in.</summary>
public sealed class ConversionException(object? value, string expected) : Exception($"got {Describe(value)}; expected {expected}")
{
    private static string Describe(object? value) => value switch
    {
        null => "nothing",
        string text => $"the text \"{(text.Length > 60 ? text[..60] + "…" : text)}\"",
        JsonObject => "an object",
        JsonArray => "a list",
        JsonValue json when json.GetValueKind() == JsonValueKind.String => Describe(json.GetValue<string>()),
        _ => Values.ToText(value),
    };
}
