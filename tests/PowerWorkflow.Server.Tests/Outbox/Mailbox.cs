using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PowerWorkflow.Server.Tests.Outbox;

/// <summary>A mail server that takes one letter.</summary>
internal sealed class Mailbox : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);

    public Mailbox()
    {
        listener.Start();
        Letter = TakeAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Headers and text of the letter, when it has come.</summary>
    public Task<string> Letter { get; }

    public void Dispose() => listener.Dispose();

    private async Task<string> TakeAsync()
    {
        using var client = await listener.AcceptTcpClientAsync();
        using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
        await using var writer = new StreamWriter(client.GetStream(), Encoding.ASCII) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 mailbox");
        var letter = new StringBuilder();
        while (await reader.ReadLineAsync() is { } line && line != "QUIT")
        {
            if (line != "DATA")
            {
                await writer.WriteLineAsync("250 ok");
                continue;
            }
            await writer.WriteLineAsync("354 go on");
            while (await reader.ReadLineAsync() is { } text && text != ".")
                letter.AppendLine(text);
            await writer.WriteLineAsync("250 taken");
            break;
        }
        return letter.ToString();
    }
}
