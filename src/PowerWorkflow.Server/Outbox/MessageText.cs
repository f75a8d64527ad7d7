using System.Text.Json.Nodes;

namespace PowerWorkflow.Server.Outbox;

/// <summary>What a message to people says. A payload has <c>template</c>, <c>title</c> and <c>values</c>; <c>subject</c> and <c>body</c> when its words are written already.</summary>
internal static class MessageText
{
    /// <summary>What the words of the template name.</summary>
    public static JsonObject Values(JsonObject payload)
    {
        var values = (payload["values"] ?? payload["data"])?.DeepClone() as JsonObject ?? [];
        if (payload["title"] is { } title)
            values["title"] = title.DeepClone();
        if (payload["urgent"] is { } urgent)
            values["urgent"] = urgent.DeepClone();
        return values;
    }

    public static string Subject(JsonObject payload)
    {
        var words = (string?)payload["subject"] ?? (string?)payload["title"] ?? (string?)payload["template"] ?? "";
        return (string?)Values(payload)["caseNumber"] is { } number && !words.Contains(number, StringComparison.Ordinal) ? $"{number} {words}" : words;
    }

    /// <summary>The body, or a line per value.</summary>
    public static string Body(JsonObject payload) =>
        (string?)payload["body"] ?? string.Join("\n", Values(payload).Where(value => value.Value is not null).Select(value => $"{value.Key}: {value.Value}"));
}
