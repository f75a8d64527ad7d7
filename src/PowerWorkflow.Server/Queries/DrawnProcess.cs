using System.Text.Json.Nodes;

namespace PowerWorkflow.Server.Queries;

/// <summary>
/// The drawing of a case: its definition and those it calls, and how the engine's paths map to places in the drawing. The engine names the outermost container
/// of each definition in a path; in a drawing that container is the sheet itself and has no place on it.
/// </summary>
public sealed class DrawnProcess
{
    private const int DeepestCall = 6;
    private readonly Dictionary<string, (string Place, string Process, string ActivityId)> places = [];
    private readonly List<NestedDrawing> nested = [];

    /// <param name="process">Definition id.</param>
    /// <param name="pinned">Documents of every definition the case may run, by definition id.</param>
    /// <param name="nameOf">Name of a definition.</param>
    public DrawnProcess(string process, IReadOnlyDictionary<string, JsonObject> pinned, Func<string, string> nameOf)
    {
        Document = pinned[process];
        Sheet(process, "", "", pinned, nameOf, 0);
    }

    public JsonObject Document { get; }

    public IReadOnlyList<NestedDrawing> Nested => nested;

    /// <summary>Where the activity of an engine's path is drawn; null for the sheet itself or a path the drawing does not have.</summary>
    public string? PlaceOf(string path) => places.TryGetValue(path, out var found) ? found.Place : null;

    /// <summary>Definition and activity id behind an engine's path.</summary>
    public (string Process, string ActivityId)? ActivityAt(string path) => places.TryGetValue(path, out var found) ? (found.Process, found.ActivityId) : null;

    private void Sheet(string process, string path, string place, IReadOnlyDictionary<string, JsonObject> pinned, Func<string, string> nameOf, int depth)
    {
        if (pinned[process]["root"] is JsonObject root && root["id"] is JsonValue id)
        {
            Contents(process, root, path + id, place, pinned, nameOf, depth);
        }
    }

    private void Contents(
        string process, JsonObject container, string path, string place, IReadOnlyDictionary<string, JsonObject> pinned, Func<string, string> nameOf, int depth)
    {
        foreach (var activity in Inside(container))
        {
            if (activity["id"]?.ToString() is not { } id)
            {
                continue;
            }

            var (at, drawnAt) = ($"{path}/{id}", place.Length == 0 ? id : $"{place}/{id}");
            places[at] = (drawnAt, process, id);
            if (Called(activity) is { } called && pinned.TryGetValue(called, out var document) && depth < DeepestCall)
            {
                nested.Add(new NestedDrawing(drawnAt, called, nameOf(called), document.DeepClone()));
                Sheet(called, at + "/", drawnAt, pinned, nameOf, depth + 1);
            }
            else
            {
                Contents(process, activity, at, drawnAt, pinned, nameOf, depth);
            }
        }
    }

    private static IEnumerable<JsonObject> Inside(JsonObject container) =>
        (container["activities"] is JsonArray many ? many.OfType<JsonObject>() : [])
        .Concat(container.Where(m => m.Key is "body" or "then" or "else").Select(m => m.Value).OfType<JsonObject>().Where(m => m["type"] is not null));

    private static string? Called(JsonObject activity) => activity["workflowDefinitionId"] switch
    {
        JsonValue id => id.ToString(),
        JsonObject input => input["expression"]?["value"]?.ToString(),
        _ => null,
    };
}
