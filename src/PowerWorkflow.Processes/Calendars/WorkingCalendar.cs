using NodaTime;

namespace PowerWorkflow.Processes.Calendars;

/// <summary>What a day is and why.</summary>
public enum DayKind
{
    Working,
    Weekend,
    Holiday,
    MakeUp,
}

/// <param name="HasNotice">False when no holiday notice of that year is loaded, so the kind may still change.</param>
public readonly record struct DayFacts(DayKind Kind, string? Name, bool HasNotice)
{
    public bool IsWorking => Kind is DayKind.Working or DayKind.MakeUp;
}

/// <summary>
/// One region's calendar with its parents folded in, ready for arithmetic. Counting is a table look-up: for each day the number of
/// working days up to it, and the list of working days, so a limit of any length costs the same.
/// </summary>
public sealed class WorkingCalendar
{
    /// <summary>Bounds of the tables. A question outside them is refused, never guessed.</summary>
    public static readonly DateOnly FirstDay = new(2000, 1, 1);
    public static readonly DateOnly LastDay = new(2099, 12, 31);

    private readonly Dictionary<DateOnly, ListedDay> listed = [];
    private readonly Dictionary<(int Month, int Day), string> fixedHolidays = [];
    private readonly HashSet<int> noticed;
    private readonly IReadOnlySet<DayOfWeek> weekend;
    private readonly int[] countUpTo;
    private readonly int[] workingDays;
    private readonly Lazy<OpeningHours?> opening;

    /// <param name="chain">The region first, then its parent, up to the root. Nearer documents win.</param>
    internal WorkingCalendar(IReadOnlyList<CalendarDocument> chain)
    {
        Code = chain[0].Code;
        Pin = string.Join('/', chain.Select(d => d.Pin));
        Zone = DateTimeZoneProviders.Tzdb[chain.First(d => d.Zone is not null).Zone!]; // the root must name one
        weekend = chain.First(d => d.Weekend is not null).Weekend!; // the root must name one
        Hours = chain.FirstOrDefault(d => d.Hours is not null)?.Hours;
        // A region's overlay adds days; only the root's notice settles a year.
        noticed = chain[^1].Years.Where(y => y.Paper is not null).Select(y => y.Year).ToHashSet();
        foreach (var document in chain.Reverse())
        {
            foreach (var holiday in document.FixedHolidays)
            {
                fixedHolidays[(holiday.Month, holiday.Day)] = holiday.Name;
            }

            foreach (var day in document.Years.SelectMany(y => y.Days))
            {
                listed[day.Date] = day;
            }
        }

        countUpTo = new int[LastDay.DayNumber - FirstDay.DayNumber + 1];
        var working = new List<int>(countUpTo.Length);
        for (var i = 0; i < countUpTo.Length; i++)
        {
            if (Day(FirstDay.AddDays(i)).IsWorking)
            {
                working.Add(FirstDay.DayNumber + i);
            }

            countUpTo[i] = working.Count;
        }

        workingDays = [.. working];
        opening = new Lazy<OpeningHours?>(() => Hours is null ? null : OpeningHours.Of(this, Hours));
    }

    public string Code { get; }

    /// <summary>The exact versions used, nearest first; <see cref="CalendarSet.Resolve"/> takes it back.</summary>
    public string Pin { get; }

    public DateTimeZone Zone { get; }

    /// <summary>Null when the region has given none: working days then end at 24:00 and <c>WHALL</c> clocks are refused.</summary>
    public BusinessHours? Hours { get; }

    /// <summary>The opening hours as one time line, built at first use.</summary>
    public OpeningHours? Opening => opening.Value;

    public DayFacts Day(DateOnly date)
    {
        var hasNotice = noticed.Contains(date.Year);
        if (listed.TryGetValue(date, out var day))
        {
            return new DayFacts(day.IsOffDay ? DayKind.Holiday : DayKind.MakeUp, day.Name, hasNotice);
        }

        // A notice is complete: where there is one, an unlisted statutory date was refused when it was loaded.
        if (!hasNotice && fixedHolidays.TryGetValue((date.Month, date.Day), out var name))
        {
            return new DayFacts(DayKind.Holiday, name, hasNotice);
        }

        return new DayFacts(weekend.Contains(date.DayOfWeek) ? DayKind.Weekend : DayKind.Working, null, hasNotice);
    }

    public bool IsWorkingDay(DateOnly date)
    {
        var i = Index(date);
        return countUpTo[i] != (i == 0 ? 0 : countUpTo[i - 1]);
    }

    /// <summary>Working days after <paramref name="after"/> up to and including <paramref name="upTo"/>; 0 when the span is empty.</summary>
    public int CountWorkingDays(DateOnly after, DateOnly upTo) =>
        upTo <= after ? 0 : countUpTo[Index(upTo)] - countUpTo[Index(after)];

    /// <summary>The <paramref name="count"/>-th working day after <paramref name="start"/>, which itself is not counted.</summary>
    public DateOnly AddWorkingDays(DateOnly start, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var i = (long)countUpTo[Index(start)] + count - 1;
        return i < workingDays.Length
            ? DateOnly.FromDayNumber(workingDays[i])
            : throw new CalendarException($"{count} working days after {start:yyyy-MM-dd} is past {LastDay:yyyy-MM-dd}, the end of the calendar tables.");
    }

    /// <summary>The day itself when it is worked, else the next working day (Civil Code Art 203).</summary>
    public DateOnly RollForward(DateOnly date) => IsWorkingDay(date) ? date : AddWorkingDays(date, 1);

    /// <summary>Whether any day after <paramref name="after"/> up to <paramref name="upTo"/> lies in a year whose notice is not loaded.</summary>
    public bool TouchesUnknownYear(DateOnly after, DateOnly upTo)
    {
        if (upTo <= after)
        {
            return false;
        }

        for (var year = after.AddDays(1).Year; year <= upTo.Year; year++)
        {
            if (!noticed.Contains(year))
            {
                return true;
            }
        }

        return false;
    }

    public DateOnly DateAt(DateTimeOffset instant) =>
        Instant.FromUnixTimeTicks(instant.UtcTicks - DateTimeOffset.UnixEpoch.Ticks).InZone(Zone).Date.ToDateOnly();

    /// <summary>Local wall time in the calendar's zone.</summary>
    public DateTime LocalAt(DateTimeOffset instant) =>
        Instant.FromUnixTimeTicks(instant.UtcTicks - DateTimeOffset.UnixEpoch.Ticks).InZone(Zone).LocalDateTime.ToDateTimeUnspecified();

    /// <summary>The first instant of a local day, which is not 00:00 where the clocks go forward at midnight.</summary>
    public DateTimeOffset StartOf(DateOnly date) => Zone.AtStartOfDay(LocalDate.FromDateOnly(date)).ToDateTimeOffset().ToUniversalTime();

    /// <summary>A wall time of a day as an instant. A time skipped by a change of the clocks moves forward, a repeated one is the first.</summary>
    public DateTimeOffset At(DateOnly date, int minuteOfDay)
    {
        if (minuteOfDay >= 1440)
        {
            return StartOf(date.AddDays(1));
        }

        var local = LocalDate.FromDateOnly(date).At(new NodaTime.LocalTime(minuteOfDay / 60, minuteOfDay % 60));
        return Zone.AtLeniently(local).ToDateTimeOffset().ToUniversalTime();
    }

    /// <summary>When a limit that ends on this day ends: close of business if there are business hours, otherwise 24:00.</summary>
    public DateTimeOffset CloseOf(DateOnly date) => At(date, HoursOn(date) is [.., var last] ? last.To : 1440);

    /// <summary>When business opens on this day; 00:00 when there are no business hours.</summary>
    public DateTimeOffset OpenOf(DateOnly date) => At(date, HoursOn(date) is [var first, ..] ? first.From : 0);

    internal IReadOnlyList<OpenInterval> HoursOn(DateOnly date)
    {
        if (Hours is null)
        {
            return [];
        }

        return Hours.Dates.TryGetValue(date, out var special) ? special : IsWorkingDay(date) ? Hours.WorkingDay : Hours.OffDay;
    }

    private static int Index(DateOnly date) => date >= FirstDay && date <= LastDay
        ? date.DayNumber - FirstDay.DayNumber
        : throw new CalendarException($"{date:yyyy-MM-dd} is outside the calendar tables ({FirstDay:yyyy-MM-dd} to {LastDay:yyyy-MM-dd}).");
}
