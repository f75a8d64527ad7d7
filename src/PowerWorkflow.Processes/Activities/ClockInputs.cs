using PowerWorkflow.Engine.Activities;
using PowerWorkflow.Processes.Clocks;

namespace PowerWorkflow.Processes.Activities;

/// <summary>What the four time activities ask alike.</summary>
internal static class ClockInputs
{
    /// <summary>When it happened: as given, else now. A fact cannot lie in the future.</summary>
    public static DateTimeOffset At(ActivityContext context, Input<DateTimeOffset> input)
    {
        var at = context.Has(input) && context.Get(input) is var given && given != default ? given : context.Now;
        return at > context.Now ? context.Now : at;
    }

    /// <summary>The definition's words for the evidence; the journal entry of the step before holds the pieces themselves.</summary>
    public static IReadOnlyList<Evidence> Evidence(ActivityContext context, Input<string> input, string otherwise) =>
        [new(Clocks.Evidence.Unclassified, context.Get(input) is { Length: > 0 } words ? words : otherwise)];
}
