using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PowerWorkflow.Server.Refusals;
using PowerWorkflow.Server.Storage;

namespace PowerWorkflow.Server.Api.Studio;

/// <summary>One line of a drop-down.</summary>
internal sealed record Choice(string Value, string Text);

/// <summary>What process owners choose from, in one language: roles, forms, policies, ladders, pause codes, units, processes.</summary>
internal sealed class StudioChoices
{
    public IReadOnlyList<Choice> Roles { get; private init; } = [];
    public IReadOnlyList<Choice> Forms { get; private init; } = [];
    public IReadOnlyList<Choice> PolicyItems { get; private init; } = [];
    public IReadOnlyList<Choice> Ladders { get; private init; } = [];
    public IReadOnlyList<Choice> PauseCodes { get; private init; } = [];
    public IReadOnlyList<Choice> Units { get; private init; } = [];
    public IReadOnlyList<Choice> Judges { get; private init; } = [];
    public IReadOnlyList<Choice> Processes { get; private init; } = [];
    public IReadOnlyList<Choice> Evidence { get; private init; } = [];
    public IReadOnlyList<Choice> Channels { get; private init; } = [];

    public static async Task<StudioChoices> Read(WorkflowDb db, string language, CancellationToken ct)
    {
        var english = language == Languages.English;
        // The newest version of each document.
        var reference = (await db.ReferenceDocuments.AsNoTracking().ToListAsync(ct))
            .GroupBy(d => (d.Kind, d.Code)).Select(g => g.OrderByDescending(d => d.Version).First()).ToList();
        IEnumerable<JsonNode> Of(string kind) => reference.Where(d => d.Kind == kind).Select(d => JsonNode.Parse(d.Json)).OfType<JsonNode>();
        string Say(string zh, string en) => english ? en : zh;

        var labels = reference.FirstOrDefault(d => d.Kind == "labels" && d.Code == language) is { } found ? JsonNode.Parse(found.Json) : null;
        var forms = await db.FormVersions.AsNoTracking().Select(f => new { f.Process, f.Code, f.Version, f.Json }).ToListAsync(ct);
        var processes = await db.DefinitionVersions.AsNoTracking().Where(v => v.IsLatest).Select(v => new { v.DefinitionId, v.Name }).ToListAsync(ct);
        return new StudioChoices
        {
            Roles = Coded(Of("roles"), "roles", language),
            PolicyItems = Labelled(labels, "policyItems"),
            Ladders = Coded(Of("ladders"), "ladders", language),
            PauseCodes = Labelled(labels, "pauseCodes"),
            Units = [.. Labelled(labels, "departments").Select(d => new Choice($"@{d.Value}", $"@{d.Text}")), .. Coded(Of("org"), "units", language)],
            Judges = [.. PowerWorkflow.Processes.Judges.Judges.Codes.Select(code => new Choice(code, code))],
            Forms =
            [
                .. forms.GroupBy(f => f.Code).Select(g => g.OrderByDescending(f => f.Version).First())
                    .Select(f => new Choice(f.Code, $"{Name(JsonNode.Parse(f.Json)?["title"], language) ?? f.Code} ({f.Code})")),
            ],
            Processes = [.. processes.Select(p => new Choice(p.DefinitionId, $"{p.Name} ({p.DefinitionId})"))],
            Evidence =
            [
                new("photo", Say("照片", "Photo")), new("position", Say("定位", "Position")), new("signature", Say("签名", "Signature")), new("document", Say("文件", "Document")),
            ],
            Channels = [new("InApp", Say("站内", "In the application")), new("Email", Say("邮件", "E-mail")), new("Webhook", Say("接口", "Webhook"))],
        };
    }

    /// <summary>Codes of a group of the shared labels, with their names.</summary>
    private static List<Choice> Labelled(JsonNode? labels, string group) =>
        [.. (labels?[group] as JsonObject ?? []).Select(l => new Choice(l.Key, l.Value?.ToString() == l.Key ? l.Key : $"{l.Value} ({l.Key})"))];

    /// <summary>Entries with a code and a name, wherever the document lists them.</summary>
    private static List<Choice> Coded(IEnumerable<JsonNode> documents, string list, string language)
    {
        Dictionary<string, Choice> found = [];
        foreach (var document in documents)
        {
            var entries = document as JsonArray ?? document[list] as JsonArray ?? [];
            foreach (var entry in entries.OfType<JsonObject>())
            {
                var code = (entry["code"] ?? entry["item"] ?? entry["id"])?.ToString();
                if (string.IsNullOrEmpty(code)) continue;
                var name = Name(entry["name"] ?? entry["title"] ?? entry["label"], language);
                found[code] = new Choice(code, name is null ? code : $"{name} ({code})");
            }
        }

        return [.. found.Values];
    }

    private static string? Name(JsonNode? name, string language) => name switch
    {
        JsonValue value => value.ToString(),
        JsonObject both => (both[language] ?? both["zh-CN"] ?? both["zh"] ?? both["en"])?.ToString(),
        _ => null,
    };
}
