namespace PowerWorkflow.Processes.Clocks;

/// <summary>Pauses in any order made into a list that is sorted, does not overlap and begins at the start of the clock at the earliest.</summary>
internal static class PauseUnion
{
    public static List<PauseSpan> Of(IReadOnlyList<PauseSpan>? pauses, DateTimeOffset start)
    {
        var union = new List<PauseSpan>();
        if (pauses is null)
        {
            return union;
        }

        foreach (var pause in pauses.Where(p => p.To is null || (p.To > start && p.To > p.From)).OrderBy(p => p.From))
        {
            var from = pause.From < start ? start : pause.From;
            if (union.Count > 0 && (union[^1].To is not { } end || from <= end))
            {
                union[^1] = union[^1] with { To = Later(union[^1].To, pause.To) };
            }
            else
            {
                union.Add(pause with { From = from });
            }
        }

        return union;
    }

    private static DateTimeOffset? Later(DateTimeOffset? a, DateTimeOffset? b) => a is null || b is null ? null : a > b ? a : b;
}
