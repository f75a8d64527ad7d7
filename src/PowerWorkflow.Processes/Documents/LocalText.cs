using System.Globalization;

namespace PowerWorkflow.Processes.Documents;

/// <summary>One sentence in the two languages of the product. Figures inside are already formatted.</summary>
public sealed record LocalText(string Zh, string En)
{
    /// <summary>Chinese for every culture whose language is Chinese, English for all others.</summary>
    public string In(CultureInfo culture) => culture.TwoLetterISOLanguageName == "zh" ? Zh : En;

    public override string ToString() => En;
}
