using System.Text.Json.Nodes;
using PowerWorkflow.Engine;
using PowerWorkflow.Engine.Activities;
using PowerWorkflow.Processes.Clocks;

namespace PowerWorkflow.Processes.Activities;

/// <summary>
/// Pauses the case for a coded reason; the code decides which clocks stop. Where the table of pause codes asks for a manager's approval, the activity asks for
/// it and waits: time never approves anything.
/// </summary>
public sealed class PauseClock : Activity
{
    private static readonly Input<string> code = new("Code") { UIHint = "dropdown", Required = true };
    private static readonly Input<string> evidence = new("Evidence") { Required = true };
    private static readonly Input<DateTimeOffset> at = new("At") { UIHint = "datetime-picker", DefaultSyntax = "JavaScript" };

    /// <summary>Pauses the clocks that a code stops.</summary>
    public PauseClock() : base(new("PowerWorkflow.PauseClock", "PowerWorkflow.Time") { Inputs = [code, evidence, at] }) { }

    /// <inheritdoc/>
    public override Turn Execute(ActivityContext context)
    {
        var reason = context.Get(code) ?? "";
        var pause = new ClockFact.Paused(reason, ClockInputs.At(context, at), context.Actor.Person, ClockInputs.Evidence(context, evidence, ""));
        var clocks = CaseClocks.Of(context);
        try
        {
            clocks.AppendWhereItApplies(pause, "ClockPaused", new JsonObject { ["code"] = reason });
            return Leave();
        }
        catch (ClockFactException asks) when (asks.Rule == ClockRule.NeedsApproval)
        {
            context.OpenTask(new TaskSpecification
            {
                TaskId = context.NextId(),
                ActivityId = context.Path,
                Step = context.Node.Name,
                Title = asks.Text.Zh,
                Process = context.Scope.DefinitionId,
                Role = clocks.World.Clocks.Pauses.ApprovalRole,
                Outcomes = ["approve", "reject"],
                NotPersons = [context.Actor.Person],
            });
            context.Memory = new JsonObject
            {
                // What the engine judges the answer by.
                ["outcomes"] = new JsonArray("approve", "reject"),
                ["notPersons"] = new JsonArray(context.Actor.Person),
                ["code"] = reason,
                ["at"] = pause.At,
                ["by"] = pause.By,
                ["evidence"] = pause.Evidence[0].Reference,
            };
            return Stay;
        }
    }

    /// <inheritdoc/>
    public override Turn Resume(ActivityContext context, Stimulus stimulus)
    {
        var answer = (Stimulus.CompleteTask)stimulus;
        var asked = context.Memory!.AsObject(); // written when the task was opened
        var reason = (string)asked["code"]!; // written when the task was opened
        context.Emit(new Effect.CloseTask(answer.TaskId, answer.Outcome, answer.Actor.Person));
        if (answer.Outcome != "approve")
        {
            context.Record("PauseRejected", new JsonObject { ["code"] = reason, ["comment"] = answer.Comment });
            return Leave();
        }
        var clocks = CaseClocks.Of(context);
        var approval = new PauseApproval(answer.Actor.Person, clocks.World.Clocks.Pauses.ApprovalRole);
        clocks.AppendWhereItApplies(
            new ClockFact.Paused(reason, (DateTimeOffset)asked["at"]!, (string)asked["by"]!, [new(Evidence.Unclassified, (string)asked["evidence"]!)], approval), // as above
            "ClockPaused", new JsonObject { ["code"] = reason, ["approvedBy"] = answer.Actor.Person });
        return Leave();
    }
}
