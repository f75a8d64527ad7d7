using System.CommandLine;
using System.Text.Json.Nodes;
using PowerWorkflow.Server.CommandLine;
using Xunit;

namespace PowerWorkflow.Server.Tests.CommandLine;

/// <summary>What scripts rely on: lines on standard output, one line of JSON at the end of standard error, exit codes.</summary>
public sealed class RunCommandTests : IDisposable
{
    private const string Delayed = """
        {"definitionId":"d","inputs":[{"name":"Amount","type":"Int32"}],"outputs":[{"name":"Twice","type":"Int32"}],
         "root":{"id":"s","type":"Elsa.Sequence","activities":[
          {"id":"a","type":"Elsa.WriteLine","text":{"expression":{"type":"Literal","value":"开始"}}},
          {"id":"t","type":"Elsa.Delay","timeSpan":{"expression":{"type":"Literal","value":"7.00:00:00"}}},
          {"id":"o","type":"Elsa.SetOutput","outputName":{"expression":{"type":"Literal","value":"Twice"}},"outputValue":{"expression":{"type":"JavaScript","value":"input.Amount * 2"}}},
          {"id":"b","type":"Elsa.WriteLine","text":{"expression":{"type":"Literal","value":"end"}}}]}}
        """;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("run-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void A_delay_is_skipped_forward_and_the_summary_says_how_the_case_ended()
    {
        var (code, output, error) = Run(Delayed, "--input", "Amount=21");

        Assert.Equal((0, "开始\nend\n"), (code, output));
        Assert.Equal("""{"status":"Finished","outputs":{"Twice":42},"waitingAt":[],"incidents":[]}""", error.TrimEnd());
    }

    [Fact]
    public void The_clock_stops_where_it_is_told_to()
    {
        var (code, output, error) = Run(Delayed, "--input", "Amount=1", "--at", "2000-01-01T00:00:00Z");

        Assert.Equal((0, "开始\n"), (code, output));
        Assert.Equal("""{"status":"Running","outputs":{},"waitingAt":["t"],"incidents":[]}""", error.TrimEnd());
    }

    [Theory]
    [InlineData("Amount=many")]
    [InlineData("Other=1")]
    [InlineData("Amount")]
    public void An_input_that_does_not_fit_is_refused_by_name(string input)
    {
        var (code, output, error) = Run(Delayed, "--input", input);

        Assert.Equal((2, ""), (code, output));
        Assert.Contains(input.Split('=')[0], error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fault_is_exit_code_1_and_stands_in_the_summary()
    {
        var (code, _, error) = Run("""{"definitionId":"f","root":{"id":"x","type":"Elsa.Fault","message":{"expression":{"type":"Literal","value":"stop"}}}}""");

        Assert.Equal(1, code);
        var incident = JsonNode.Parse(error.Trim().Split('\n')[^1])!["incidents"]![0]!;
        Assert.Equal(("x", "stop"), ((string?)incident["activity"], (string?)incident["message"]));
    }

    [Theory]
    [InlineData("""{"definitionId":"f","root":{"id":"x","type":"Acme.Unheard"}}""", "Acme.Unheard")]
    [InlineData("""{"definitionId":"f","root":{"id":"x","type":"Elsa.WriteLine","text":{"expression":{"type":"CSharp","value":"1"}}}}""", "CSharp")]
    [InlineData("[]", "JSON object")]
    [InlineData("{", "json")]
    public void A_definition_that_cannot_be_run_is_refused_with_the_reason(string definition, string named)
    {
        var (code, output, error) = Run(definition);

        Assert.Equal((2, ""), (code, output));
        Assert.Contains(named, error, StringComparison.Ordinal);
    }

    private (int Code, string Output, string Error) Run(string definition, params string[] arguments)
    {
        var file = Path.Combine(folder.FullName, "definition.json");
        File.WriteAllText(file, definition);
        var (output, error) = (new StringWriter { NewLine = "\n" }, new StringWriter { NewLine = "\n" });
        var code = RunCommand.Create().Parse([file, .. arguments]).Invoke(new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }
}
