namespace PowerWorkflow.Testing;

/// <summary>Where the sources lie that the running tests were built from.</summary>
public static class Repository
{
    /// <summary>The folder of PowerWorkflow.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Debug or Release, as the tests were built; the server of the same build lies beside.</summary>
    public static string Configuration { get; } =
        Path.GetFileName(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory))!);

    /// <summary>An absolute path from one relative to the root.</summary>
    public static string File(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (System.IO.File.Exists(Path.Combine(folder.FullName, "PowerWorkflow.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds PowerWorkflow.sln. Run the tests from their build output in the repository.");
    }
}
