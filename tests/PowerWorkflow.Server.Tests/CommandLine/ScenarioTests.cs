using System.CommandLine;
using PowerWorkflow.Server.CommandLine;
using Xunit;

namespace PowerWorkflow.Server.Tests.CommandLine;

/// <summary>The processes that ship under <c>workflows/</c>, checked and walked through from their first step to their last, with forms, judges and clocks.</summary>
public sealed class ScenarioTests
{
    private static readonly string Workflows = Find();

    public static TheoryData<string> Scenarios() =>
        new(Directory.GetFiles(Workflows, "*.json", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(Path.GetDirectoryName(file)) == "scenarios").Select(file => Path.GetRelativePath(Workflows, file)).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_shipped_definition_is_without_a_problem()
    {
        var definitions = Directory.GetFiles(Workflows, "definition.json", SearchOption.AllDirectories);

        var (code, output, error) = Run(CheckCommand.Create(), [.. definitions, "--language", "en"]);

        Assert.Equal((0, ""), (code, output));
        Assert.Equal($"{definitions.Length} file(s) checked: 0 error(s), 0 warning(s).\n", error);
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void A_shipped_scenario_ends_where_it_says(string file)
    {
        var scenario = Path.Combine(Workflows, file);
        var definition = Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(scenario))!, "definition.json");

        var (code, _, error) = Run(RunCommand.Create(), [definition, "--scenario", scenario]);

        Assert.True(code == 0, error);
    }

    private static (int Code, string Output, string Error) Run(Command command, string[] arguments)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = command.Parse(arguments).Invoke(new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "PowerWorkflow.sln")))
            {
                return Path.Combine(folder.FullName, "workflows");
            }
        }

        throw new DirectoryNotFoundException($"No PowerWorkflow.sln above {AppContext.BaseDirectory}.");
    }
}
