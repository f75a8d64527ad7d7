using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace PowerWorkflow.Server.Tests.Outbox;

/// <summary>A system outside that counts what it is sent: the judge of "exactly once", instead of our own tables.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication server;

    private Receiver(WebApplication server) => this.server = server;

    public string Address => server.Urls.First();

    /// <summary>Requests by idempotency key.</summary>
    public ConcurrentDictionary<string, int> Keys { get; } = new();

    public ConcurrentQueue<(string Path, string Body, string? Authorization)> Requests { get; } = new();

    /// <summary>What it answers; 200 with a JSON body unless a test wants something else.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = context => context.Response.WriteAsJsonAsync(new { paid = true });

    public static async Task<Receiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var receiver = new Receiver(app);
        app.Run(receiver.TakeAsync);
        await app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new StreamReader(context.Request.Body);
        Requests.Enqueue((context.Request.Path, await body.ReadToEndAsync(), context.Request.Headers.Authorization));
        Keys.AddOrUpdate(context.Request.Headers["Idempotency-Key"].ToString(), 1, (_, count) => count + 1);
        await Answer(context);
    }
}
