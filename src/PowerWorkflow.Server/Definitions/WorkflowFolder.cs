namespace PowerWorkflow.Server.Definitions;

/// <summary>The folder <c>workflows/</c> of the installation; <see cref="Path"/> is null when there is none.</summary>
public sealed record WorkflowFolder(string? Path)
{
    /// <summary><c>--workflows FOLDER</c>, else a folder <c>workflows</c> beside the program or above it.</summary>
    /// <exception cref="InvalidOperationException">The folder that was named does not exist.</exception>
    public static WorkflowFolder Find(IHostEnvironment environment, IConfiguration configuration)
    {
        if (configuration["workflows"] is { Length: > 0 } named)
        {
            var path = System.IO.Path.GetFullPath(named, environment.ContentRootPath);
            return Directory.Exists(path) ? new(path) : throw new InvalidOperationException($"There is no folder '{path}' (--workflows). Name an existing one.");
        }
        string[] roots = [environment.ContentRootPath, AppContext.BaseDirectory, System.IO.Path.Combine(environment.ContentRootPath, "..", "..")];
        return new(roots.Select(root => System.IO.Path.GetFullPath("workflows", root)).FirstOrDefault(Directory.Exists));
    }
}
