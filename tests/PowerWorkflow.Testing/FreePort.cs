using System.Net;
using System.Net.Sockets;

namespace PowerWorkflow.Testing;

/// <summary>Loopback ports nobody listens on.</summary>
public static class FreePort
{
    /// <summary>A port that was free a moment ago, picked by the operating system.</summary>
    public static int Next()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
