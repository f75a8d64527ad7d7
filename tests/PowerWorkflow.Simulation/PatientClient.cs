using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using PowerWorkflow.Testing;

namespace PowerWorkflow.Simulation;

/// <summary>
/// People whose server is killed under their hands. A command without an answer is sent again with the same command id until there is one: the only thing a
/// client can do, and the thing that must be safe.
/// </summary>
internal sealed class PatientClient(Uri server) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly ConcurrentDictionary<string, Task<ApiPerson>> people = new();

    /// <summary>Requests that had to be repeated because no answer came.</summary>
    public int Repeated => repeated;

    private int repeated;

    public async Task<ApiReply> GetAsync(string person, string path)
    {
        var api = await SignedInAsync(person);
        return await InsistAsync(() => api.GetAsync(path));
    }

    /// <summary>Sends a command until it is answered.</summary>
    public async Task<ApiReply> PostAsync(string person, string path, JsonObject body)
    {
        var api = await SignedInAsync(person);
        return await InsistAsync(() => api.PostAsync(path, body));
    }

    /// <summary>Uploads a picture until it is answered; a repeated one is merely there twice.</summary>
    public async Task<string> UploadPhotoAsync(string person, string caseId, string taskId)
    {
        var api = await SignedInAsync(person);
        return (string)(await InsistAsync(() => api.UploadPhotoAsync(caseId, taskId))).Body["id"]!;
    }

    public void Dispose()
    {
        foreach (var person in people.Values.Where(p => p.IsCompletedSuccessfully))
        {
            person.Result.Dispose();
        }
    }

    private Task<ApiPerson> SignedInAsync(string name) => people.GetOrAdd(name, async person =>
    {
        var api = new ApiPerson(server, person);
        _ = (await InsistAsync(api.SignInAsync)).Body;
        return api;
    });

    private async Task<ApiReply> InsistAsync(Func<Task<ApiReply>> send)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                var reply = await send();
                if (reply.Status is not (HttpStatusCode.ServiceUnavailable or HttpStatusCode.BadGateway))
                {
                    return reply;
                }
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException && !patience.IsCancellationRequested)
            {
                // Killed before, during or after the work: we cannot know, so we ask again.
            }

            Interlocked.Increment(ref repeated);
            await Task.Delay(50, patience.Token);
        }
    }
}
