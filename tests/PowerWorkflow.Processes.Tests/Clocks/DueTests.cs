using PowerWorkflow.Processes.Calendars;
using PowerWorkflow.Processes.Clocks;
using Xunit;

namespace PowerWorkflow.Processes.Tests.Clocks;

public sealed class DueTests
{
    private static readonly WorkingCalendar China = Shipped.China;

    [Theory]
    [InlineData("2025-01-24", 3, "2025-02-05", false)]
    [InlineData("2025-01-27", 5, "2025-02-10", false)]
    [InlineData("2025-04-25", 5, "2025-05-06", false)]
    [InlineData("2025-05-30", 1, "2025-06-03", false)]
    [InlineData("2025-09-26", 3, "2025-09-30", false)]
    [InlineData("2025-09-30", 5, "2025-10-14", false)]
    [InlineData("2025-12-31", 1, "2026-01-04", false)]
    [InlineData("2026-02-13", 1, "2026-02-14", false)]
    [InlineData("2026-02-13", 5, "2026-02-27", false)]
    [InlineData("2026-02-13", 10, "2026-03-05", false)]
    [InlineData("2026-04-03", 3, "2026-04-09", false)]
    [InlineData("2026-04-30", 5, "2026-05-11", false)]
    [InlineData("2026-06-18", 2, "2026-06-23", false)]
    [InlineData("2026-09-18", 5, "2026-09-24", false)]
    [InlineData("2026-09-24", 10, "2026-10-15", false)]
    [InlineData("2026-09-30", 3, "2026-10-10", false)]
    [InlineData("2026-11-20", 22, "2026-12-22", false)]
    [InlineData("2026-11-20", 32, "2027-01-06", true)]
    public void The_due_date_vectors_of_the_domain_hold(string start, int workingDays, string due, bool provisional)
    {
        var answer = Ask("WD", workingDays, start);

        Assert.Equal((due, provisional), (Text(answer), answer.Provisional));
    }

    [Theory]
    [InlineData("2026-11-02", 10, "2026-11-24", "2026-11-05..2026-11-12")]
    [InlineData("2026-09-21", 10, "2026-10-20", "2026-09-24..2026-10-09")]
    [InlineData("2026-02-10", 5, "2026-03-06", "2026-02-12..2026-02-25", "2026-02-27..2026-03-03")]
    public void The_pause_vectors_of_the_domain_hold(string start, int workingDays, string due, params string[] pauses)
    {
        Assert.Equal(due, Text(Ask("WD", workingDays, start, pauses: pauses)));
    }

    [Theory]
    [InlineData("a pause within one day", "2026-11-24", "2026-11-05..2026-11-12", "2026-11-04..2026-11-04")]
    [InlineData("hours within one day", "2026-11-16", "2026-11-05T09:00..2026-11-05T17:00")]
    [InlineData("overlapping pauses", "2026-11-24", "2026-11-05..2026-11-10", "2026-11-09..2026-11-12")]
    [InlineData("the order of pauses", "2026-11-24", "2026-11-09..2026-11-12", "2026-11-05..2026-11-10")]
    [InlineData("one inside another", "2026-11-24", "2026-11-05..2026-11-12", "2026-11-06..2026-11-09")]
    [InlineData("a pause that ends at the start", "2026-11-16", "2026-10-20..2026-11-02")]
    [InlineData("a pause that began before the start", "2026-11-19", "2026-10-20..2026-11-05")]
    [InlineData("a pause on the due day", "2026-11-19", "2026-11-16..2026-11-18")]
    [InlineData("a pause after the limit", "2026-11-16", "2026-11-17..2026-11-20")]
    public void Ten_working_days_from_2_November_with(string what, string due, params string[] pauses)
    {
        Assert.True(due == Text(Ask("WD", 10, "2026-11-02", pauses: pauses)), what);
    }

    [Theory]
    [InlineData("CD", 7, "2026-09-25", false, "2026-10-02")]
    [InlineData("CD", 7, "2026-09-25", true, "2026-10-08")]
    [InlineData("CD", 5, "2026-11-16", true, "2026-11-23")]
    [InlineData("CD", 0, "2026-11-16", false, "2026-11-16")]
    [InlineData("WD", 0, "2026-11-16", false, "2026-11-16")]
    [InlineData("WD", 0, "2026-11-21", false, "2026-11-23")]
    [InlineData("WD", 1, "2026-11-21", false, "2026-11-23")]
    public void A_period_that_ends_on_a_day_of_rest_rolls_forward_when_it_should(string kind, int limit, string start, bool roll, string due)
    {
        Assert.Equal(due, Text(Ask(kind, limit, start, roll)));
    }

    [Theory]
    [InlineData("H24", 24, "2026-11-20T16:20:00+08:00", "2026-11-21T16:20:00+08:00")]
    [InlineData("H24", 24, "2026-11-20", "2026-11-21T00:00:00+08:00")]
    [InlineData("MIN24", 45, "2026-11-20T23:40", "2026-11-21T00:25:00+08:00")]
    [InlineData("MIN24", 45, "2026-11-20T15:40:30Z", "2026-11-20T16:25:30Z")]
    [InlineData("WHALL", 15, "2026-11-20T17:20", "2026-11-23T08:35:00+08:00")]
    [InlineData("WHALL", 10, "2026-11-20T17:20", "2026-11-20T17:30:00+08:00")]
    [InlineData("WHALL", 540, "2026-11-21T03:00", "2026-11-23T17:30:00+08:00")]
    public void Hours_and_minutes_end_at_an_instant(string kind, int limit, string start, string due)
    {
        Assert.Equal(due, DueText.Format(Ask(kind, limit, start), China, start));
    }

    [Theory]
    [InlineData("MIN24", 60, "2026-11-20T12:00:00+08:00", "2026-11-20T12:30..2026-11-20T14:00", "2026-11-20T13:30..2026-11-20T14:30")]
    [InlineData("H24", 1, "2026-11-20T10:00:00+08:00", "2026-11-20T09:30..2026-11-20T10:15", "2026-11-20T10:15..2026-11-20T13:30")]
    public void Overlapping_pauses_of_minutes_are_one_pause(string kind, int limit, string start, params string[] pauses)
    {
        Assert.Equal("2026-11-20T" + (kind == "H24" ? "14:30" : "15:00") + ":00+08:00", DueText.Format(Ask(kind, limit, start, pauses: pauses), China, start));
    }

    [Fact]
    public void A_working_day_ends_at_close_of_business_and_at_midnight_without_business_hours()
    {
        var without = Shipped.Read("calendars/CN.json").Replace("businessHours", "unused", StringComparison.Ordinal);
        var bare = CalendarSet.Of([CalendarDocument.Parse(without)]).Resolve("CN");
        var question = new DueQuestion(ClockKind.WD, 1, China.StartOf(new DateOnly(2026, 11, 19)));

        Assert.Equal(DateTimeOffset.Parse("2026-11-20T17:30:00+08:00", null), Due.Compute(China, question)!.Value.At);
        Assert.Equal(DateTimeOffset.Parse("2026-11-21T00:00:00+08:00", null), Due.Compute(bare, question)!.Value.At);
        Assert.Equal("no-business-hours", Assert.Throws<DueException>(() => Due.Compute(bare, question with { Kind = ClockKind.WHALL })).Rule);
    }

    [Fact]
    public void While_a_pause_is_open_there_is_no_due_date_unless_the_limit_passed_before_it()
    {
        var start = China.StartOf(new DateOnly(2026, 11, 2));
        DueQuestion Open(string from) => new(ClockKind.WD, 10, start, Pauses: [new PauseSpan(China.StartOf(DateOnly.Parse(from, null)), null)]);

        Assert.Null(Due.Compute(China, Open("2026-11-05")));
        Assert.Null(Due.Compute(China, Open("2026-11-16")));
        Assert.Equal(new DateOnly(2026, 11, 16), Due.Compute(China, Open("2026-11-17"))!.Value.Date);
    }

    [Fact]
    public void A_notice_seven_days_ahead_excludes_the_day_of_receipt_and_the_day_of_the_outage()
    {
        var outage = DateTimeOffset.Parse("2026-11-18T08:00:00+08:00", null);

        Assert.Equal(new DateOnly(2026, 11, 10), Due.LatestNotice(China, outage, 7));
    }

    [Fact]
    public void A_pause_that_ends_before_it_begins_is_refused()
    {
        var start = China.StartOf(new DateOnly(2026, 11, 2));
        var question = new DueQuestion(ClockKind.WD, 10, start, Pauses: [new PauseSpan(start.AddDays(5), start.AddDays(3))]);

        Assert.Equal("resume-before-pause", Assert.Throws<DueException>(() => Due.Compute(China, question)).Rule);
    }

    internal static DueAnswer Ask(string kind, int limit, string start, bool roll = false, params string[] pauses)
    {
        var problems = new List<Processes.Documents.Problem>();
        var question = DueText.Question(kind, $"{limit}", start, roll, pauses, China, problems);
        Assert.Empty(problems);
        return Due.Compute(China, question!)!.Value;
    }

    private static string Text(DueAnswer answer) => answer.Date!.Value.ToString("yyyy-MM-dd", null);
}
