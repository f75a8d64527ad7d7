using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using PowerWorkflow.Processes.Documents;

namespace PowerWorkflow.Processes.Calendars;

/// <summary>
/// The State Council's notice of one year, as a file (<c>{year, paper, days: [{date, name, isOffDay}]}</c>, the shape of holiday-cn) or as lines
/// <c>date,name,isOffDay</c>. Loading it makes the next version of a calendar; the versions before stay as they are.
/// </summary>
public static class HolidayNotice
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The calendar's document with the year of the notice put in, one version higher, ready to be stored and parsed.</summary>
    /// <param name="calendarJson">The newest version of the calendar.</param>
    /// <param name="noticeJson">The notice.</param>
    /// <exception cref="DocumentRefusedException">The notice, or the calendar with it, breaks a rule; nothing changes.</exception>
    public static string Load(string calendarJson, string noticeJson)
    {
        var problems = new List<Problem>();
        var field = JsonField.Open(noticeJson, problems);
        var year = field?["year"].RequiredWhole(WorkingCalendar.FirstDay.Year, WorkingCalendar.LastDay.Year);
        field?["paper"].RequiredText();
        if (field is { } f && f["days"].Items().Count == 0)
        {
            f["days"].Wrong("empty-year", "通知没有任何日期", "the notice names no days");
        }

        if (problems.Count > 0)
        {
            throw new DocumentRefusedException("holiday notice", problems);
        }

        // Both were read above and by the rules of calendars: they are objects.
        var calendar = JsonNode.Parse(calendarJson)!.AsObject();
        var years = calendar["years"] as JsonArray ?? [];
        calendar["years"] = null;
        var kept = years.Where(y => y?["year"]?.GetValue<int>() != year).Select(y => y!.DeepClone()).Append(JsonNode.Parse(noticeJson)!);
        calendar["years"] = new JsonArray([.. kept.OrderBy(y => y["year"]!.GetValue<int>())]);
        calendar["version"] = CalendarDocument.Parse(calendarJson).Version + 1;
        var next = calendar.ToJsonString(Indented);
        CalendarDocument.Parse(next, "calendar with the notice");
        return next;
    }

    /// <summary>Lines typed or pasted by hand as a notice. A first line that begins with "date" is a heading.</summary>
    /// <exception cref="DocumentRefusedException">Lists every wrong line by number.</exception>
    public static string FromLines(int year, string paper, string text)
    {
        var problems = new List<Problem>();
        var days = new JsonArray();
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Trim().TrimStart('\uFEFF');
            if (line.Length == 0 || (i == 0 && line.StartsWith("date", StringComparison.OrdinalIgnoreCase)))
            {
                continue;
            }

            var cells = line.Split(',').Select(c => c.Trim()).ToArray();
            var off = cells.Length == 3 ? Off(cells[2]) : null;
            if (off is null || !DateOnly.TryParseExact(cells[0], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            {
                problems.Add(new Problem($"line {i + 1}", "not-a-day-line", new LocalText(
                    $"“{line}”应为 日期,名称,休/班，例如 2027-10-01,国庆节,休", $"'{line}' is not date,name,off/work such as 2027-10-01,国庆节,off")));
                continue;
            }

            days.Add(new JsonObject { ["date"] = date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), ["name"] = cells[1], ["isOffDay"] = off });
        }

        return problems.Count > 0
            ? throw new DocumentRefusedException("holiday lines", problems)
            : new JsonObject { ["year"] = year, ["paper"] = paper, ["days"] = days }.ToJsonString(Indented);
    }

    private static bool? Off(string cell) => cell.ToUpperInvariant() switch
    {
        "TRUE" or "OFF" or "休" => true,
        "FALSE" or "WORK" or "班" => false,
        _ => null,
    };
}
