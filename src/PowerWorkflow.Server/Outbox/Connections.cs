using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PowerWorkflow.Server.Storage;
using PowerWorkflow.Server.Storage.Schema;

namespace PowerWorkflow.Server.Outbox;

/// <summary>
/// Finds connections by name and says which addresses they may reach. An operator may define one in the configuration (<c>Connections:erp:Address</c>,
/// <c>:Secret</c>, <c>:Sender</c>, <c>:AllowedHosts</c>, <c>:AllowInternal</c>); it goes before one of the same name in the database.
/// </summary>
public sealed class Connections(IDbContextFactory<WorkflowDb> databases, IConfiguration configuration)
{
    /// <exception cref="DeliveryFailedException">No administrator has defined it (yet).</exception>
    public async Task<Connection> FindAsync(string? name, CancellationToken cancel)
    {
        if (string.IsNullOrEmpty(name))
            throw new DeliveryFailedException("The message names no connection. Give the step one.", again: false);
        if (configuration.GetSection($"Connections:{name}") is var section && section["Address"] is { Length: > 0 } address)
        {
            return new Connection
            {
                Name = name, Address = address, Secret = section["Secret"], Sender = section["Sender"], AllowedHosts = section["AllowedHosts"],
                AllowInternal = section.GetValue("AllowInternal", false),
            };
        }
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Connections.AsNoTracking().SingleOrDefaultAsync(row => row.Name == name, cancel)
            ?? throw new DeliveryFailedException($"There is no connection '{name}'. An administrator has to define it; the message waits.", again: true);
    }

    /// <summary>Where a request goes: the path below the connection's address, or a full address whose host the connection allows.</summary>
    /// <exception cref="DeliveryFailedException">The connection does not allow the host.</exception>
    public static Uri Target(Connection connection, string path)
    {
        var home = new Uri(connection.Address);
        var full = path.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || path.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            ? path
            : connection.Address.TrimEnd('/') + "/" + path.TrimStart('/');
        if (!Uri.TryCreate(full, UriKind.Absolute, out var target) || target.Scheme is not ("http" or "https") || target.UserInfo.Length > 0)
            throw new DeliveryFailedException($"'{full}' is no address for a request over connection '{connection.Name}'.", again: false);
        string[] allowed = [home.Host, .. connection.AllowedHosts is { } json ? JsonSerializer.Deserialize<string[]>(json) ?? [] : []];
        if (!allowed.Contains(target.Host, StringComparer.OrdinalIgnoreCase))
            throw new DeliveryFailedException($"Connection '{connection.Name}' does not allow host '{target.Host}'; it allows {string.Join(", ", allowed)}.", again: false);
        return target;
    }
}
