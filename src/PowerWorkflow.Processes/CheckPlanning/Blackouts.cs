using PowerWorkflow.Processes.Calendars;
using PowerWorkflow.Processes.Documents;

namespace PowerWorkflow.Processes.CheckPlanning;

/// <summary>A time of the year without periodic work that needs an outage. From and to are included and may pass the new year.</summary>
/// <param name="Holiday">Instead of dates: the run of this holiday in the calendar.</param>
/// <param name="NorthOnly">Only for sites with district heating in the north.</param>
public sealed record BlackoutPeriod(string Code, LocalText Name, (int Month, int Day)? From, (int Month, int Day)? To, string? Holiday, bool NorthOnly);

/// <summary>By when a seasonal check must be finished.</summary>
public sealed record SeasonalCheck(string Code, LocalText Name, (int Month, int Day) FinishBy, (int Month, int Day)? FinishBySouth)
{
    public DateOnly Deadline(int year, bool south) => (south ? FinishBySouth ?? FinishBy : FinishBy).In(year);
}

/// <summary>A version of the blackout periods and seasonal deadlines (product defaults, D).</summary>
public sealed record Blackouts(int Version, IReadOnlyList<BlackoutPeriod> Periods, IReadOnlyList<SeasonalCheck> SeasonalChecks)
{
    /// <summary>The period that keeps a site from being worked at on a day, or null.</summary>
    public BlackoutPeriod? On(DateOnly date, CheckSite site, WorkingCalendar calendar) => Periods.FirstOrDefault(p =>
        (!p.NorthOnly || site.North) && (p.Holiday is not null ? calendar.Day(date) is { IsWorking: false } day && day.Name == p.Holiday : Contains(p, date)));

    /// <exception cref="DocumentRefusedException">Lists every field that breaks a rule.</exception>
    public static Blackouts Parse(string json, string document = "blackouts")
    {
        var problems = new List<Problem>();
        Blackouts? read = null;
        if (JsonField.Open(json, problems) is { } root)
        {
            read = new Blackouts(root["version"].RequiredWhole(1), root["periods"].Items().Select(Period).ToList(), root["seasonalChecks"].Items().Select(Season).ToList());
        }

        return read is null || problems.Count > 0 ? throw new DocumentRefusedException(document, problems) : read;
    }

    private static bool Contains(BlackoutPeriod period, DateOnly date)
    {
        if (period.From is not { } from || period.To is not { } to)
        {
            return false;
        }

        var (day, begins, ends) = (date.Month * 100 + date.Day, from.Month * 100 + from.Day, to.Month * 100 + to.Day);
        return begins <= ends ? day >= begins && day <= ends : day >= begins || day <= ends;
    }

    private static BlackoutPeriod Period(JsonField field)
    {
        var (from, to, holiday) = (MonthDay.Read(field["from"]), MonthDay.Read(field["to"]), field["holiday"].Text());
        if (holiday is null == (from is null || to is null))
        {
            field.Wrong("dates-or-holiday", "应给出起止日期或节日之一", "give either from and to, or a holiday");
        }

        var zone = field["zone"].Text();
        if (zone is not (null or "North"))
        {
            field["zone"].Wrong("unknown-value", "应为 North 或留空", "must be North or absent");
        }

        return new BlackoutPeriod(field["code"].RequiredText(), Name(field), from, to, holiday, zone == "North");
    }

    private static SeasonalCheck Season(JsonField field)
    {
        if (field["finishBy"].IsAbsent)
        {
            field["finishBy"].Wrong("missing", "缺少该字段", "is missing");
        }

        return new SeasonalCheck(field["code"].RequiredText(), Name(field), MonthDay.Read(field["finishBy"]) ?? (1, 1), MonthDay.Read(field["finishBySouth"]));
    }

    private static LocalText Name(JsonField field) => new(field["name"]["zh-CN"].RequiredText(), field["name"]["en"].RequiredText());
}
