using System.CommandLine;
using PowerWorkflow.Server.CommandLine;
using Xunit;

namespace PowerWorkflow.Server.Tests.CommandLine;

public sealed class DueCommandTests
{
    [Fact]
    public void The_due_date_is_alone_on_standard_output_and_the_reckoning_on_standard_error()
    {
        var (code, output, error) = Run("--calendar", "CN", "--kind", "WD", "--limit", "10", "--start", "2026-11-02", "--pause", "2026-11-05..2026-11-12", "--language", "en");

        Assert.Equal((0, "2026-11-24\n"), (code, output));
        Assert.Contains("2026-11-12 Thu  resumed, new day 0, not counted", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Hours_are_answered_as_an_instant()
    {
        Assert.Equal("2026-11-21T10:00:00+08:00\n", Run("--calendar", "CN", "--kind", "H24", "--limit", "24", "--start", "2026-11-20T10:00:00+08:00").Output);
    }

    [Fact]
    public void A_batch_prints_one_due_date_a_line_in_the_same_order()
    {
        var (code, output, _) = RunBatch("""
            {"kind":"WD","limit":10,"start":"2026-11-02","rollForward":false,"pauses":[{"from":"2026-11-05","to":"2026-11-12"}]}
            {"kind":"CD","limit":7,"start":"2026-09-25","rollForward":true}
            {"kind":"MIN24","limit":45,"start":"2026-11-20T15:40:00Z","pauses":[]}
            """);

        Assert.Equal((0, "2026-11-24\n2026-10-08\n2026-11-20T16:25:00Z\n"), (code, output));
    }

    [Fact]
    public void A_batch_with_bad_lines_names_each_line_and_field_and_prints_no_date()
    {
        var (code, output, error) = RunBatch("""
            {"kind":"WD","limit":10,"start":"2026-11-02"}
            {"kind":"XX","limit":-1,"start":"then"}
            {"kind":"WD","limit":1,"start":"2026-11-02","pauses":[{"from":"2026-11-05","to":"2026-11-04"}]}
            nonsense
            """);

        Assert.Equal((2, ""), (code, output));
        foreach (var place in new[] { ":2: kind:", ":2: limit:", ":2: start:", ":3: pauses[0]:", ":4: $:" })
        {
            Assert.Contains(place, error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_misspelt_field_of_a_batch_line_is_pointed_out_and_the_line_answered()
    {
        var (code, output, error) = RunBatch("""{"kind":"CD","limit":7,"start":"2026-09-25","rollforward":true}""");

        Assert.Equal((0, "2026-10-02\n"), (code, output));
        Assert.Contains(":1: rollforward:", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("XX is not loaded", "--calendar", "XX", "--kind", "WD", "--limit", "1", "--start", "2026-11-02")]
    [InlineData("--start", "--calendar", "CN", "--kind", "WD", "--limit", "1", "--start", "yesterday")]
    [InlineData("--kind", "--calendar", "CN", "--limit", "1", "--start", "2026-11-02")]
    [InlineData("--limit", "--calendar", "CN", "--kind", "WD", "--limit", "ten", "--start", "2026-11-02")]
    [InlineData("--calendar", "--kind", "WD", "--limit", "1", "--start", "2026-11-02")]
    [InlineData("--pause", "--calendar", "CN", "--kind", "WD", "--limit", "1", "--start", "2026-11-02", "--pause", "2026-11-05")]
    [InlineData("2099-12-31", "--calendar", "CN", "--kind", "WD", "--limit", "100000", "--start", "2026-11-02")]
    public void A_question_without_an_answer_is_refused_in_words(string words, params string[] args)
    {
        var (code, output, error) = Run(args);

        Assert.Equal((2, ""), (code, output));
        Assert.Contains(words.Split(' ')[0], error, StringComparison.Ordinal);
    }

    private static (int Code, string Output, string Error) RunBatch(string lines)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, lines);
            return Run("--calendar", "CN", "--batch", file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static (int Code, string Output, string Error) Run(params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var code = DueCommand.Create().Parse(args).Invoke(new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }
}
