using PowerWorkflow.Processes.Documents;

namespace PowerWorkflow.Processes.CheckPlanning;

/// <summary>How often a piece of equipment or a tool must be tested. Months are the longest interval its text allows.</summary>
/// <param name="LaterMonths">The interval once <paramref name="LaterAfterMonths"/> have passed since commissioning.</param>
public sealed record PreventiveTest(
    string Code, string Item, int Months, int? ImportantMonths, int? LaterMonths, int? LaterAfterMonths, bool ImportantOnly, string Text, string Source, string Confidence)
{
    /// <summary>When the test is due again; null when only important customers have to.</summary>
    public DateOnly? NextDue(DateOnly lastTest, DateOnly commissioned, bool important)
    {
        if (ImportantOnly && !important)
        {
            return null;
        }

        var months = important ? ImportantMonths ?? Months : Months;
        if (LaterMonths is { } later && LaterAfterMonths is { } after && lastTest >= commissioned.AddMonths(after))
        {
            months = Math.Min(months, later);
        }

        return lastTest.AddMonths(months);
    }
}

/// <summary>A version of the test intervals.</summary>
public sealed record PreventiveTests(int Version, IReadOnlyDictionary<string, PreventiveTest> Tests)
{
    /// <exception cref="DocumentRefusedException">Lists every field that breaks a rule.</exception>
    public static PreventiveTests Parse(string json, string document = "preventive tests")
    {
        var problems = new List<Problem>();
        PreventiveTests? read = null;
        if (JsonField.Open(json, problems) is { } root)
        {
            var tests = new Dictionary<string, PreventiveTest>(StringComparer.Ordinal);
            foreach (var field in root["tests"].Items())
            {
                var test = new PreventiveTest(field["code"].RequiredText(), field["item"].RequiredText(), field["months"].RequiredWhole(1, 600), field["importantMonths"].Whole(1, 600),
                    field["laterMonths"].Whole(1, 600), field["laterAfterMonths"].Whole(1, 600), field["importantOnly"].Flag() ?? false, field["text"].RequiredText(),
                    field["source"].RequiredText(), field["confidence"].RequiredText());
                if (!tests.TryAdd(test.Code, test))
                {
                    field["code"].Wrong("duplicate", $"{test.Code} 重复", $"{test.Code} is listed twice");
                }
            }

            read = new PreventiveTests(root["version"].RequiredWhole(1), tests);
        }

        return read is null || problems.Count > 0 ? throw new DocumentRefusedException(document, problems) : read;
    }
}
