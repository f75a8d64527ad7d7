namespace PowerWorkflow.Testing;

/// <summary>The browser tests drive: the system's Chromium where there is one, else the one of tests/tools.</summary>
/// <param name="Executable">The program.</param>
/// <param name="Arguments">What it must be started with on this machine.</param>
/// <param name="Environment">Variables it must be started with; the whole environment, not an addition.</param>
public sealed record Chromium(string Executable, IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string> Environment)
{
    // Without these it calls its maker at every start, and a machine without internet makes it wait.
    private static readonly string[] Quiet =
        ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"];

    /// <summary>Finds or fetches it.</summary>
    public static Chromium Find()
    {
        var environment = System.Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
            .ToDictionary(e => (string)e.Key, e => (string?)e.Value ?? "");
        // Chromium's sandbox does not work for root.
        string[] arguments = System.Environment.UserName == "root" ? [.. Quiet, "--no-sandbox"] : Quiet;
        if (((string[])["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]).FirstOrDefault(File.Exists) is { } system)
        {
            return new Chromium(system, arguments, environment);
        }

        var folder = Path.Combine(TestTools.Folder, "chromium");
        environment["LD_LIBRARY_PATH"] = Path.Combine(folder, "lib");
        if (!Directory.Exists("/etc/fonts"))
        {
            environment["FONTCONFIG_PATH"] = Path.Combine(folder, "fonts");
        }

        // The package's build has no setuid sandbox helper and knows only the old headless mode.
        return new Chromium(Path.Combine(folder, "chromium"), [.. Quiet, "--no-sandbox", "--no-zygote", "--headless=shell"], environment);
    }
}
