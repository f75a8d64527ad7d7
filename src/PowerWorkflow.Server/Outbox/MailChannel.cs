using System.Net;
using System.Net.Mail;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using PowerWorkflow.Engine;
using PowerWorkflow.Server.Storage.Schema;

namespace PowerWorkflow.Server.Outbox;

/// <summary>E-mail over an SMTP connection (<c>smtp://host:port</c>, <c>smtps://</c> for STARTTLS); without a name it is the connection <c>mail</c>.</summary>
public sealed class MailChannel(Connections connections, Addressees addressees) : Channel
{
    public override IReadOnlyList<MessageKind> Kinds => [MessageKind.Email];

    public override async Task<JsonNode?> DeliverAsync(OutboxMessage message, JsonObject payload, CancellationToken cancel)
    {
        var connection = await connections.FindAsync(message.Connection ?? "mail", cancel);
        var to = (await addressees.OfAsync(message.CaseId, payload["to"], cancel)).Select(one => one.Email).OfType<string>().Distinct().ToList();
        if (to.Count == 0)
            throw new DeliveryFailedException($"Nobody with an e-mail address is meant by '{payload["to"]}'.", again: false);
        var server = new Uri(connection.Address);
        await GuardedAddresses.ResolveAsync(server.Host, connection.AllowInternal, cancel);

        using var mail = new MailMessage
        {
            From = new MailAddress(connection.Sender ?? throw new DeliveryFailedException($"Connection '{connection.Name}' has no sender address.", again: true)),
            Subject = MessageText.Subject(payload),
            Body = MessageText.Body(payload),
            SubjectEncoding = Encoding.UTF8,
            BodyEncoding = Encoding.UTF8,
        };
        // Receivers drop a second letter with the same id.
        mail.Headers["Message-ID"] = $"<{message.MessageId}@{mail.From.Host}>";
        foreach (var address in to)
            mail.To.Add(address);

        using var smtp = new SmtpClient(server.Host, server.Port > 0 ? server.Port : 25) { EnableSsl = server.Scheme == "smtps" };
        if (connection.Secret is { } secret && JsonSerializer.Deserialize<Dictionary<string, string>>(secret) is { } login)
            smtp.Credentials = new NetworkCredential(login.GetValueOrDefault("user"), login.GetValueOrDefault("password"));
        try
        {
            await smtp.SendMailAsync(mail, cancel);
        }
        catch (Exception broken) when (broken is SmtpException or SocketException)
        {
            throw new DeliveryFailedException($"The mail server of connection '{connection.Name}' did not take the letter: {broken.Message}", again: true, broken);
        }
        return null;
    }
}
