using System.Security.Cryptography;

namespace PowerWorkflow.Server.Commands;

/// <summary>
/// Ids of cases: 20 letters and digits, the first ten from the time, so that new rows stand together in the tables. Ids of one node rise, also within a
/// millisecond: a list in the order of creation has one order.
/// </summary>
public sealed class CaseIds
{
    // Crockford's alphabet in lower case: no i, l, o, u to be misread.
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int TailBits = 50;

    private readonly Lock gate = new();
    private long lastTime;
    private long lastTail;

    /// <summary>A new id.</summary>
    public string New(DateTimeOffset now)
    {
        var (time, tail) = Next(now.ToUnixTimeMilliseconds());
        return string.Create(20, (time, tail), static (id, parts) =>
        {
            Write(id[..10], parts.time);
            Write(id[10..], parts.tail);
        });
    }

    private (long Time, long Tail) Next(long time)
    {
        Span<byte> random = stackalloc byte[8];
        RandomNumberGenerator.Fill(random);
        var bits = BitConverter.ToInt64(random);
        lock (gate)
        {
            if (time > lastTime)
                (lastTime, lastTail) = (time, bits & ((1L << (TailBits - 1)) - 1));
            else
                lastTail += 1 + (bits & 0xFFFFFF);
            return (lastTime, lastTail);
        }
    }

    private static void Write(Span<char> digits, long number)
    {
        for (var i = digits.Length - 1; i >= 0; i--, number >>= 5)
            digits[i] = Alphabet[(int)(number & 31)];
    }
}
