using System.Globalization;
using PowerWorkflow.Engine.Timing;

namespace PowerWorkflow.Engine.Tests;

public sealed class CronTests
{
    private static readonly TimeZoneInfo shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    private static string Next(string cron, string after, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(CronSchedule.Parse(cron).Next(At(after), zone)!.Value, zone).ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    [Theory]
    [InlineData("0 8 * * *", "2026-11-02T08:00:00+08:00", "2026-11-03T08:00:00")]
    [InlineData("*/15 * * * *", "2026-11-02T08:01:00+08:00", "2026-11-02T08:15:00")]
    [InlineData("30 0 8 * * *", "2026-11-02T08:00:00+08:00", "2026-11-02T08:00:30")]
    [InlineData("0 0 8 1 1 ? 2028", "2026-11-02T08:00:00+08:00", "2028-01-01T08:00:00")]
    [InlineData("0 0 L * *", "2026-02-02T08:00:00+08:00", "2026-02-28T00:00:00")]
    [InlineData("0 0 L-2 * *", "2026-02-02T08:00:00+08:00", "2026-02-26T00:00:00")]
    [InlineData("0 9 15W * *", "2026-08-01T00:00:00+08:00", "2026-08-14T09:00:00")]
    [InlineData("0 9 LW * *", "2026-05-01T00:00:00+08:00", "2026-05-29T09:00:00")]
    [InlineData("0 9 * * MON#2", "2026-11-02T00:00:00+08:00", "2026-11-09T09:00:00")]
    [InlineData("0 9 * * 5L", "2026-11-02T00:00:00+08:00", "2026-11-27T09:00:00")]
    [InlineData("0 9 * * SAT-SUN", "2026-11-02T00:00:00+08:00", "2026-11-07T09:00:00")]
    [InlineData("0 9 * * 0", "2026-11-02T00:00:00+08:00", "2026-11-08T09:00:00")]
    [InlineData("0 9 * * 7", "2026-11-02T00:00:00+08:00", "2026-11-08T09:00:00")]
    [InlineData("0 22-2/2 * * *", "2026-11-02T22:30:00+08:00", "2026-11-03T00:00:00")]
    [InlineData("0 0 29 2 *", "2026-11-02T00:00:00+08:00", "2028-02-29T00:00:00")]
    [InlineData("0 0 13 * FRI", "2026-01-01T00:00:00+08:00", "2026-02-13T00:00:00")]
    [InlineData("59 59 23 31 12 *", "2026-12-31T23:59:59+08:00", "2027-12-31T23:59:59")]
    public void The_next_occurrence(string cron, string after, string expected) => Assert.Equal(expected, Next(cron, after, shanghai));

    [Theory]
    [InlineData("2026-03-29T00:00:00+01:00", "2026-03-29T03:00:00")]
    [InlineData("2026-10-25T00:00:00+02:00", "2026-10-25T02:30:00")]
    public void A_clock_change_neither_loses_nor_doubles_an_occurrence(string after, string expected)
    {
        var berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

        Assert.Equal(expected, Next("30 2 * * *", after, berlin));

        var first = CronSchedule.Parse("30 2 * * *").Next(At(after), berlin)!.Value;
        Assert.True(CronSchedule.Parse("30 2 * * *").Next(first, berlin) - first > TimeSpan.FromHours(12));
    }

    [Theory]
    [InlineData("* * *", "3 fields")]
    [InlineData("61 * * * *", "minute")]
    [InlineData("* * * FOO *", "month")]
    [InlineData("*/0 * * * *", "minute")]
    [InlineData("* * 32 * *", "day")]
    public void What_cannot_be_read_is_named(string cron, string named) =>
        Assert.Contains(named, Assert.Throws<FormatException>(() => CronSchedule.Parse(cron)).Message, StringComparison.Ordinal);

    [Fact]
    public void An_occurrence_that_never_comes_is_none() => Assert.Null(CronSchedule.Parse("0 0 31 2 *").Next(DateTimeOffset.UnixEpoch, shanghai));
}
