using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using PowerWorkflow.Server.Tests.Storage;
using PowerWorkflow.Testing;
using Xunit;

namespace PowerWorkflow.Server.Tests.Api;

/// <summary>The server as it is shipped, in this process, on a SQLite file of its own and a clock that tests move. It begins on a working morning in November 2026.</summary>
public class ApiServer : WebApplicationFactory<Program>, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("powerworkflow-api-").FullName;

    private Task<RefusalScene>? scene;

    /// <summary>People and cases for refusals; since nothing they ask for happens, all tests share them.</summary>
    public Task<RefusalScene> Scene => scene ??= RefusalScene.Set(this);

    public ManualClock Clock { get; } = new(new DateTimeOffset(2026, 11, 2, 9, 30, 0, TimeSpan.FromHours(8)));

    /// <summary>A SQLite file, or a PostgreSQL connection string.</summary>
    protected virtual string Database => Path.Combine(folder, "test.db");

    /// <summary>Somebody signed in with the demo password.</summary>
    public async Task<ApiPerson> As(string personId)
    {
        var person = Nobody();
        var reply = await person.Post("/api/session", new { userName = personId, password = Security.OrganisationStart.DemoPassword });
        Assert.Equal(200, reply.Status);
        return person;
    }

    /// <summary>Somebody without a session.</summary>
    public ApiPerson Nobody() => new(CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = true }));

    /// <summary>Changes whenever a row of the database or a kept file does. Heartbeats of the node and counters of failed sign-ins are not looked at.</summary>
    public string Fingerprint()
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "test.db")};Mode=ReadOnly");
        connection.Open();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var table in Names(connection).Where(name => name is not ("nodes" or "sign_in_throttles" or "data_protection_keys" or "__EFMigrationsLock")))
        {
            using var select = connection.CreateCommand();
            select.CommandText = $"select * from \"{table}\" order by 1, 2";
            using var rows = select.ExecuteReader();
            while (rows.Read())
            {
                for (var i = 0; i < rows.FieldCount; i++)
                {
                    hash.AppendData(Encoding.UTF8.GetBytes($"{table}.{i}={(rows.GetValue(i) is byte[] bytes ? Convert.ToHexString(bytes) : rows.GetValue(i))};"));
                }
            }
        }

        var files = Directory.CreateDirectory(Path.Combine(folder, "files"));
        foreach (var file in files.EnumerateFiles("*", SearchOption.AllDirectories).Select(f => f.FullName).Order())
        {
            hash.AppendData(Encoding.UTF8.GetBytes(file));
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Development");
        builder.UseSetting("database", Database);
        builder.UseSetting("Files:Root", Path.Combine(folder, "files"));
        builder.UseSetting("Logging:LogLevel:Default", "Warning");
        builder.ConfigureTestServices(services => services.AddSingleton<TimeProvider>(Clock));
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        SqliteConnection.ClearAllPools();
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static List<string> Names(SqliteConnection connection)
    {
        using var select = connection.CreateCommand();
        select.CommandText = "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name";
        using var rows = select.ExecuteReader();
        var names = new List<string>();
        while (rows.Read())
        {
            names.Add(rows.GetString(0));
        }

        return names;
    }
}

/// <summary>The same on a PostgreSQL database of its own.</summary>
public sealed class PostgresApiServer : ApiServer
{
    private readonly string database = PostgresServer.Shared.CreateDatabase();

    protected override string Database => database;
}

/// <summary>Tests that only add to one server share it.</summary>
[CollectionDefinition("api")]
public sealed class ApiCollection : ICollectionFixture<ApiServer>;
