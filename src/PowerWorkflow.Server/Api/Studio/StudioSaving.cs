using System.Text.Json;
using System.Text.Json.Nodes;
using PowerWorkflow.Server.Commands;
using PowerWorkflow.Server.Refusals;
using PowerWorkflow.Server.Security;

namespace PowerWorkflow.Server.Api.Studio;

/// <summary>The Studio's save, which it sends half a second after every change, and again when an answer is late.</summary>
internal static class StudioSaving
{
    public static void MapStudioSaving(this IEndpointRouteBuilder api) => api.MapPost("/workflow-definitions", Save).RequireOwner();

    private static async Task<IResult> Save(
        HttpContext http, SaveDefinition saving, PublishDefinition publishing, SignedIn who, StudioDescriptors descriptors, CancellationToken ct)
    {
        var body = await http.ReadDefinition(ct);
        if (body["model"] is not JsonObject model) throw new RefusedException(DefinitionProblems.ImportUnreadable("$.model"));
        var headers = http.Request.Headers;
        var saved = await saving.Execute(new DefinitionSave(
            model, who.PersonId,
            headers["X-Studio-Base-Revision"] is [{ Length: > 0 } revision] ? revision : null,
            headers["X-Studio-Session"] is [{ Length: > 0 and <= 64 } session] ? session : null,
            long.TryParse(headers["X-Studio-Sequence"], out var sequence) ? sequence : 0,
            headers["X-Studio-Confirm-Empty"] == "1"), ct);
        http.TellRevision(saved.DefinitionId, saved.Revision);

        var alreadyPublished = false;
        if (body["publish"] is JsonValue publish && publish.GetValueKind() == JsonValueKind.True)
        {
            var published = await publishing.Execute(new PublishOrder(saved.DefinitionId, who.PersonId, saved.Revision), ct);
            (saved, alreadyPublished) = (published.Definition, published.WasPublished);
        }

        return StudioReplies.Json(await Reply(saved, alreadyPublished, who, descriptors, ct));
    }

    /// <summary>What the Studio reads after a save or a publication: it puts the returned model in the place of its own.</summary>
    public static async Task<JsonObject> Reply(SavedDefinition saved, bool alreadyPublished, SignedIn who, StudioDescriptors descriptors, CancellationToken ct) => new()
    {
        ["workflowDefinition"] = StudioReplies.Definition(saved, who.Reach.IsProcessOwner, await descriptors.Known(ct)),
        ["alreadyPublished"] = alreadyPublished,
        ["consumingWorkflowCount"] = 0,
        ["validationErrors"] = new JsonArray(),
    };
}
