using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;
using PowerWorkflow.Processes.Documents;

namespace PowerWorkflow.Processes.Calendars;

/// <summary>JSON to <see cref="CalendarDocument"/>: shape first, then the rules of <see cref="CalendarRules"/>.</summary>
internal static partial class CalendarReading
{
    public static CalendarDocument? Read(string json, List<Problem> problems)
    {
        if (JsonField.Open(json, problems) is not { } root)
        {
            return null;
        }

        var code = root["code"].RequiredText();
        if (code.Length > 0 && !CodePattern().IsMatch(code))
        {
            root["code"].Wrong("bad-code", "应为大写字母、数字和连字符，例如 CN-ZJ", "must be capitals, digits and hyphens, such as CN-ZJ");
        }

        var parent = root["parent"].Text();
        if (parent == code)
        {
            root["parent"].Wrong("own-parent", "不能以自己为上级", "a calendar cannot be its own parent");
        }

        var zone = root["zone"].Text();
        if (zone is null && parent is null)
        {
            root["zone"].Wrong("missing", "没有上级的日历必须给出时区", "a calendar without a parent must name its time zone");
        }

        if (zone is not null && DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is null)
        {
            root["zone"].Wrong("unknown-zone", $"未知的时区“{zone}”", $"'{zone}' is not an IANA time zone");
        }

        var name = root["name"];
        var document = new CalendarDocument(
            code,
            root["version"].RequiredWhole(1, int.MaxValue),
            parent,
            new LocalText(name["zh-CN"].RequiredText(), name["en"].RequiredText()),
            zone,
            Weekend(root["weekend"], parent),
            root["businessHours"].IsAbsent ? null : Hours(root["businessHours"]),
            root["fixedHolidays"].Items().Select(Fixed).OfType<FixedHoliday>().ToList(),
            root["years"].Items().Select(Year).ToList());
        CalendarRules.Check(document, root);
        return document;
    }

    private static HashSet<DayOfWeek>? Weekend(JsonField field, string? parent)
    {
        if (field.IsAbsent)
        {
            if (parent is null)
            {
                field.Wrong("missing", "没有上级的日历必须给出周休日", "a calendar without a parent must name its weekend");
            }

            return null;
        }

        return field.Items().Select(d => d.OneOf<DayOfWeek>()).OfType<DayOfWeek>().ToHashSet();
    }

    private static FixedHoliday? Fixed(JsonField field)
    {
        var text = field["day"].RequiredText();
        var name = field["name"].RequiredText();
        // 2000 is a leap year, so 02-29 reads.
        if (DateOnly.TryParseExact("2000-" + text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return new FixedHoliday(day.Month, day.Day, name);
        }

        if (text.Length > 0)
        {
            field["day"].Wrong("not-a-day", "应为 月-日，例如 10-01", $"expected a month and day such as 10-01, found '{text}'");
        }

        return null;
    }

    private static CalendarYear Year(JsonField field)
    {
        var days = field["days"];
        return new CalendarYear(
            field["year"].RequiredWhole(WorkingCalendar.FirstDay.Year, WorkingCalendar.LastDay.Year),
            field["paper"].Text(),
            field["confidence"].Text(),
            field["workingDays"].Whole(0, 366),
            field["workingDaysByMonth"].IsAbsent ? null : field["workingDaysByMonth"].Items().Select(m => m.Whole(0, 31) ?? -1).ToList(),
            days.Items().Select(d => new ListedDay(
                Required(d["date"]).Date() ?? default,
                d["name"].Text(),
                Required(d["isOffDay"]).Flag() ?? false)).ToList());
    }

    private static JsonField Required(JsonField field)
    {
        if (field.IsAbsent)
        {
            field.Wrong("missing", "缺少该字段", "is missing");
        }

        return field;
    }

    private static BusinessHours Hours(JsonField field)
    {
        var dates = new Dictionary<DateOnly, IReadOnlyList<OpenInterval>>();
        foreach (var special in field["dates"].Items())
        {
            if (Required(special["date"]).Date() is { } date && !dates.TryAdd(date, Intervals(special["open"])))
            {
                special["date"].Wrong("duplicate", $"{date:yyyy-MM-dd} 重复", $"{date:yyyy-MM-dd} is listed twice");
            }
        }

        return new BusinessHours(
            field["source"].Text(), field["confidence"].Text(), Intervals(field["workingDay"]), Intervals(field["offDay"]), dates);
    }

    private static List<OpenInterval> Intervals(JsonField field)
    {
        var read = new List<OpenInterval>();
        foreach (var item in field.Items())
        {
            if (Minute(item["from"]) is not { } from || Minute(item["to"]) is not { } to)
            {
                continue;
            }

            if (from >= to || (read.Count > 0 && from < read[^1].To))
            {
                item.Wrong("bad-hours", "时段应先开后关、按时间排序且不重叠", "opens after it closes, or overlaps the interval before it");
                continue;
            }

            read.Add(new OpenInterval(from, to));
        }

        return read;
    }

    private static int? Minute(JsonField field)
    {
        var text = field.RequiredText();
        if (text == "24:00")
        {
            return 1440;
        }

        if (TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return time.Hour * 60 + time.Minute;
        }

        if (text.Length > 0)
        {
            field.Wrong("not-a-time", "应为 时:分，例如 08:30", $"expected a time such as 08:30, found '{text}'");
        }

        return null;
    }

    [GeneratedRegex("^[A-Z0-9]+(-[A-Z0-9]+)*$")]
    private static partial Regex CodePattern();
}
