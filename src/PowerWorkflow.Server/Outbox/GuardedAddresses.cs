using System.Net;
using System.Net.Sockets;

namespace PowerWorkflow.Server.Outbox;

/// <summary>
/// Connects to what a name resolves to, after looking at the addresses themselves: a name that points at this machine or at its own link (where cloud machines
/// keep their secrets) is refused unless the connection allows it.
/// </summary>
internal static class GuardedAddresses
{
    /// <summary>For <see cref="SocketsHttpHandler.ConnectCallback"/>: what was looked at is what is connected to, so a name cannot change in between.</summary>
    public static async ValueTask<Stream> ConnectAsync(DnsEndPoint to, bool allowInternal, CancellationToken cancel)
    {
        var addresses = await ResolveAsync(to.Host, allowInternal, cancel);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, to.Port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <exception cref="DeliveryFailedException">One of the addresses is not allowed.</exception>
    public static async Task<IPAddress[]> ResolveAsync(string host, bool allowInternal, CancellationToken cancel)
    {
        var addresses = await Dns.GetHostAddressesAsync(host, cancel);
        if (!allowInternal && Array.Find(addresses, IsInternal) is { } refused)
        {
            throw new DeliveryFailedException(
                $"'{host}' resolves to {refused}, which is this machine or its own link. Correct the connection's address, or let an administrator allow internal addresses for it.",
                again: false);
        }
        return addresses;
    }

    internal static bool IsInternal(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (IPAddress.IsLoopback(address) || address.IsIPv6LinkLocal || address.IsIPv6Multicast || address.Equals(IPAddress.IPv6Any))
            return true;
        if (address.AddressFamily != AddressFamily.InterNetwork)
            return false;
        var octets = address.GetAddressBytes();
        return octets[0] is 0 or 127 or >= 224 || (octets[0] == 169 && octets[1] == 254);
    }
}
