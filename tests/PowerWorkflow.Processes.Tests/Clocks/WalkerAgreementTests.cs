using PowerWorkflow.Processes.Calendars;
using PowerWorkflow.Processes.Clocks;
using Xunit;
using Xunit.Abstractions;

namespace PowerWorkflow.Processes.Tests.Clocks;

public sealed class WalkerAgreementTests(ITestOutputHelper output)
{
    /// <summary>SAMPLES=10000000 walks ten times as far; SEED repeats a run.</summary>
    private static readonly int Samples = Number("SAMPLES", 1_000_000);

    // One zone without summer time, two with it, on either side of Greenwich.
    private static readonly (string Zone, int Opens, int Closes)[] Regions = [("Asia/Shanghai", 510, 1050), ("Europe/Berlin", 60, 1200), ("America/New_York", 0, 1440)];

    [Fact]
    public void The_fast_reckoning_agrees_with_a_walk_over_every_minute_on_a_million_samples()
    {
        var seed = Number("SEED", 20261121);
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var calendars = Regions.Select(Calendar).ToArray();
        var walkers = Regions.Select((r, i) => new MinuteWalker(r.Zone, r.Opens, r.Closes, Listed(calendars[i]))).ToArray();
        for (var i = 0; i < Samples; i++)
        {
            var region = random.Next(Regions.Length);
            var question = Draw(random);

            var fast = Due.Compute(calendars[region], question)!.Value;

            var agrees = question.Kind is ClockKind.WD or ClockKind.CD
                ? fast.Date == walkers[region].Date(question)
                : fast.At == walkers[region].Moment(question);
            Assert.True(agrees, $"seed {seed}, sample {i}: {Regions[region].Zone} {Words(question)} gave {fast}");
        }
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), out var given) ? given : otherwise;

    private static DueQuestion Draw(Random random)
    {
        var kind = (ClockKind)random.Next(5);
        var start = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(random.Next(700 * 1440));
        var days = kind is ClockKind.WD or ClockKind.CD;
        var reach = days ? 40 * 1440 : kind == ClockKind.H24 ? 1440 : 600;
        var pauses = new PauseSpan[random.Next(4)];
        for (var i = 0; i < pauses.Length; i++)
        {
            var from = start.AddMinutes(random.Next(reach) - reach / 10);
            pauses[i] = new PauseSpan(from, from.AddMinutes(random.Next(reach / 3)));
        }

        var limit = kind switch { ClockKind.H24 => random.Next(24), ClockKind.MIN24 => random.Next(600), ClockKind.WHALL => random.Next(900), _ => random.Next(1, 40) };
        return new DueQuestion(kind, limit, start, random.Next(2) == 0, pauses);
    }

    private static WorkingCalendar Calendar((string Zone, int Opens, int Closes) region)
    {
        static string Clock(int minute) => $"{minute / 60:00}:{minute % 60:00}";
        return Shipped.Calendars.With(CalendarDocument.Parse($$"""
            { "code": "T", "version": 1, "parent": "CN", "zone": "{{region.Zone}}", "name": { "zh-CN": "试", "en": "test" },
              "businessHours": { "workingDay": [{ "from": "{{Clock(region.Opens)}}", "to": "{{Clock(region.Closes)}}" }] } }
            """)).Resolve("T");
    }

    private static Dictionary<DateOnly, bool> Listed(WorkingCalendar calendar) => Enumerable
        .Range(0, 1500).Select(new DateOnly(2024, 12, 1).AddDays).Select(d => (Date: d, calendar.Day(d).Kind))
        .Where(d => d.Kind is DayKind.Holiday or DayKind.MakeUp).ToDictionary(d => d.Date, d => d.Kind == DayKind.Holiday);

    private static string Words(DueQuestion q) =>
        $"{q.Kind} {q.Limit} from {q.Start:u} roll {q.RollForward} pauses [{string.Join(", ", q.Pauses!.Select(p => $"{p.From:u}..{p.To:u}"))}]";
}
