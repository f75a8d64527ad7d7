using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using PowerWorkflow.Engine;
using PowerWorkflow.Server.Storage;
using PowerWorkflow.Server.Storage.Schema;

namespace PowerWorkflow.Server.Outbox;

/// <summary>
/// Webhooks and requests of SendHttpRequest, over connections. Every request carries the message id as <c>Idempotency-Key</c>. Redirects are not followed, and
/// of a response at most <see cref="LargestResponse"/> bytes are read.
/// </summary>
public sealed class HttpChannel(Connections connections) : Channel, IDisposable
{
    public const int LargestResponse = 1024 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Two clients, because a kept connection must not serve a request that was not allowed to open it.</summary>
    private readonly HttpClient outside = Client(allowInternal: false);
    private readonly HttpClient everywhere = Client(allowInternal: true);

    public override IReadOnlyList<MessageKind> Kinds => [MessageKind.Webhook, MessageKind.Http];

    public override async Task<JsonNode?> DeliverAsync(OutboxMessage message, JsonObject payload, CancellationToken cancel)
    {
        var connection = await connections.FindAsync(message.Connection, cancel);
        using var request = message.Kind == MessageKind.Webhook ? Webhook(connection, payload) : Request(connection, payload);
        request.Headers.TryAddWithoutValidation("Idempotency-Key", message.MessageId);
        if (connection.Secret is { } secret)
        {
            foreach (var (name, value) in JsonSerializer.Deserialize<Dictionary<string, string>>(secret) ?? [])
                request.Headers.TryAddWithoutValidation(name, value);
        }
        try
        {
            using var response = await (connection.AllowInternal ? everywhere : outside).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            var content = await ReadAsync(response, connection, cancel);
            if (message.Kind == MessageKind.Http)
            {
                var headers = new JsonObject();
                foreach (var header in response.Headers.Concat(response.Content.Headers))
                    headers[header.Key] = string.Join(", ", header.Value);
                return new JsonObject { ["status"] = (int)response.StatusCode, ["headers"] = headers, ["content"] = content };
            }
            if (!response.IsSuccessStatusCode)
                throw new DeliveryFailedException($"Connection '{connection.Name}' answered {(int)response.StatusCode} {response.ReasonPhrase}.", MayPass(response.StatusCode));
            return content;
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException || (broken is TaskCanceledException && !cancel.IsCancellationRequested))
        {
            // The guard speaks through the client's own exception.
            if (broken.InnerException is DeliveryFailedException refused)
                throw new DeliveryFailedException(refused.Message, refused.Again, broken);
            throw new DeliveryFailedException($"Connection '{connection.Name}' did not answer: {broken.Message}", again: true, broken);
        }
    }

    public void Dispose()
    {
        outside.Dispose();
        everywhere.Dispose();
    }

    private static HttpClient Client(bool allowInternal) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        // Names move; a connection kept for ever would not notice.
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        ConnectCallback = (context, cancel) => GuardedAddresses.ConnectAsync(context.DnsEndPoint, allowInternal, cancel),
    }) { Timeout = Patience };

    private static HttpRequestMessage Webhook(Connection connection, JsonObject payload) =>
        new(HttpMethod.Post, new Uri(connection.Address)) { Content = Json(payload) };

    private static HttpRequestMessage Request(Connection connection, JsonObject payload)
    {
        var request = new HttpRequestMessage(new HttpMethod((string?)payload["method"] ?? "GET"), Connections.Target(connection, (string?)payload["path"] ?? "/"));
        if (payload["content"] is { } content)
        {
            request.Content = content is JsonValue value && value.TryGetValue(out string? text)
                ? new StringContent(text, Encoding.UTF8)
                : Json(content);
            if ((string?)payload["contentType"] is { Length: > 0 } type)
                request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        }
        foreach (var (name, value) in payload["headers"] as JsonObject ?? [])
        {
            // Where the request goes and who we are is the connection's affair.
            if (value is JsonValue text && name.ToUpperInvariant() is not ("HOST" or "AUTHORIZATION" or "COOKIE" or "IDEMPOTENCY-KEY"))
                request.Headers.TryAddWithoutValidation(name, text.ToString());
        }
        return request;
    }

    private static StringContent Json(JsonNode body) => new(body.ToJsonString(BurstRows.Readable), Encoding.UTF8, "application/json");

    private static async Task<JsonNode?> ReadAsync(HttpResponseMessage response, Connection connection, CancellationToken cancel)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancel);
        var read = new MemoryStream();
        var portion = new byte[16 * 1024];
        int length;
        while ((length = await body.ReadAsync(portion, cancel)) > 0)
        {
            read.Write(portion, 0, length);
            if (read.Length > LargestResponse)
                throw new DeliveryFailedException($"Connection '{connection.Name}' answered with more than {LargestResponse / 1024} KiB.", again: false);
        }
        if (read.Length == 0)
            return null;
        var text = Encoding.UTF8.GetString(read.GetBuffer(), 0, (int)read.Length);
        if (response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.OrdinalIgnoreCase) != true)
            return text;
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            // It only said that it was JSON; the case gets what was sent.
            return text;
        }
    }

    private static bool MayPass(HttpStatusCode status) =>
        (int)status >= 500 || status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or (HttpStatusCode)425;
}
