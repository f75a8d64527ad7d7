using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PowerWorkflow.Engine.Journal;

/// <summary>
/// RFC 8785, the JSON Canonicalization Scheme: members sorted by UTF-16 code units, no white space, numbers as ECMAScript writes them, only the escapes that
/// are needed. Two documents that mean the same have the same bytes.
/// </summary>
public static class CanonicalJson
{
    /// <summary>The canonical UTF-8 bytes of a document.</summary>
    /// <remarks>Numbers are IEEE doubles, as the RFC demands: a decimal with more than 17 digits is rounded.</remarks>
    public static byte[] Bytes(JsonNode? node)
    {
        var text = new StringBuilder(256);
        Write(text, node);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>Whether two documents mean the same: order of object members is all that may differ.</summary>
    public static bool Same(JsonNode? a, JsonNode? b) => Bytes(a).AsSpan().SequenceEqual(Bytes(b));

    private static void Write(StringBuilder text, JsonNode? node)
    {
        switch (node)
        {
            case null:
                text.Append("null");
                break;
            case JsonObject json:
                WriteObject(text, json);
                break;
            case JsonArray list:
                text.Append('[');
                for (var i = 0; i < list.Count; i++)
                {
                    if (i > 0) text.Append(',');
                    Write(text, list[i]);
                }
                text.Append(']');
                break;
            case JsonValue value:
                WriteValue(text, value);
                break;
        }
    }

    private static void WriteObject(StringBuilder text, JsonObject json)
    {
        var count = json.Count;
        var members = ArrayPool<KeyValuePair<string, JsonNode?>>.Shared.Rent(Math.Max(1, count));
        ((ICollection<KeyValuePair<string, JsonNode?>>)json).CopyTo(members, 0);
        Array.Sort(members, 0, count, byName);
        text.Append('{');
        for (var i = 0; i < count; i++)
        {
            if (i > 0) text.Append(',');
            WriteText(text, members[i].Key);
            text.Append(':');
            Write(text, members[i].Value);
        }
        text.Append('}');
        ArrayPool<KeyValuePair<string, JsonNode?>>.Shared.Return(members, clearArray: true);
    }

    private static readonly Comparer<KeyValuePair<string, JsonNode?>> byName =
        Comparer<KeyValuePair<string, JsonNode?>>.Create((a, b) => string.CompareOrdinal(a.Key, b.Key));

    private static void WriteValue(StringBuilder text, JsonValue value)
    {
        switch (value.GetValueKind())
        {
            case JsonValueKind.True: text.Append("true"); break;
            case JsonValueKind.False: text.Append("false"); break;
            case JsonValueKind.Null: text.Append("null"); break;
            case JsonValueKind.Number: WriteNumber(text, Number(value)); break;
            case JsonValueKind.String: WriteText(text, value.TryGetValue(out string? plain) ? plain : JsonSerializer.Deserialize<string>(value.ToJsonString())!); break; // a date or the like: its JSON is a text
            default: throw new NotSupportedException($"A JSON value of kind {value.GetValueKind()} has no canonical form.");
        }
    }

    private static double Number(JsonValue value)
    {
        if (value.TryGetValue(out double real)) return real;
        if (value.TryGetValue(out int whole)) return whole;
        if (value.TryGetValue(out long large)) return large;
        if (value.TryGetValue(out decimal exact)) return (double)exact;
        return double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture);
    }

    /// <summary>ECMAScript's Number::toString: shortest digits that read back the same; an exponent from 1e21 up and below 1e-6.</summary>
    private static void WriteNumber(StringBuilder text, double number)
    {
        if (number == 0) { text.Append('0'); return; } // minus zero as well
        if (number < 0) { text.Append('-'); number = -number; }
        if (number < 1e15 && number == Math.Truncate(number)) { text.Append((long)number); return; }
        // .NET finds the same shortest digits, but writes them its own way: d.dddE+xx, 0.000ddd or dddd.
        var shortest = number.ToString("R", CultureInfo.InvariantCulture).Split('E');
        var point = shortest[0].IndexOf('.', StringComparison.Ordinal);
        var all = shortest[0].Replace(".", "", StringComparison.Ordinal);
        var digits = all.TrimStart('0');
        var exponent = (point < 0 ? all.Length : point) - 1 - (all.Length - digits.Length) + (shortest.Length > 1 ? int.Parse(shortest[1], CultureInfo.InvariantCulture) : 0);
        digits = digits.TrimEnd('0');
        if (exponent is >= 21 or < -6)
        {
            text.Append(digits[0]);
            if (digits.Length > 1) text.Append('.').Append(digits, 1, digits.Length - 1);
            text.Append('e').Append(exponent > 0 ? "+" : "-").Append(Math.Abs(exponent));
        }
        else if (exponent < 0) text.Append("0.").Append('0', -exponent - 1).Append(digits);
        else if (digits.Length <= exponent + 1) text.Append(digits).Append('0', exponent + 1 - digits.Length);
        else text.Append(digits, 0, exponent + 1).Append('.').Append(digits, exponent + 1, digits.Length - exponent - 1);
    }

    private static void WriteText(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var letter in value)
        {
            switch (letter)
            {
                case '"': text.Append("\\\""); break;
                case '\\': text.Append("\\\\"); break;
                case '\b': text.Append("\\b"); break;
                case '\t': text.Append("\\t"); break;
                case '\n': text.Append("\\n"); break;
                case '\f': text.Append("\\f"); break;
                case '\r': text.Append("\\r"); break;
                case < ' ': text.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}"); break;
                default: text.Append(letter); break;
            }
        }
        text.Append('"');
    }
}
