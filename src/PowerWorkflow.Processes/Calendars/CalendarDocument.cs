using PowerWorkflow.Processes.Documents;

namespace PowerWorkflow.Processes.Calendars;

/// <summary>
/// A version of one region's calendar as it is written in a file or entered on the page. A region with a <see cref="Parent"/> writes only
/// what differs: its own days win over the parent's, everything it leaves out is the parent's.
/// </summary>
/// <param name="Zone">IANA time zone, or null to take the parent's.</param>
/// <param name="Weekend">Days of rest when no notice says otherwise; null takes the parent's.</param>
/// <param name="FixedHolidays">Statutory holidays that fall on the same date each year; all that is known of a year without an entry.</param>
public sealed record CalendarDocument(
    string Code,
    int Version,
    string? Parent,
    LocalText Name,
    string? Zone,
    IReadOnlySet<DayOfWeek>? Weekend,
    BusinessHours? Hours,
    IReadOnlyList<FixedHoliday> FixedHolidays,
    IReadOnlyList<CalendarYear> Years)
{
    /// <summary>How a case refers to this version for ever.</summary>
    public string Pin => $"{Code}@{Version}";

    /// <summary>Reads and checks a document; throws with every problem found when it cannot be used.</summary>
    /// <exception cref="DocumentRefusedException">At least one field breaks a rule.</exception>
    public static CalendarDocument Parse(string json, string document = "calendar")
    {
        var problems = new List<Problem>();
        var read = CalendarReading.Read(json, problems);
        return read is null || problems.Count > 0 ? throw new DocumentRefusedException(document, problems) : read;
    }
}

/// <param name="Paper">The notice this year follows, or null when there is none yet: dues that touch the year are provisional.</param>
/// <param name="Confidence">A to D as in the domain document.</param>
/// <param name="WorkingDays">Control sum: how many working days the year has, when its source says so.</param>
public sealed record CalendarYear(
    int Year, string? Paper, string? Confidence, int? WorkingDays, IReadOnlyList<int>? WorkingDaysByMonth, IReadOnlyList<ListedDay> Days);

/// <summary>A day the notice names: off although it may be a weekday, or worked although it may be a weekend.</summary>
public sealed record ListedDay(DateOnly Date, string? Name, bool IsOffDay);

/// <summary>A holiday given by law for a month and day, such as 1 October.</summary>
public sealed record FixedHoliday(int Month, int Day, string Name);

/// <summary>
/// Opening hours, local time, in minutes after midnight. They say when <c>WHALL</c> clocks run and when a working day closes; they never
/// make a weekend a working day.
/// </summary>
public sealed record BusinessHours(
    string? Source,
    string? Confidence,
    IReadOnlyList<OpenInterval> WorkingDay,
    IReadOnlyList<OpenInterval> OffDay,
    IReadOnlyDictionary<DateOnly, IReadOnlyList<OpenInterval>> Dates);

/// <summary>From is included, To is not; 1440 is the end of the day.</summary>
public readonly record struct OpenInterval(int From, int To);
