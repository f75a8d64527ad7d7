using PowerWorkflow.Processes.Calendars;
using PowerWorkflow.Processes.Documents;
using Xunit;

namespace PowerWorkflow.Processes.Tests.Calendars;

public sealed class HolidayNoticeTests
{
    // Not the real notice: nobody has it yet. Only the statutory days and one invented make-up day.
    private const string Lines = """
        date,name,isOffDay
        2027-01-01,元旦,off
        2027-02-05,春节,休
        2027-02-06,春节,休
        2027-02-20,春节,班
        2027-05-01,劳动节,TRUE
        2027-05-02,劳动节,TRUE
        2027-10-01,国庆节,true
        2027-10-02,国庆节,true
        2027-10-03,国庆节,true
        """;

    [Fact]
    public void A_notice_makes_the_next_version_and_settles_its_year()
    {
        var next = HolidayNotice.Load(Shipped.Read("calendars/CN.json"), HolidayNotice.FromLines(2027, "test", Lines));

        var calendars = Shipped.Calendars.With(CalendarDocument.Parse(next));
        Assert.Equal("CN@2", calendars.Resolve("CN").Pin);
        Assert.Equal(new DayFacts(DayKind.MakeUp, "春节", true), calendars.Resolve("CN").Day(new DateOnly(2027, 2, 20)));
        Assert.False(calendars.Resolve("CN@1").Day(new DateOnly(2027, 2, 20)).HasNotice);
        Assert.True(calendars.Resolve("CN").IsWorkingDay(new DateOnly(2026, 2, 28)));
    }

    [Fact]
    public void Wrong_lines_are_named_by_number()
    {
        var problems = Assert.Throws<DocumentRefusedException>(() => HolidayNotice.FromLines(2027, "test", "2027-01-01,元旦,off\n2027-13-01,x,off\n2027-01-02,y\n2027-01-03,z,maybe")).Problems;

        Assert.Equal(["line 2", "line 3", "line 4"], problems.Select(p => p.Field));
    }

    [Fact]
    public void A_notice_with_a_slip_changes_nothing()
    {
        var slip = HolidayNotice.FromLines(2027, "test", Lines.Replace("2027-10-02,国庆节,true\n", "", StringComparison.Ordinal));

        var problems = Assert.Throws<DocumentRefusedException>(() => HolidayNotice.Load(Shipped.Read("calendars/CN.json"), slip)).Problems;

        Assert.Contains(problems, p => p.Rule == "statutory-missing");
        Assert.Contains(Assert.Throws<DocumentRefusedException>(() => HolidayNotice.Load(Shipped.Read("calendars/CN.json"), """{ "year": 2027, "days": [] }""")).Problems, p => p.Rule == "empty-year");
    }
}
