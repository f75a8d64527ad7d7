using System.CommandLine;
using System.Globalization;
using PowerWorkflow.Processes.Calendars;
using PowerWorkflow.Processes.Clocks;
using PowerWorkflow.Processes.Documents;

namespace PowerWorkflow.Server.CommandLine;

/// <summary>
/// <c>due</c>: when a limit ends. The due date goes to standard output alone, so that a script can take it; the day-by-day reckoning, and
/// whatever is wrong, go to standard error. Exit code 0, or 2 when the question was refused; a batch with one bad line prints no date.
/// </summary>
public static class DueCommand
{
    private const int Refused = 2;

    public static Command Create()
    {
        var calendar = new Option<string>("--calendar") { Description = "Region whose calendar counts, e.g. CN" };
        var kind = new Option<string>("--kind") { Description = "WD, CD, H24, MIN24 or WHALL" };
        // Text, so that a limit that is no number is answered like any other wrong value and standard output stays empty.
        var limit = new Option<string>("--limit") { Description = "Days, hours (H24) or minutes (MIN24, WHALL)" };
        var start = new Option<string>("--start") { Description = "Date or instant; the start day is not counted" };
        var rollForward = new Option<bool>("--roll-forward") { Description = "CD: a last day of rest moves to the next working day" };
        var pause = new Option<string[]>("--pause") { Description = "FROM..TO, dates or instants; may be repeated", DefaultValueFactory = _ => [] };
        var batch = new Option<FileInfo?>("--batch") { Description = "File with one JSON question a line; prints one due date a line" };
        var workflows = new Option<DirectoryInfo?>("--workflows") { Description = "Folder of the process data; default: the one shipped" };
        var language = new Option<string?>("--language") { Description = "zh-CN or en; default: the language of the system" };
        var command = new Command("due", "Reckons when a time limit ends") { calendar, kind, limit, start, rollForward, pause, batch, workflows, language };
        command.SetAction(parsed =>
        {
            var (answers, reckoning) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            var culture = parsed.GetValue(language) is { } name ? CultureInfo.GetCultureInfo(name) : CultureInfo.CurrentUICulture;
            try
            {
                var given = Missing(("--calendar", parsed.GetValue(calendar)));
                if (given.Count > 0)
                {
                    return Refuse(given, reckoning, culture);
                }

                var days = CalendarFolder.Load(parsed.GetValue(workflows)).Resolve(parsed.GetRequiredValue(calendar));
                if (parsed.GetValue(batch) is { } file)
                {
                    return Batch(file, days, answers, reckoning, culture);
                }

                var problems = Missing(("--kind", parsed.GetValue(kind)), ("--limit", parsed.GetValue(limit)), ("--start", parsed.GetValue(start)));
                var question = problems.Count > 0 ? null : DueText.Question(parsed.GetRequiredValue(kind), parsed.GetRequiredValue(limit), parsed.GetRequiredValue(start),
                    parsed.GetValue(rollForward), parsed.GetValue(pause) ?? [], days, problems);
                return question is null ? Refuse(problems, reckoning, culture) : One(question, parsed.GetRequiredValue(start), days, answers, reckoning, culture);
            }
            catch (DueException e)
            {
                reckoning.WriteLine(e.Text.In(culture));
                return Refused;
            }
            catch (Exception e) when (e is CalendarException or DocumentRefusedException or IOException or UnauthorizedAccessException)
            {
                reckoning.WriteLine(e.Message);
                return Refused;
            }
        });
        return command;
    }

    private static int One(DueQuestion question, string start, WorkingCalendar calendar, TextWriter answers, TextWriter reckoning, CultureInfo culture)
    {
        foreach (var line in Reckoning.Of(calendar, question))
        {
            reckoning.WriteLine(line.Text.In(culture));
        }

        // Every pause on the command line has an end, so there always is a due date.
        answers.WriteLine(DueText.Format(Due.Compute(calendar, question)!.Value, calendar, start));
        return 0;
    }

    private static int Batch(FileInfo file, WorkingCalendar calendar, TextWriter answers, TextWriter reckoning, CultureInfo culture)
    {
        var dues = new List<string>();
        var wrong = 0;
        var number = 0;
        foreach (var line in File.ReadLines(file.FullName))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            var problems = new List<Problem>();
            try
            {
                if (DueText.Line(line, calendar, problems) is { } asked)
                {
                    dues.Add(DueText.Format(Due.Compute(calendar, asked.Question)!.Value, calendar, asked.Start));
                }
            }
            catch (DueException e)
            {
                problems.Add(new Problem("$", e.Rule, e.Text));
            }
            catch (CalendarException e)
            {
                problems.Add(new Problem("$", "outside-calendar", new LocalText(e.Message, e.Message)));
            }

            wrong += problems.Count(p => p.Rule != DueText.UnknownField);
            foreach (var problem in problems)
            {
                reckoning.WriteLine($"{file.Name}:{number}: {problem.Field}: {problem.Text.In(culture)}");
            }
        }

        if (wrong > 0)
        {
            reckoning.WriteLine(new LocalText($"{wrong} 处错误，未输出任何到期日", $"{wrong} problem(s); no due date was printed").In(culture));
            return Refused;
        }

        dues.ForEach(answers.WriteLine);
        return 0;
    }

    private static List<Problem> Missing(params (string Option, object? Value)[] options) => options.Where(o => o.Value is null)
        .Select(o => new Problem(o.Option, "missing", new LocalText("必须给出", "is required"))).ToList();

    private static int Refuse(List<Problem> problems, TextWriter reckoning, CultureInfo culture)
    {
        foreach (var problem in problems)
        {
            reckoning.WriteLine($"{problem.Field}: {problem.Text.In(culture)}");
        }

        return Refused;
    }
}
