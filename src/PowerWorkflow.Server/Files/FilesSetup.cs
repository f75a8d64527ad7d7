using PowerWorkflow.Server.Storage;

namespace PowerWorkflow.Server.Files;

public static class FilesSetup
{
    /// <summary>Files stand in <c>Files:Root</c>, else beside the SQLite file, else in <c>data/files</c> below the content root.</summary>
    public static void AddFiles(this IHostApplicationBuilder builder)
    {
        var root = builder.Configuration["Files:Root"] switch
        {
            { Length: > 0 } configured => Path.GetFullPath(configured, builder.Environment.ContentRootPath),
            _ => DatabaseChoice.From(builder.Configuration, builder.Environment.ContentRootPath) is DatabaseChoice.Sqlite sqlite
                ? Path.Combine(Path.GetDirectoryName(sqlite.Path)!, "files") // a path to a file has a folder
                : Path.Combine(builder.Environment.ContentRootPath, "data", "files"),
        };
        builder.Services.AddSingleton(new FileStore(root));
    }
}
