using System.Globalization;
using PowerWorkflow.Processes.Clocks;
using PowerWorkflow.Processes.Documents;

namespace PowerWorkflow.Processes.Reminders;

/// <summary>JSON to <see cref="Ladders"/>, noting every problem with its field.</summary>
internal static class LadderReading
{
    public static Ladders Read(JsonField root)
    {
        var ladders = new Dictionary<string, Ladder>(StringComparer.Ordinal);
        foreach (var field in root["ladders"].Items())
        {
            var ladder = ReadLadder(field);
            if (!ladders.TryAdd(ladder.Code, ladder))
            {
                field["code"].Wrong("duplicate", $"阶梯 {ladder.Code} 重复", $"ladder {ladder.Code} is listed twice");
            }
        }

        var quiet = root["quietHours"];
        var hours = quiet.IsAbsent || Time(quiet["from"]) is not { } from || Time(quiet["to"]) is not { } to ? null : new QuietHours(from, to);
        return new Ladders(root["version"].RequiredWhole(1), hours, ladders);
    }

    private static Ladder ReadLadder(JsonField field)
    {
        var fields = field["rungs"].Items();
        var rungs = fields.Select(ReadRung).ToList();
        if (rungs.Count == 0)
        {
            field["rungs"].Wrong("no-rungs", "阶梯没有任何一级", "has no rungs");
        }

        for (var i = 0; i < rungs.Count; i++)
        {
            if (rungs.Take(i).Any(r => r.Key == rungs[i].Key))
            {
                fields[i]["key"].Wrong("duplicate", $"级别 {rungs[i].Key} 重复", $"rung {rungs[i].Key} is listed twice: its key tells whether it was sent");
            }

            if (i > 0 && rungs[i].Place is RungPlace.Share { Part: var part } && rungs[i - 1].Place is RungPlace.Share { Part: var before } && part <= before)
            {
                fields[i]["at"].Wrong("out-of-order", "各级应由先到后排列", "rungs are listed from the first to the last");
            }
        }

        return new Ladder(field["code"].RequiredText(), new LocalText(field["name"]["zh-CN"].RequiredText(), field["name"]["en"].RequiredText()),
            field["kinds"].Items().Select(k => k.OneOf<ClockKind>()).OfType<ClockKind>().ToHashSet(), field["confidence"].Text(), rungs);
    }

    private static Rung ReadRung(JsonField field)
    {
        var to = field["to"].Items().Select(ReadRecipient).ToList();
        if (to.Count == 0)
        {
            field["to"].Wrong("nobody", "没有接收人", "tells nobody");
        }

        var channels = field["channels"].Items().Select(c => c.OneOf<ReminderChannel>()).OfType<ReminderChannel>().ToList();
        return new Rung(field["key"].RequiredText(), Place(field["at"]), field["urgent"].Flag() ?? false, to, channels.Count > 0 ? channels : [ReminderChannel.InApp],
            field["marks"].Items().Select(m => m.RequiredText()).ToList());
    }

    private static Recipient ReadRecipient(JsonField field)
    {
        var kind = field["kind"].RequiredOneOf<RecipientKind>();
        var code = kind is RecipientKind.Role or RecipientKind.Department ? field["code"].RequiredText() : field["code"].Text();
        return new Recipient(kind, code, field["level"].Text(), field["digest"].Flag() ?? false, field["copy"].Flag() ?? false);
    }

    private static RungPlace Place(JsonField field)
    {
        var given = new[] { "share", "dueDay", "before", "after" }.Where(n => !field[n].IsAbsent).ToList();
        if (given.Count != 1)
        {
            field.Wrong("one-place", "应恰好给出 share、dueDay、before、after 之一", "give exactly one of share, dueDay, before and after");
            return new RungPlace.After(0, RungUnit.Minutes);
        }

        switch (given[0])
        {
            case "share":
                var part = field["share"].Number() ?? 1;
                if (part is <= 0 or > 1)
                {
                    field["share"].Wrong("not-a-share", "应大于 0 且不超过 1", "must be above 0 and at most 1; rungs past the limit use after");
                }

                return new RungPlace.Share(part);
            case "dueDay":
                return new RungPlace.DueDay(Time(field["dueDay"]) ?? default);
            case "before":
                return new RungPlace.Before(field["before"].Whole(1, 100_000) ?? 1, field["unit"].RequiredOneOf<RungUnit>());
            default:
                return new RungPlace.After(field["after"].Whole(0, 100_000) ?? 0, field["unit"].RequiredOneOf<RungUnit>());
        }
    }

    private static TimeOnly? Time(JsonField field)
    {
        var text = field.RequiredText();
        if (TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return time;
        }

        if (text.Length > 0)
        {
            field.Wrong("not-a-time", "应为 时:分，例如 09:00", $"expected a time such as 09:00, found '{text}'");
        }

        return null;
    }
}
