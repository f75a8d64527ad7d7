using PowerWorkflow.Engine.Definitions;
using PowerWorkflow.Engine.Timing;

namespace PowerWorkflow.Engine.Activities;

/// <summary>Waits for the next occurrence of a cron expression in the case's time zone.</summary>
public sealed class Cron : WaitingActivity
{
    private static readonly Input<string> expression = new("CronExpression") { UIHint = "cron-expression", Required = true };
    private static readonly Input<MissedTimer> missed = MissedInput();

    /// <summary>Elsa's Cron.</summary>
    public Cron() : base(new("Elsa.Cron", "Scheduling") { Inputs = [expression, missed], IsTrigger = true }, missed) { }

    private protected override bool Recurs => true;

    /// <summary>The cron expression of an activity in a definition; null when it is computed or absent.</summary>
    public static string? ExpressionOf(ActivityNode node) => node.LiteralOf(expression);

    private protected override DateTimeOffset? Next(ActivityContext context, DateTimeOffset after)
    {
        var text = context.Get(expression) ?? "";
        try
        {
            return CronSchedule.Parse(text).Next(after, context.TimeZone);
        }
        catch (FormatException error)
        {
            throw new ActivityFaultException("cron", $"Activity '{context.Node.Id}' ({context.Node.Label}): {error.Message}");
        }
    }
}
