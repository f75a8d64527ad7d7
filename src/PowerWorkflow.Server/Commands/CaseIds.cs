using System.Security.Cryptography;

namespace PowerWorkflow.Server.Commands;

/// <summary>Ids of cases: 20 letters and digits, the first ten from the time, so that new rows stand together in the tables.</summary>
public static class CaseIds
{
    // Crockford's alphabet in lower case: no i, l, o, u to be misread.
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    public static string New(DateTimeOffset now)
    {
        Span<char> id = stackalloc char[20];
        var time = now.ToUnixTimeMilliseconds();
        for (var i = 9; i >= 0; i--, time >>= 5)
            id[i] = Alphabet[(int)(time & 31)];
        RandomNumberGenerator.GetItems<char>(Alphabet, id[10..]);
        return new string(id);
    }
}
