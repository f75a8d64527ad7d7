using System.CommandLine;
using System.Globalization;
using PowerWorkflow.Engine.Checking;
using PowerWorkflow.Engine.Definitions;
using PowerWorkflow.Processes.Activities;

namespace PowerWorkflow.Server.CommandLine;

/// <summary>
/// <c>check</c>: validates definitions. Every problem goes to standard output, one a line; exit code 0 when there is no error, 2 when there is one.
/// </summary>
public static class CheckCommand
{
    private const int Refused = 2;

    public static Command Create()
    {
        var files = new Argument<FileInfo[]>("FILE") { Description = "Workflow definitions (JSON). Files given together can call each other.", Arity = ArgumentArity.OneOrMore };
        var language = new Option<string?>("--language") { Description = "zh-CN or en; default: the language of the system" };
        var command = new Command("check", "Validates workflow definitions and lists every problem with its remedy") { files, language };
        command.SetAction(parsed =>
        {
            var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            var culture = parsed.GetValue(language) is { } name ? CultureInfo.GetCultureInfo(name) : CultureInfo.CurrentUICulture;
            return Run(parsed.GetRequiredValue(files), output, error, culture.TwoLetterISOLanguageName == "zh");
        });
        return command;
    }

    private static int Run(FileInfo[] files, TextWriter output, TextWriter error, bool chinese)
    {
        var reader = new DefinitionFiles(ProcessActivities.Catalog);
        var read = new List<(FileInfo File, WorkflowDefinition Definition)>();
        var (errors, warnings) = (0, 0);
        foreach (var file in files)
        {
            try
            {
                read.Add((file, reader.Read(file)));
            }
            catch (Exception unreadable) when (unreadable is InvalidDataException or IOException or UnauthorizedAccessException)
            {
                output.WriteLine(unreadable.Message);
                errors++;
            }
        }
        foreach (var (file, _) in read) reader.ReadNeighbours(file);
        foreach (var (file, definition) in read)
        {
            foreach (var problem in DefinitionCheck.Run(definition, reader.Surroundings(file, definition)))
            {
                output.WriteLine(Sentence(problem, chinese));
                if (problem.Severity == Severity.Error) errors++;
                else warnings++;
            }
        }
        error.WriteLine(chinese
            ? $"已检查 {files.Length} 个文件：{errors} 个错误，{warnings} 个警告。"
            : $"{files.Length} file(s) checked: {errors} error(s), {warnings} warning(s).");
        return errors > 0 ? Refused : 0;
    }

    internal static string Sentence(DefinitionProblem problem, bool chinese)
    {
        if (!chinese) return problem.ToString();
        var place = problem.ActivityId is null ? "" : problem.ActivityLabel == problem.ActivityId ? $": {problem.ActivityId}" : $": {problem.ActivityId}（{problem.ActivityLabel}）";
        return $"{problem.Where}{place}: {(problem.Severity == Severity.Error ? "错误" : "警告")} {problem.Rule}: {problem.MessageZh}{problem.RemedyZh}";
    }
}
