using System.Text.Json.Nodes;

namespace PowerWorkflow.Engine.Expressions;

/// <summary>Strict conversion to the type an activity declares for an input.</summary>
internal static class Conversion<T>
{
    private static readonly Func<object, bool, TimeZoneInfo, object?> convert = Find();

    public static T? From(object value, bool literal, TimeZoneInfo timeZone) => (T?)convert(value, literal, timeZone);

    private static Func<object, bool, TimeZoneInfo, object?> Find()
    {
        var type = Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T);
        if (type == typeof(string)) return (value, _, _) => Values.ToText(value);
        if (type == typeof(bool)) return (value, literal, _) => Values.ToBoolean(value, literal);
        if (type == typeof(int)) return (value, _, _) => (int)Values.ToWholeNumber(value, int.MinValue, int.MaxValue);
        if (type == typeof(long)) return (value, _, _) => Values.ToWholeNumber(value, long.MinValue, long.MaxValue);
        if (type == typeof(double)) return (value, _, _) => Values.ToDouble(value);
        if (type == typeof(decimal)) return (value, _, _) => Values.ToDecimal(value);
        if (type == typeof(DateTimeOffset)) return (value, _, zone) => Values.ToInstant(value, zone);
        if (type == typeof(TimeSpan)) return (value, _, _) => Values.ToDuration(value);
        if (type == typeof(IReadOnlyList<string>)) return (value, _, _) => Values.ToTexts(value);
        if (type == typeof(JsonNode)) return (value, literal, _) => Node(value, literal);
        if (type == typeof(JsonObject)) return (value, literal, _) => Node(value, literal) as JsonObject ?? throw new ConversionException(value, "an object");
        if (type == typeof(JsonArray)) return (value, literal, _) => Node(value, literal) as JsonArray ?? throw new ConversionException(value, "a list");
        if (type.IsEnum) return (value, _, _) => Enum.TryParse(type, Values.ToText(value), ignoreCase: true, out var name) && Enum.IsDefined(type, name!)
            ? name : throw new ConversionException(value, $"one of {string.Join(", ", Enum.GetNames(type))}");
        throw new NotSupportedException($"No activity input can be of type {typeof(T)}: choose text, a number, true/false, a date, a duration, a list of texts, an enum or JSON.");
    }

    private static JsonNode? Node(object value, bool literal) => literal && value is string text ? Values.JsonOrText(text) : Values.ToNode(value);
}

/// <summary>Elsa's names for the types of inputs.</summary>
internal static class TypeNames
{
    public static string Of(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(IReadOnlyList<string>)) return "System.Collections.Generic.ICollection`1[System.String]";
        if (type == typeof(JsonNode) || type == typeof(JsonObject) || type == typeof(JsonArray)) return "Object";
        return type.IsEnum ? "String" : type.Name;
    }
}
