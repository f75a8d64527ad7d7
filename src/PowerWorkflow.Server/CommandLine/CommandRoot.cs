using System.CommandLine;

namespace PowerWorkflow.Server.CommandLine;

/// <summary>The commands of the program. Without one, it serves.</summary>
public static class CommandRoot
{
    private const int Refused = 2;

    public static async Task<int> Run(string[] args)
    {
        var root = new RootCommand("PowerWorkflow runs the connection and inspection processes of a power-supply company: 业扩报装、竣工检验、用电检查.");
        root.Subcommands.Add(ServeCommand.Create());
        root.Subcommands.Add(CheckCommand.Create());
        root.Subcommands.Add(RunCommand.Create());
        root.Subcommands.Add(DueCommand.Create());
        root.Subcommands.Add(AccountCommand.Create());

        // Without a command the program serves, and arguments of the host (--urls, --environment, --applicationName …) pass through. Any other first
        // word is a command, so that a misspelt one is refused instead of starting a server.
        var serving = args.Length == 0 || (args[0].StartsWith('-') && args[0] is not ("--help" or "-h" or "-?" or "/?" or "--version"));
        var parsed = root.Parse(serving ? ["serve", .. args] : args);
        var code = await parsed.InvokeAsync(new InvocationConfiguration
        {
            // The host ends on SIGTERM and Ctrl+C by itself, and its own exceptions tell tests and build tools how far it came.
            ProcessTerminationTimeout = null,
            EnableDefaultExceptionHandler = false,
        });

        // A command line that cannot be read is refused; 1 would say that a case faulted.
        return parsed.Errors.Count > 0 ? Refused : code;
    }
}
