using System.Text.Json.Nodes;

namespace PowerWorkflow.Server.Tests.Api;

/// <summary>People and cases that the refusals of <see cref="RefusalTable"/> are asked with.</summary>
public sealed class RefusalScene
{
    private RefusalScene(ApiServer server) => Server = server;

    public ApiServer Server { get; }

    /// <summary>Front desk of station 01, who started the cases.</summary>
    public required ApiPerson Clerk { get; init; }

    /// <summary>Front desk of the county.</summary>
    public required ApiPerson Colleague { get; init; }

    /// <summary>Has no role at the front desk.</summary>
    public required ApiPerson Surveyor { get; init; }

    /// <summary>Leads station 01.</summary>
    public required ApiPerson Leader { get; init; }

    public required ApiPerson Auditor { get; init; }

    public required ApiPerson Nobody { get; init; }

    /// <summary>Waits at <c>accept</c>.</summary>
    public required string CaseId { get; init; }

    /// <summary>The open task <c>accept</c>, claimed by nobody.</summary>
    public required string TaskId { get; init; }

    /// <summary>An open task <c>accept</c> claimed by the colleague.</summary>
    public required string TakenTaskId { get; init; }

    /// <summary>A task that is done; its case waits at <c>appoint</c>.</summary>
    public required string DoneTaskId { get; init; }

    /// <summary>A case that was cancelled.</summary>
    public required string EndedCaseId { get; init; }

    /// <summary>A file of the colleague's that belongs to no case.</summary>
    public required string ForeignFileId { get; init; }

    /// <summary>Id of the command that started the first case.</summary>
    public required string UsedCommandId { get; init; }

    public static async Task<RefusalScene> Set(ApiServer server)
    {
        var (clerk, colleague, leader) = (await server.As("li-na"), await server.As("hu-yan"), await server.As("xie-hong"));
        var used = LowVoltageCase.NewId();
        var caseId = (string)(await clerk.Post("/api/cases", LowVoltageCase.Application("拒绝表客户", used)))["case"]["id"]!;
        var taken = await clerk.TaskAt(await LowVoltageCase.Start(clerk), "accept");
        await colleague.Post($"/api/tasks/{taken}/claim", new { commandId = Guid.NewGuid() });
        var moved = await LowVoltageCase.Start(clerk);
        var done = await clerk.TaskAt(moved, "accept");
        await LowVoltageCase.Complete(clerk, moved, "accept", "accepted");
        var ended = await LowVoltageCase.Start(clerk);
        await leader.Post($"/api/cases/{ended}/cancel", new { reason = "测试取消", commandId = Guid.NewGuid() });
        return new RefusalScene(server)
        {
            Clerk = clerk,
            Colleague = colleague,
            Surveyor = await server.As("wu-gang"),
            Leader = leader,
            Auditor = await server.As("su-rui"),
            Nobody = server.Nobody(),
            CaseId = caseId,
            TaskId = await clerk.TaskAt(caseId, "accept"),
            TakenTaskId = taken,
            DoneTaskId = done,
            EndedCaseId = ended,
            ForeignFileId = (string)(await colleague.Upload(LowVoltageCase.Photo(), "同事的照片.png"))["id"]!,
            UsedCommandId = used,
        };
    }

    public void Speak(string language)
    {
        foreach (var person in (ApiPerson[])[Clerk, Colleague, Surveyor, Leader, Auditor, Nobody])
        {
            person.Language = language;
        }
    }

    /// <summary>Tries to start a case with one thing changed.</summary>
    public Task<Reply> Start(Action<JsonObject> change, ApiPerson? by = null)
    {
        var application = LowVoltageCase.Application();
        change(application);
        return (by ?? Clerk).Post("/api/cases", application);
    }

    /// <summary>Tries to complete the open task with one thing changed.</summary>
    public Task<Reply> Complete(Action<JsonObject> change, ApiPerson? by = null, string? taskId = null)
    {
        var completion = LowVoltageCase.Completion("accept", "accepted");
        change(completion);
        return (by ?? Clerk).Post($"/api/tasks/{taskId ?? TaskId}/complete", completion);
    }

    /// <summary>Sends a small command with a fresh id.</summary>
    public static Task<Reply> Command(ApiPerson by, string path, JsonObject? body = null)
    {
        body ??= [];
        body["commandId"] ??= LowVoltageCase.NewId();
        return by.Post(path, body);
    }
}
