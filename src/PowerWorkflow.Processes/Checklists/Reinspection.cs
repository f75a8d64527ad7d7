using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PowerWorkflow.Processes.Checklists;

/// <summary>Which items a re-inspection looks at.</summary>
public static class Reinspection
{
    /// <summary>
    /// The sample of passed items that is looked at again, in the order of the checklist. It is random to the contractor but the same whenever it is asked for:
    /// anybody who knows the case can prove that it was not picked by hand.
    /// </summary>
    /// <param name="caseId">The case.</param>
    /// <param name="round">The round that is to come, 2 or more.</param>
    /// <param name="passed">Codes of the items that passed so far.</param>
    /// <param name="percent">How many of them, rounded up.</param>
    public static IReadOnlyList<string> Sample(string caseId, int round, IReadOnlyList<string> passed, decimal percent)
    {
        var count = (int)Math.Ceiling(passed.Count * percent / 100);
        var chosen = passed.OrderBy(code => Rank(caseId, round, code), StringComparer.Ordinal).Take(count).ToHashSet();
        return [.. passed.Where(chosen.Contains)];
    }

    private static string Rank(string caseId, int round, string code) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{caseId}|{round}|{code}"))));
}
