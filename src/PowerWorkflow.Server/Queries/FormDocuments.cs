using System.Text.Json.Nodes;

namespace PowerWorkflow.Server.Queries;

/// <summary>Forms as the page gets them: the stored document with the checklists its fields refer to.</summary>
internal static class FormDocuments
{
    /// <param name="checklist">Finds a checklist document by its code.</param>
    public static async Task<FormDocument> Read(JsonObject form, Func<string, Task<JsonObject?>> checklist)
    {
        var lists = new Dictionary<string, JsonNode?>();
        foreach (var code in Checklists(form["schema"]).Distinct())
        {
            lists[code] = await checklist(code);
        }

        return new FormDocument(
            (string?)form["code"] ?? "", (int?)form["version"] ?? 1, form["title"] ?? new JsonObject(), Strings(form["reads"]), Strings(form["writes"]),
            form["schema"] ?? new JsonObject(), form["labels"], lists);
    }

    private static string[] Strings(JsonNode? node) => node is JsonArray list ? [.. list.Select(item => (string?)item).OfType<string>()] : [];

    private static IEnumerable<string> Checklists(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(m => m is { Key: "x-checklist", Value: JsonValue code } ? [code.ToString()] : Checklists(m.Value)),
        JsonArray items => items.SelectMany(Checklists),
        _ => [],
    };
}
