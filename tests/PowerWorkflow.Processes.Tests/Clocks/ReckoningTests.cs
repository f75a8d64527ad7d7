using PowerWorkflow.Processes.Clocks;
using Xunit;

namespace PowerWorkflow.Processes.Tests.Clocks;

public sealed class ReckoningTests
{
    [Fact]
    public void Every_day_of_a_paused_limit_is_reckoned_in_both_languages()
    {
        var problems = new List<Processes.Documents.Problem>();
        var question = DueText.Question("WD", "5", "2026-02-10", false, ["2026-02-12..2026-02-25", "2026-02-27..2026-03-03"], Shipped.China, problems)!;

        var lines = Reckoning.Of(Shipped.China, question);

        Assert.Equal("2026-02-10 Tue  start day, not counted", lines[0].Text.En);
        Assert.Equal("2026-02-11 周三  工作日，第 1 天，共 5 天", lines[1].Text.Zh);
        Assert.Equal("2026-02-12 Thu  pause begins, not counted", lines[2].Text.En);
        Assert.Equal("2026-02-25 周三  恢复，新的起始日，不计", lines.Single(l => l.Date == new DateOnly(2026, 2, 25)).Text.Zh);
        Assert.Equal("2026-02-26 Thu  working day, day 2 of 5", lines.Single(l => l.Date == new DateOnly(2026, 2, 26)).Text.En);
        Assert.Equal("Due 2026-03-06 17:30; calendar CN@1, Asia/Shanghai", lines[^1].Text.En);
    }

    [Fact]
    public void Holidays_make_up_days_and_unknown_years_are_named()
    {
        var lines = Reckoning.Of(Shipped.China, new DueQuestion(ClockKind.WD, 12, Shipped.China.StartOf(new DateOnly(2026, 9, 18))));
        Assert.Contains(lines, l => l.Text.En == "2026-09-20 Sun  make-up working day, day 1 of 12");
        Assert.Contains(lines, l => l.Text.Zh == "2026-09-25 周五  节假日（中秋节），不计");

        var unknown = Reckoning.Of(Shipped.China, new DueQuestion(ClockKind.WD, 32, Shipped.China.StartOf(new DateOnly(2026, 11, 20))));
        Assert.Contains(unknown, l => l.Text.En == "2027-01-01 Fri  holiday (元旦), not counted (provisional: no holiday notice of that year is loaded)");
        Assert.Equal("到期 2027-01-06 17:30（暂定）；日历 CN@1，Asia/Shanghai", unknown[^1].Text.Zh);
    }

    [Fact]
    public void Minutes_are_reckoned_piece_by_piece()
    {
        var problems = new List<Processes.Documents.Problem>();
        var question = DueText.Question("WHALL", "30", "2026-11-20T17:10", false, ["2026-11-20T17:20..2026-11-23T08:40"], Shipped.China, problems)!;

        var lines = Reckoning.Of(Shipped.China, question).Select(l => l.Text.En).ToList();

        Assert.Equal(
        [
            "2026-11-20 Fri  17:10 starts",
            "2026-11-20 Fri  17:10–17:20 counts 10 min, 10/30 so far",
            "2026-11-20 Fri  17:20 paused until 2026-11-23 08:40",
            "2026-11-23 Mon  08:40–09:00 counts 20 min, 30/30 so far",
            "Due 2026-11-23 09:00; calendar CN@1, Asia/Shanghai",
        ], lines);
    }

    [Fact]
    public void The_days_counted_in_words_end_on_the_date_reckoned_fast()
    {
        const int seed = 7;
        var random = new Random(seed);
        for (var i = 0; i < 2_000; i++)
        {
            var start = Shipped.China.StartOf(new DateOnly(2025, 3, 1).AddDays(random.Next(500)));
            var from = start.AddDays(random.Next(20));
            var question = new DueQuestion(i % 2 == 0 ? ClockKind.WD : ClockKind.CD, random.Next(1, 30), start, Pauses: [new PauseSpan(from, from.AddDays(random.Next(15)))]);

            var counted = Reckoning.Of(Shipped.China, question).Last(l => l.Count is not null && !l.Text.En.StartsWith("Due", StringComparison.Ordinal));

            Assert.True(Due.Compute(Shipped.China, question)!.Value.Date == counted.Date && counted.Count == question.Limit, $"seed {seed}, sample {i}");
        }
    }
}
