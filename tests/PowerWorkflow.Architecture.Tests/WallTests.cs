using Xunit;

namespace PowerWorkflow.Architecture.Tests;

/// <summary>Engine &lt;- Processes &lt;- Server, and the first two pure.</summary>
public sealed class WallTests
{
    private static readonly string[] OutsideWorld =
    [
        "Microsoft.AspNetCore", "Microsoft.Data", "Microsoft.EntityFrameworkCore", "Microsoft.Extensions", "Npgsql", "Quartz", "SQLitePCL",
        "System.CommandLine", "System.Data", "System.Diagnostics.Process", "System.IO.FileSystem.Watcher", "System.IO.Pipes", "System.Net",
    ];

    private static readonly string[] ImpureTypes =
    [
        "System.Console", "System.IO.Directory", "System.IO.DirectoryInfo", "System.IO.File", "System.IO.FileInfo", "System.IO.FileStream",
        "System.Threading.Timer", "System.TimeProvider",
    ];

    private static readonly string[] ImpureMembers =
    [
        "System.DateTime.get_Now", "System.DateTime.get_Today", "System.DateTime.get_UtcNow", "System.DateTimeOffset.get_Now", "System.DateTimeOffset.get_UtcNow",
        "System.Environment.GetEnvironmentVariable", "System.Environment.get_MachineName", "System.Environment.get_TickCount", "System.Environment.get_TickCount64",
        "System.Guid.CreateVersion7", "System.Guid.NewGuid", "System.Random.get_Shared", "System.Threading.Tasks.Task.Delay", "System.TimeZoneInfo.get_Local",
    ];

    [Theory]
    [InlineData("PowerWorkflow.Engine")]
    [InlineData("PowerWorkflow.Processes")]
    public void Pure_projects_see_neither_database_nor_network_nor_host(string project)
    {
        using var compiled = new CompiledProject(project);

        Assert.DoesNotContain(compiled.References, r => OutsideWorld.Any(o => r == o || r.StartsWith(o + ".", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("PowerWorkflow.Engine")]
    [InlineData("PowerWorkflow.Processes")]
    public void Pure_projects_ask_neither_clock_nor_chance_nor_disk(string project)
    {
        using var compiled = new CompiledProject(project);

        Assert.Empty(compiled.UsedTypes.Intersect(ImpureTypes));
        Assert.Empty(compiled.UsedMembers.Intersect(ImpureMembers));
    }

    [Fact]
    public void Dependencies_point_one_way()
    {
        using var engine = new CompiledProject("PowerWorkflow.Engine");
        using var processes = new CompiledProject("PowerWorkflow.Processes");

        Assert.DoesNotContain(engine.References, r => r.StartsWith("PowerWorkflow.", StringComparison.Ordinal));
        Assert.DoesNotContain("PowerWorkflow.Server", processes.References);
    }
}
