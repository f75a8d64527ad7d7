using System.Net;

namespace PowerWorkflow.Server.Security;

/// <summary>Development has accounts whose password is printed on the screen: it may only be reached from this machine.</summary>
public static class LoopbackOnly
{
    public const string DefaultAddress = "http://localhost:5080";

    /// <exception cref="InvalidOperationException">In Development an address that others can reach was asked for.</exception>
    public static void ListenOnLoopbackInDevelopment(this WebApplicationBuilder builder)
    {
        if (!builder.Environment.IsDevelopment())
        {
            return;
        }

        var configuration = builder.Configuration;
        var asked = (configuration["urls"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Concat(configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"]).OfType<string>())
            .ToList();
        if (asked.FirstOrDefault(address => !IsLoopback(address)) is { } open)
        {
            throw new InvalidOperationException(
                $"Development does not listen on '{open}': its demo accounts may only be reached from this machine. " +
                "Use a loopback address such as http://localhost:5080, or start with --environment Production.");
        }

        // Also turns off HTTP_PORTS of container images, which listens to everybody.
        if (asked.Count == 0)
        {
            builder.WebHost.UseUrls(DefaultAddress);
        }
    }

    private static bool IsLoopback(string address)
    {
        var parsed = BindingAddress.Parse(address);
        return parsed.IsUnixPipe || parsed.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(parsed.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
    }
}
