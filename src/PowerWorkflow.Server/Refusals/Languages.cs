using System.Globalization;
using PowerWorkflow.Processes.Documents;

namespace PowerWorkflow.Server.Refusals;

/// <summary>
/// The language a person reads: the <c>pw-lang</c> cookie when it is set (the choice made in the application), else <c>Accept-Language</c>, else Chinese.
/// Only texts follow it: numbers and dates on the wire are the same for everybody.
/// </summary>
public static class Languages
{
    public const string Chinese = "zh-CN";
    public const string English = "en";

    /// <summary>Name of the cookie the application sets when a person chooses a language.</summary>
    public const string CookieName = "pw-lang";

    private static readonly CultureInfo ChineseCulture = CultureInfo.GetCultureInfo(Chinese);
    private static readonly CultureInfo EnglishCulture = CultureInfo.GetCultureInfo(English);

    /// <summary><see cref="Chinese"/> or <see cref="English"/>.</summary>
    public static string Language(this HttpContext http)
    {
        if (http.Request.Cookies.TryGetValue(CookieName, out var chosen) && Known(chosen) is { } fromCookie)
        {
            return fromCookie;
        }

        foreach (var accepted in http.Request.GetTypedHeaders().AcceptLanguage.OrderByDescending(a => a.Quality ?? 1))
        {
            if (Known(accepted.Value.Value) is { } language)
            {
                return language;
            }
        }

        return Chinese;
    }

    /// <summary>The sentence in <see cref="Chinese"/> or <see cref="English"/>.</summary>
    public static string In(this LocalText text, string language) => text.In(language == English ? EnglishCulture : ChineseCulture);

    private static string? Known(string? tag) => tag switch
    {
        not null when tag.StartsWith("zh", StringComparison.OrdinalIgnoreCase) => Chinese,
        not null when tag.StartsWith("en", StringComparison.OrdinalIgnoreCase) => English,
        _ => null,
    };
}
