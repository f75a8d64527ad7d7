using System.Text.Json.Nodes;

namespace PowerWorkflow.Testing;

/// <summary>What a device adds to a step that asks for proof.</summary>
public static class Evidence
{
    /// <summary>The smallest picture: one grey pixel.</summary>
    public static readonly ReadOnlyMemory<byte> Photo = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==");

    /// <summary>Proof of the kinds a task asks for.</summary>
    /// <param name="kinds">photo, position, signature, document.</param>
    /// <param name="upload">Uploads <see cref="Photo"/> and tells the file's id.</param>
    /// <returns>The <c>evidence</c> of a completion; null when the task asks for none.</returns>
    public static async Task<JsonObject?> ForAsync(IReadOnlyCollection<string> kinds, Func<Task<string>> upload)
    {
        if (kinds.Count == 0)
        {
            return null;
        }

        var evidence = new JsonObject();
        if (kinds.Contains("position"))
        {
            evidence["position"] = new JsonObject { ["lat"] = 28.68, ["lng"] = 115.86, ["accuracy"] = 8 };
        }

        if (kinds.Any(kind => kind != "position"))
        {
            evidence["files"] = new JsonArray(await upload());
        }

        return evidence;
    }

    /// <summary>The body of an upload.</summary>
    public static MultipartFormDataContent Upload(string caseId, string taskId)
    {
        var picture = new ByteArrayContent(Photo.ToArray());
        picture.Headers.ContentType = new("image/png");
        return new MultipartFormDataContent { { picture, "file", "site.png" }, { new StringContent(caseId), "caseId" }, { new StringContent(taskId), "taskId" } };
    }
}
