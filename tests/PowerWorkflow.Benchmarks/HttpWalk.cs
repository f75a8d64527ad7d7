using System.Collections.Concurrent;
using System.Data.Common;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using PowerWorkflow.Testing;

namespace PowerWorkflow.Benchmarks;

/// <summary>
/// Walks shipped low-voltage cases over HTTP, in waves: all are started, then all take their first step, and so on. Between the waves the open tasks are looked up
/// in the database, so that what is timed is nothing but completed steps.
/// </summary>
internal sealed class HttpWalk : IDisposable
{
    private readonly Scenario scenario = Scenario.Read("new-connection-lv-resident", "happy", TimeProvider.System.GetLocalNow());
    private readonly ConcurrentDictionary<string, HttpClient> people = new();
    private readonly Uri server;
    private readonly Func<DbConnection> open;

    private HttpWalk(Uri server, Func<DbConnection> open)
    {
        this.server = server;
        this.open = open;
    }

    /// <summary>Steps of a case.</summary>
    public int StepsOfACase => scenario.Steps.Count;

    public static async Task<HttpWalk> SignedInAsync(Uri server, Func<DbConnection> open)
    {
        var walk = new HttpWalk(server, open);
        foreach (var person in walk.scenario.Steps.Select(step => step.By).Append(walk.scenario.StartedBy).Distinct())
        {
            var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 512 }) { BaseAddress = server };
            http.DefaultRequestHeaders.Add("X-PowerWorkflow", "1");
            http.DefaultRequestHeaders.Add("Origin", server.GetLeftPart(UriPartial.Authority));
            walk.people[person] = http;
            await walk.PostAsync(person, "/api/session", new JsonObject { ["userName"] = person, ["password"] = ApiPerson.DemoPassword }.ToJsonString());
        }

        return walk;
    }

    /// <summary>Starts cases and walks them to their end.</summary>
    /// <param name="cases">How many.</param>
    /// <param name="run">Puts the units of one wave on the server, e.g. at 64 clients.</param>
    /// <returns>All waves of steps taken together; starting the cases is not counted.</returns>
    public async Task<Measured> RunAsync(int cases, Func<IReadOnlyCollection<Func<int, Task>>, Task<Measured>> run)
    {
        var start = new JsonObject
        {
            ["process"] = scenario.Process,
            ["unit"] = scenario.Unit,
            ["customer"] = new JsonObject { ["name"] = scenario.Customer },
            ["inputs"] = scenario.Inputs.DeepClone(),
            ["data"] = scenario.Data.DeepClone(),
        }.ToJsonString();
        await Load.ClosedAsync(16, [.. Enumerable.Range(0, cases).Select(_ => Post(scenario.StartedBy, "/api/cases", start))]);

        var waves = new List<Measured>();
        foreach (var step in scenario.Steps)
        {
            var units = new List<Func<int, Task>>();
            foreach (var task in await OpenTasksAsync(step.Step))
            {
                var body = new JsonObject { ["outcome"] = step.Outcome, ["data"] = step.Data.DeepClone() };
                if (await Evidence.ForAsync(task.Evidence, () => UploadAsync(step.By, task)) is { } evidence)
                {
                    body["evidence"] = evidence;
                }

                units.Add(Post(step.By, $"/api/tasks/{Uri.EscapeDataString(task.Id)}/complete", body.ToJsonString()));
            }

            if (units.Count != cases)
            {
                throw new InvalidOperationException($"{units.Count} of {cases} cases wait at '{step.Step}'.");
            }

            waves.Add(await run(units));
        }

        return Measured.Together(waves);
    }

    public void Dispose()
    {
        foreach (var http in people.Values)
        {
            http.Dispose();
        }
    }

    private Func<int, Task> Post(string person, string path, string body) => _ =>
        PostAsync(person, path, $"{body[..^1]},\"commandId\":\"{Guid.NewGuid()}\"}}");

    private async Task PostAsync(string person, string path, string body)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        using var reply = await people[person].PostAsync(new Uri(path, UriKind.Relative), content);
        if (!reply.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"{path} as {person} was answered {(int)reply.StatusCode}: {await reply.Content.ReadAsStringAsync()}");
        }

        await reply.Content.CopyToAsync(Stream.Null);
    }

    private async Task<string> UploadAsync(string person, OpenTask task)
    {
        using var content = Evidence.Upload(task.CaseId, task.Id);
        using var reply = await people[person].PostAsync(new Uri("/api/files", UriKind.Relative), content);
        return (string)JsonNode.Parse(await reply.EnsureSuccessStatusCode().Content.ReadAsStringAsync())!["id"]!;
    }

    private async Task<List<OpenTask>> OpenTasksAsync(string step)
    {
        await using var connection = open();
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"select task_id, case_id, evidence from tasks where step = '{step}' order by task_id";
        await using var rows = await command.ExecuteReaderAsync();
        var tasks = new List<OpenTask>();
        while (await rows.ReadAsync())
        {
            tasks.Add(new OpenTask(rows.GetString(0), rows.GetString(1), [.. JsonNode.Parse(rows.GetString(2))!.AsArray().Select(kind => (string)kind!)]));
        }

        return tasks;
    }

    private sealed record OpenTask(string Id, string CaseId, IReadOnlyList<string> Evidence);
}
