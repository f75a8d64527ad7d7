using System.Globalization;

namespace PowerWorkflow.Processes.Judges;

/// <summary>Check digits of identity cards (GB 11643-1999) and unified social credit codes (GB 32100-2015).</summary>
public static class IdNumbers
{
    private const string CreditAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    /// <summary>Whether the number can be one of its kind. A kind without a check digit is always valid.</summary>
    public static bool IsValid(string? kind, string? number) => kind switch
    {
        "身份证" => IsIdentityCard(number ?? ""),
        "统一社会信用代码" => IsCreditCode(number ?? ""),
        _ => number is { Length: > 0 },
    };

    private static bool IsIdentityCard(string number)
    {
        if (number.Length != 18 || !number[..17].All(char.IsAsciiDigit)
            || !DateOnly.TryParseExact(number.AsSpan(6, 8), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            return false;
        }

        var sum = 0;
        for (int i = 0, weight = 1; i < 17; i++, weight = weight * 2 % 11)
        {
            // Weights are powers of two modulo 11, counted from the right, the check digit having 1.
            sum += (number[16 - i] - '0') * (weight * 2 % 11);
        }

        return "10X98765432"[sum % 11] == char.ToUpperInvariant(number[17]);
    }

    private static bool IsCreditCode(string number)
    {
        if (number.Length != 18 || !number.All(c => CreditAlphabet.Contains(c, StringComparison.Ordinal)))
        {
            return false;
        }

        var sum = 0;
        for (int i = 0, weight = 1; i < 17; i++, weight = weight * 3 % 31)
        {
            sum += CreditAlphabet.IndexOf(number[i], StringComparison.Ordinal) * weight;
        }

        return CreditAlphabet[(31 - (sum % 31)) % 31] == number[17];
    }
}
