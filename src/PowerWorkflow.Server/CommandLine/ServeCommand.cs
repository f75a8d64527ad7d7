using System.CommandLine;

namespace PowerWorkflow.Server.CommandLine;

/// <summary><c>serve</c>: the web server.</summary>
public static class ServeCommand
{
    public static Command Create()
    {
        var serve = new Command("serve", "Serves the application and its API (the default). Arguments of the ASP.NET Core host pass through.")
        {
            new Option<string>("--database") { Description = "SQLite file, or a PostgreSQL connection string (Host=…). Default: a file under data/." },
            new Option<string>("--urls") { Description = "Addresses to listen on, e.g. http://localhost:5080. Development listens on loopback only." },
            new Option<string>("--environment") { Description = "Development has demo accounts; anything else has none." },
        };
        serve.TreatUnmatchedTokensAsErrors = false;
        serve.SetAction(async (parsed, stop) =>
        {
            var app = WebServer.Build(HostArguments(parsed));
            await app.RunAsync(stop);
            return 0;
        });
        return serve;
    }

    /// <summary>Everything behind the word <c>serve</c>, as the host reads it.</summary>
    private static string[] HostArguments(ParseResult parsed) =>
        [.. parsed.Tokens.Select(token => token.Value).SkipWhile(value => value == "serve")];
}
