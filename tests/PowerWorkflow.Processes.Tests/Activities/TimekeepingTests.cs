using System.Text.Json.Nodes;
using PowerWorkflow.Engine;
using PowerWorkflow.Engine.Definitions;
using PowerWorkflow.Engine.Tests;
using PowerWorkflow.Processes.Activities;
using Xunit;

namespace PowerWorkflow.Processes.Tests.Activities;

/// <summary>Clocks, pauses and reminders of a running case, on the shipped calendars, policies and ladders. The desk starts on Monday 2026-11-02, 09:00 in Shanghai.</summary>
public sealed class TimekeepingTests
{
    private static readonly ReferenceLibrary library = ReferenceLibrary.Parse(
    [
        .. Documents("calendars", "calendar"), .. Documents("policies", "policy"), .. Documents("policies/sets", "policy-set"),
        new ReferenceText("ladders", "ladders", Shipped.Read("ladders.json")),
    ]);

    [Fact]
    public void A_clock_of_the_case_is_due_by_the_policy_of_its_class()
    {
        var desk = Desk(new Drawing("plan").Add("begin", "PowerWorkflow.StartClock", ("clock", "STAGE:PLAN_REPLY"), ("policy", "PLAN_REPLY"), ("fact", "ACCEPTED"))
            .Add("reply", "PowerWorkflow.UserTask").InOrder());

        desk.Start();

        var row = Clock(desk, "STAGE:PLAN_REPLY");
        var limit = World.Policies.Resolve("PLAN_REPLY", World.Classes["HV-SINGLE"])!;
        Assert.Equal("Running", (string?)row["state"]);
        Assert.Equal(limit.Reference, (string?)row["policy"]);
        Assert.Equal(limit.Row.Limit, (int?)row["limit"]);
        Assert.Equal(World.WorkingCalendar.CloseOf(World.WorkingCalendar.AddWorkingDays(new(2026, 11, 2), limit.Row.Limit!.Value)), (DateTimeOffset?)row["dueAt"]);
    }

    [Fact]
    public void A_pause_holds_the_due_time_of_the_task_and_its_end_moves_it()
    {
        var desk = Desk(new Drawing("plan").Add("begin", "PowerWorkflow.StartClock", ("clock", "STAGE:PLAN_REPLY"), ("policy", "PLAN_REPLY"), ("fact", "ACCEPTED"))
            .Add("fork", "Elsa.FlowFork", ("branches", new[] { "work", "wait" }))
            .Add("reply", "PowerWorkflow.UserTask", ("limit", "PLAN_REPLY"))
            .Add("ask", "PowerWorkflow.UserTask").Add("hold", "PowerWorkflow.PauseClock", ("code", "P02"), ("evidence", "sent"))
            .Add("signed", "PowerWorkflow.UserTask").Add("go", "PowerWorkflow.ResumeClock", ("code", "P02"), ("evidence", "signed"))
            .Lines("begin -> fork", "fork.work -> reply", "fork.wait -> ask -> hold -> signed -> go"));
        desk.Start();
        var first = desk.Tasks.Values.Single(task => task.Step == "reply").DueAt;

        desk.Now = At(2026, 11, 5, 10);
        desk.Complete("ask");
        var held = desk.Effects.OfType<Effect.RescheduleTask>().Last();
        desk.Now = At(2026, 11, 12, 10);
        desk.Complete("signed");
        var moved = desk.Effects.OfType<Effect.RescheduleTask>().Last();

        Assert.Null(held.DueAt);
        Assert.NotNull(first);
        Assert.True(moved.DueAt > first, $"{moved.DueAt} is not after {first}");
        Assert.Equal(moved.DueAt, (DateTimeOffset?)Clock(desk, "STAGE:PLAN_REPLY")["dueAt"]);
    }

    [Fact]
    public void Each_rung_is_sent_once_and_a_pause_moves_those_not_reached()
    {
        var desk = Desk(new Drawing("plan").Add("begin", "PowerWorkflow.StartClock", ("clock", "STAGE:PLAN_REPLY"), ("policy", "PLAN_REPLY"), ("fact", "ACCEPTED"))
            .Add("ask", "PowerWorkflow.UserTask").Add("hold", "PowerWorkflow.PauseClock", ("code", "P02"), ("evidence", "sent"))
            .Add("signed", "PowerWorkflow.UserTask").Add("go", "PowerWorkflow.ResumeClock", ("code", "P02"), ("evidence", "signed"))
            .Add("reply", "PowerWorkflow.UserTask").InOrder());
        desk.Start();
        var planned = desk.Timers.Values.Single().DueAt;

        desk.Complete("ask");
        Assert.Empty(desk.Timers);
        desk.Now = At(2026, 11, 12, 10);
        desk.Complete("signed");
        Assert.True(desk.Timers.Values.Single().DueAt > planned);
        while (desk.Timers.Count > 0) desk.NextTimer();

        var rungs = desk.Journal.Where(entry => entry.Kind == "RungReached").SelectMany(entry => entry.Detail["rungs"]!.AsArray().Select(rung => (string?)rung)).ToList();
        Assert.Equal(["50", "80", "due-day", "overdue", "overdue-3"], rungs);
    }

    [Fact]
    public void Rungs_that_came_due_together_are_one_message()
    {
        var desk = Desk(new Drawing("plan").Add("begin", "PowerWorkflow.StartClock", ("clock", "STAGE:PLAN_REPLY"), ("policy", "PLAN_REPLY"), ("fact", "ACCEPTED"))
            .Add("reply", "PowerWorkflow.UserTask").InOrder());
        desk.Start();
        var timer = desk.Timers.Values.Single();
        desk.Effects.Clear();

        desk.Now = At(2027, 1, 15, 10);
        desk.Apply(new Stimulus.FireTimer(timer.TimerId, timer.DueAt));

        Assert.Single(desk.Effects.OfType<Effect.Send>(), message => message.Kind == MessageKind.InApp);
        Assert.Single(desk.Effects.OfType<Effect.Send>(), message => message.Kind == MessageKind.Email);
        Assert.DoesNotContain(desk.Effects, effect => effect is Effect.SetTimer);
    }

    [Fact]
    public void A_second_pause_with_one_code_waits_for_a_manager_who_is_not_the_one_who_asks()
    {
        var desk = Desk(new Drawing("plan").Add("begin", "PowerWorkflow.StartClock", ("clock", "STAGE:PLAN_REPLY"), ("policy", "PLAN_REPLY"), ("fact", "ACCEPTED"))
            .Add("hold", "PowerWorkflow.PauseClock", ("code", "P02"), ("evidence", "sent")).Add("go", "PowerWorkflow.ResumeClock", ("code", "P02"), ("evidence", "signed"))
            .Add("ask", "PowerWorkflow.UserTask")
            .Add("again", "PowerWorkflow.PauseClock", ("code", "P02"), ("evidence", "sent again")).Add("reply", "PowerWorkflow.UserTask").InOrder());
        desk.Start();
        desk.Now = At(2026, 11, 3, 10);
        desk.Complete("ask", by: "wang");

        var approval = desk.Tasks.Values.Single();
        Assert.Equal(("R-MG", "again"), (approval.Role, approval.Step));
        Assert.Equal(["wang"], approval.NotPersons);
        Assert.Equal("Running", (string?)Clock(desk, "STAGE:PLAN_REPLY")["state"]);

        desk.Complete("again", "approve", by: "chief");

        Assert.Equal("Paused", (string?)Clock(desk, "STAGE:PLAN_REPLY")["state"]);
        Assert.Equal("P02", (string?)Clock(desk, "STAGE:PLAN_REPLY")["pausedBy"]);
        Assert.Equal("reply", desk.Waiting);
    }

    [Fact]
    public void A_stop_of_a_clock_that_never_ran_is_recorded_and_the_case_goes_on()
    {
        var desk = Desk(new Drawing("plan").Add("end", "PowerWorkflow.StopClock", ("clock", "WHOLE"), ("fact", "ENERGISED")).Add("ask", "PowerWorkflow.UserTask").InOrder());

        desk.Start();

        Assert.Equal("ask", desk.Waiting);
        Assert.Equal("unknown-clock", (string?)Assert.Single(desk.Journal, entry => entry.Kind == "ClockFactRefused").Detail["rule"]);
    }

    [Fact]
    public void An_unknown_pause_code_is_an_incident_that_lists_the_known_ones()
    {
        var desk = Desk(new Drawing("plan").Add("begin", "PowerWorkflow.StartClock", ("clock", "WHOLE"), ("policy", "WHOLE_PROCESS"), ("fact", "SUBMITTED"))
            .Add("hold", "PowerWorkflow.PauseClock", ("code", "P99"), ("evidence", "none")).InOrder());

        desk.Start();

        Assert.Contains("P14", Assert.Single(desk.State.Incidents).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_clock_started_again_after_it_stopped_is_its_second_round()
    {
        var desk = Desk(new Drawing("plan")
            .Add("one", "PowerWorkflow.StartClock", ("clock", "STAGE:COMPLETION_CHECK"), ("policy", "COMPLETION_CHECK"), ("fact", "REPORT_COMPLETE"))
            .Add("stop", "PowerWorkflow.StopClock", ("clock", "STAGE:COMPLETION_CHECK"), ("fact", "SHEET_DELIVERED")).Add("fix", "PowerWorkflow.UserTask")
            .Add("two", "PowerWorkflow.StartClock", ("clock", "STAGE:COMPLETION_CHECK"), ("policy", "COMPLETION_CHECK"), ("fact", "REINSPECTION_REQUESTED"))
            .Add("recheck", "PowerWorkflow.UserTask", ("limit", "COMPLETION_CHECK")).InOrder());
        desk.Start();
        desk.Now = At(2026, 11, 20, 9);

        desk.Complete("fix");

        Assert.Equal("Stopped", (string?)Clock(desk, "STAGE:COMPLETION_CHECK")["state"]);
        Assert.Equal("Running", (string?)Clock(desk, "STAGE:COMPLETION_CHECK#2")["state"]);
        Assert.Equal((DateTimeOffset?)Clock(desk, "STAGE:COMPLETION_CHECK#2")["dueAt"], desk.Tasks.Values.Single().DueAt);
    }

    private static CaseWorld World { get; } = library.WorldOf("CN", library.Policies.InForce(["360102", "3601", "36"], new(2026, 11, 2)).Pin);

    private static Desk Desk(Drawing drawing)
    {
        var json = drawing.Json;
        json["customProperties"] = new JsonObject { ["PowerWorkflow"] = new JsonObject { ["policyClass"] = "HV-SINGLE" } };
        var desk = new Desk(ProcessActivities.Catalog, WorkflowDefinition.Read(json, ProcessActivities.Catalog));
        desk.World = desk.World with { Domain = World };
        return desk;
    }

    private static JsonObject Clock(Desk desk, string name) => desk.Effects.OfType<Effect.Project>().Last(row => row.Kind == "clock" && row.Key == name).Value!;

    private static DateTimeOffset At(int year, int month, int day, int hour) => new(year, month, day, hour, 0, 0, TimeSpan.FromHours(8));

    private static IEnumerable<ReferenceText> Documents(string folder, string kind) => Directory.GetFiles(Path.Combine(Shipped.Folder, folder), "*.json")
        .Select(file => new ReferenceText(kind, Path.GetFileNameWithoutExtension(file), File.ReadAllText(file)));
}
