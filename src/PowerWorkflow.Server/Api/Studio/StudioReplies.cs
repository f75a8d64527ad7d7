using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using PowerWorkflow.Server.Commands;
using PowerWorkflow.Server.Definitions;
using PowerWorkflow.Server.Storage.Schema;

namespace PowerWorkflow.Server.Api.Studio;

/// <summary>The shapes the Studio reads: camelCase, case-sensitive, no null where it expects a list.</summary>
internal static class StudioReplies
{
    public const string RevisionHeader = "X-Studio-Revision";
    public const string DefinitionHeader = "X-Studio-Definition";

    public static IResult Json(JsonNode node, int status = 200) =>
        TypedResults.Text(node.ToJsonString(DefinitionFormat.Json), "application/json", Encoding.UTF8, status);

    /// <summary><c>{"items":[…],"count":n}</c>.</summary>
    public static IResult List(IEnumerable<JsonNode?> items)
    {
        var list = new JsonArray([.. items]);
        return Json(new JsonObject { ["items"] = list, ["count"] = list.Count });
    }

    /// <summary>A whole definition; editable in the Studio only with a link named publish, and when it is the latest version.</summary>
    public static JsonObject Definition(SavedDefinition row, bool editable, Func<string, int, bool> known)
    {
        var model = StudioDocument.ForStudio(JsonNode.Parse(row.Document)!.AsObject(), known); // stored documents are objects
        model["id"] = row.VersionId;
        model["definitionId"] = row.DefinitionId;
        model["tenantId"] = null;
        model["version"] = row.Version;
        model["createdAt"] = row.CreatedAt;
        if (!System.Version.TryParse(model["toolVersion"]?.GetValueKind() == JsonValueKind.String ? model["toolVersion"]!.GetValue<string>() : null, out _)) model["toolVersion"] = DefinitionFormat.ToolVersion;
        model["isReadonly"] = false;
        model["isSystem"] = false;
        model["isLatest"] = row.IsLatest;
        model["isPublished"] = row.IsPublished;
        model["links"] = Links(row.DefinitionId, editable);
        return model;
    }

    /// <summary>A line of the list.</summary>
    public static JsonObject Summary(SavedDefinition row, bool editable) => new()
    {
        ["id"] = row.VersionId,
        ["definitionId"] = row.DefinitionId,
        ["name"] = Member(row.Document, "name") ?? row.DefinitionId,
        ["description"] = Member(row.Document, "description"),
        ["version"] = row.Version,
        ["toolVersion"] = DefinitionFormat.ToolVersion,
        ["isLatest"] = row.IsLatest,
        ["isPublished"] = row.IsPublished,
        ["providerName"] = null,
        ["materializerName"] = "Json",
        ["isMaterializerAvailable"] = true,
        ["createdAt"] = row.CreatedAt,
        ["isReadonly"] = false,
        ["links"] = Links(row.DefinitionId, editable),
    };

    /// <summary>What is known of a stored version, with the revision unknown.</summary>
    public static SavedDefinition Of(DefinitionVersion row) =>
        new(row.DefinitionId, row.VersionId, row.Version, row.Document, row.IsLatest, row.IsPublished, row.CreatedAt, "");

    /// <summary>Links that make the list itself editable.</summary>
    public static JsonArray ListLinks(bool editable) => editable
        ? [Link("/bulk-actions/publish/workflow-definitions/by-definition-ids", "bulk-publish", "POST"), Link("/bulk-actions/retract/workflow-definitions/by-definition-ids", "bulk-retract", "POST"),
            Link("/bulk-actions/delete/workflow-definitions/by-definition-id", "bulk-delete", "POST"), Link("/workflow-definitions", "create", "POST")]
        : [];

    private static JsonArray Links(string definitionId, bool editable)
    {
        JsonArray links = [Link($"/workflow-definitions/by-definition-id/{definitionId}", "self", "GET")];
        if (!editable) return links;
        links.Add(Link($"/workflow-definitions/{definitionId}/publish", "publish", "POST"));
        links.Add(Link($"/workflow-definitions/{definitionId}/retract", "retract", "POST"));
        links.Add(Link($"/workflow-definitions/{definitionId}", "delete", "DELETE"));
        return links;
    }

    private static JsonObject Link(string href, string rel, string method) => new() { ["href"] = href, ["rel"] = rel, ["method"] = method };

    /// <summary>A text member of a document, without building a tree of all of it.</summary>
    private static string? Member(string document, string name)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(document));
        while (reader.Read())
        {
            if (reader.CurrentDepth != 1 || reader.TokenType != JsonTokenType.PropertyName) continue;
            var wanted = reader.ValueTextEquals(name);
            reader.Read();
            if (wanted) return reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
            reader.Skip();
        }

        return null;
    }
}
