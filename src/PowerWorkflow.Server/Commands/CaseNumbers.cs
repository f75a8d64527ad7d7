using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PowerWorkflow.Server.Storage;

namespace PowerWorkflow.Server.Commands;

/// <summary>
/// Numbers for people: prefix, unit, local date, sequence (<c>GY-360102-20261102-00017</c>). The next one is taken from memory; the table's unique index decides, and
/// a node whose number was taken by another looks again where the series stands.
/// </summary>
public sealed class CaseNumbers(IDbContextFactory<WorkflowDb> databases)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<Series>>> series = new();

    /// <summary>The next number of the process in the unit on the unit's local day.</summary>
    /// <param name="definition">Its <c>customProperties.PowerWorkflow.casePrefix</c> is the prefix; C without one.</param>
    public async Task<string> NextAsync(JsonObject definition, string unit, string timeZone, DateTimeOffset now, CancellationToken cancel)
    {
        var prefix = (string?)definition["customProperties"]?["PowerWorkflow"]?["casePrefix"] ?? "C";
        var day = TimeZoneInfo.ConvertTime(now, TimeZoneInfo.FindSystemTimeZoneById(timeZone));
        var name = string.Create(CultureInfo.InvariantCulture, $"{prefix}-{unit}-{day:yyyyMMdd}-");
        var counter = await series.GetOrAdd(name, _ => new Lazy<Task<Series>>(() => ReadAsync(name))).Value.WaitAsync(cancel);
        return string.Create(CultureInfo.InvariantCulture, $"{name}{counter.Next():00000}");
    }

    /// <summary>To be called when a number turned out to be taken.</summary>
    public void Forget(string number) => series.TryRemove(number[..(number.LastIndexOf('-') + 1)], out _);

    private async Task<Series> ReadAsync(string name)
    {
        await using var db = await databases.CreateDbContextAsync();
        // Numbers of one length keep their order as text in every collation; longer ones come later in a series, so they are looked for first.
        for (var digits = 7; digits >= 5; digits--)
        {
            var (first, end) = (name + new string('0', digits), name + new string('9', digits));
#pragma warning disable CA1309 // Translated to a comparison in SQL, where the index has it.
            var last = await db.Cases
                .Where(row => string.Compare(row.Number, first) >= 0 && string.Compare(row.Number, end) <= 0 && row.Number.Length == first.Length)
                .MaxAsync(row => (string?)row.Number);
#pragma warning restore CA1309
            if (last is not null)
                return new Series(int.Parse(last.AsSpan(name.Length), CultureInfo.InvariantCulture));
        }
        return new Series(0);
    }

    private sealed class Series(int last)
    {
        private int last = last;

        public int Next() => Interlocked.Increment(ref last);
    }
}
