using System.Text;
using System.Text.Json.Nodes;
using PowerWorkflow.Engine;
using PowerWorkflow.Engine.Journal;
using PowerWorkflow.Server.Storage;
using PowerWorkflow.Server.Storage.Schema;

namespace PowerWorkflow.Server.Tests.Storage;

/// <summary>Units as a burst would make them, without an engine: what the storage does with them does not depend on it.</summary>
internal static class Units
{
    public static readonly DateTimeOffset At = new(2026, 11, 2, 1, 0, 0, TimeSpan.Zero);

    public static CaseHeader Header(string caseId, string? number = null) => new()
    {
        CaseId = caseId,
        Number = number ?? $"GY-3601-20261102-{caseId}",
        Process = "new-connection",
        DefinitionVersionId = "new-connection-v1",
        PinId = "pins",
        Unit = "3601",
        CustomerName = "示范电子有限公司",
        Status = CaseStatus.Running,
        StartedBy = "li-na",
        CreatedAt = At,
    };

    /// <summary>A case that opens its first task.</summary>
    public static CommitUnit Start(string caseId, string? number = null) => new()
    {
        Header = Header(caseId, number),
        Pins = "{}",
        ReadVersion = 0,
        State = Encoding.UTF8.GetBytes("""{"at":"survey"}"""),
        Journal = Entries(caseId, 0, "CaseStarted", "TaskOpened"),
        Effects =
        [
            new Effect.OpenTask(Task($"{caseId}-1", "survey")),
            new Effect.WriteSection("CASE", new JsonObject { ["priority"] = 0 }),
        ],
        Tasks = new Dictionary<string, TaskRow>(),
        Command = Command("li-na", $"start-{caseId}"),
        Reply = new Reply(201, new JsonObject { ["id"] = caseId }),
        At = At,
    };

    /// <summary>Closes the task before and opens the next, with one of everything a burst can write.</summary>
    /// <param name="read">Version that was read; the tasks are numbered by it.</param>
    public static CommitUnit Step(string caseId, long read, string? commandId = null) => new()
    {
        Header = Header(caseId) with { Name = $"step {read}" },
        Before = Header(caseId),
        ReadVersion = read,
        State = Encoding.UTF8.GetBytes($$"""{"step":{{read}}}"""),
        Journal = Entries(caseId, read * 2, "TaskCompleted", "TaskOpened"),
        Effects =
        [
            new Effect.CloseTask($"{caseId}-{read}", "done", "wang-wei"),
            new Effect.OpenTask(Task($"{caseId}-{read + 1}", "plan")),
            new Effect.WriteSection("SURVEY", new JsonObject { ["openCap"] = 315 + read }),
            new Effect.SetTimer($"{caseId}-t{read}", At.AddHours(read), MissedTimer.FireOnce, "Delay", "wait"),
            new Effect.AwaitEvent($"{caseId}-w{read}", "paid", caseId),
            new Effect.Send($"{caseId}-m{read}", MessageKind.Webhook, "erp", new JsonObject { ["step"] = read }, WantsReply: false),
            new Effect.Project("clock", "SUPPLIER", new JsonObject { ["state"] = "Running", ["startedAt"] = "2026-11-02T01:00:00Z" }),
            new Effect.Project("register", $"r{read}", new JsonObject { ["n"] = read }),
        ],
        Tasks = new Dictionary<string, TaskRow>(),
        Command = Command("wang-wei", commandId ?? $"step-{caseId}-{read}"),
        Reply = new Reply(200, new JsonObject { ["step"] = read }),
        At = At,
    };

    public static CommandIdentity Command(string person, string commandId, string request = "request") =>
        new(person, commandId, System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(request)));

    public static TaskSpecification Task(string taskId, string step) => new()
    {
        TaskId = taskId, ActivityId = step, Step = step, Title = "现场勘查", Process = "new-connection", Role = "R-SV", Outcomes = ["done"],
    };

    public static IReadOnlyList<ChainedEntry> Entries(string caseId, long after, params string[] kinds) =>
    [
        .. kinds.Select((kind, i) => new ChainedEntry(
            after + i + 1, new JournalEntry(kind, At, Actor.System, null, null, null, []),
            Encoding.UTF8.GetBytes($$"""{"case":"{{caseId}}","kind":"{{kind}}"}"""), new byte[32])),
    ];
}
