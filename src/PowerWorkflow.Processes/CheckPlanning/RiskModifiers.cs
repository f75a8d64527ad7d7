using System.Globalization;
using PowerWorkflow.Processes.Documents;

namespace PowerWorkflow.Processes.CheckPlanning;

/// <param name="Factor">On the months of the cycle; null when the trigger only asks for a check of its own.</param>
/// <param name="OneCycle">Counts only until the next full check.</param>
/// <param name="WithinWorkingDays">A check of its own within so many working days of the trigger.</param>
/// <param name="WithinDays">The same in calendar days.</param>
/// <param name="Before">A check of its own each year before this month and day.</param>
/// <param name="BeforeSouth">The same for sites in the south.</param>
public sealed record RiskModifier(
    string Code, RiskTrigger Trigger, decimal? Factor, bool NotForImportantOrHazardous, bool OneCycle, int? WithinWorkingDays, int? WithinDays,
    (int Month, int Day)? Before, (int Month, int Day)? BeforeSouth, string Confidence);

/// <summary>A version of the risk modifiers, with the bounds of a modified cycle in months.</summary>
public sealed record RiskModifiers(int Version, int LeastMonths, int MostMonths, IReadOnlyList<RiskModifier> Modifiers)
{
    /// <exception cref="DocumentRefusedException">Lists every field that breaks a rule.</exception>
    public static RiskModifiers Parse(string json, string document = "risk modifiers")
    {
        var problems = new List<Problem>();
        RiskModifiers? read = null;
        if (JsonField.Open(json, problems) is { } root)
        {
            read = new RiskModifiers(root["version"].RequiredWhole(1), root["leastMonths"].RequiredWhole(1), root["mostMonths"].RequiredWhole(1, 600),
                root["modifiers"].Items().Select(Read).ToList());
        }

        return read is null || problems.Count > 0 ? throw new DocumentRefusedException(document, problems) : read;
    }

    private static RiskModifier Read(JsonField field)
    {
        var within = field["checkWithin"].Whole(1, 366);
        var unit = field["checkWithinUnit"].Text();
        if (within is not null && unit is not ("WorkingDays" or "CalendarDays"))
        {
            field["checkWithinUnit"].Wrong("unknown-value", "应为 WorkingDays 或 CalendarDays", "must be WorkingDays or CalendarDays");
        }

        var factor = field["factor"].Number();
        if (factor is <= 0 or > 10)
        {
            field["factor"].Wrong("not-a-factor", "应大于 0 且不超过 10", "must be above 0 and at most 10");
        }

        return new RiskModifier(field["code"].RequiredText(), field["trigger"].RequiredOneOf<RiskTrigger>(), factor, field["notForImportantOrHazardous"].Flag() ?? false,
            field["oneCycle"].Flag() ?? false, unit == "WorkingDays" ? within : null, unit == "CalendarDays" ? within : null,
            MonthDay.Read(field["before"]), MonthDay.Read(field["beforeSouth"]), field["confidence"].RequiredText());
    }
}

internal static class MonthDay
{
    public static (int Month, int Day)? Read(JsonField field)
    {
        if (field.Text() is not { } text)
        {
            return null;
        }

        // 2000 is a leap year, so 02-29 reads.
        if (DateOnly.TryParseExact("2000-" + text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return (day.Month, day.Day);
        }

        field.Wrong("not-a-day", $"应为 月-日，例如 07-01，实际为“{text}”", $"expected a month and day such as 07-01, found '{text}'");
        return null;
    }

    /// <summary>The day in a year; 29 February is the 28th in common years.</summary>
    public static DateOnly In(this (int Month, int Day) day, int year) => new(year, day.Month, Math.Min(day.Day, DateTime.DaysInMonth(year, day.Month)));
}
