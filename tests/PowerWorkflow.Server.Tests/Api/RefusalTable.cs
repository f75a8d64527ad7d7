using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;

namespace PowerWorkflow.Server.Tests.Api;

/// <summary>One thing that must be refused.</summary>
/// <param name="Name">What is wrong about it.</param>
/// <param name="Ask">Asks for it.</param>
/// <param name="Says">Part of the English detail.</param>
/// <param name="Field">A member of <c>errors</c> that must be there.</param>
public sealed record Refusal(string Name, Func<RefusalScene, Task<Reply>> Ask, int Status, string Slug, string Says, string? Field = null);

/// <summary>Malformed forms, commands and uploads. Long on purpose: it is read as a table.</summary>
public static class RefusalTable
{
    public static IReadOnlyList<Refusal> All { get; } =
    [
        // Starting a case
        new("a start of a process that does not exist", s => s.Start(a => a["process"] = "no-such-process"), 404, "not-found", "no-such-process"),
        new("a start in a unit that does not exist", s => s.Start(a => a["unit"] = "999999"), 422, "input-invalid", "999999", "unit"),
        new("a start without the customer's name", s => s.Start(a => a["customer"]!["name"] = "  "), 422, "input-invalid", "customer's name", "customer.name"),
        new("a start without a customer", s => s.Start(a => a.Remove("customer")), 422, "input-invalid", "customer"),
        new("a start by somebody without a start role", s => s.Start(_ => { }, s.Surveyor), 403, "forbidden", "R-CSR"),
        new("a start in a neighbouring unit", s => s.Start(a => a["unit"] = "360102-02"), 403, "forbidden", "360102-02"),
        new("a start by an auditor", s => s.Start(_ => { }, s.Auditor), 403, "forbidden", "may not start"),
        new("a start without a command id", s => s.Start(a => a.Remove("commandId")), 422, "input-invalid", "commandId"),
        new("a start with a command id that is no UUID", s => s.Start(a => a["commandId"] = "first try"), 422, "input-invalid", "commandId"),
        new("a start with a command id of zeros", s => s.Start(a => a["commandId"] = Guid.Empty.ToString()), 422, "input-invalid", "new UUID", "commandId"),
        new("a start with the command id of another start", s => s.Start(a => { a["commandId"] = s.UsedCommandId; a["customer"]!["name"] = "别人"; }), 422, "command-reused", "different payload"),
        new("a start with data as a list", s => s.Start(a => a["data"] = new JsonArray()), 422, "input-invalid", "$.data"),
        new("a start with a section as text", s => s.Start(a => a["data"]!["CASE"] = "text"), 422, "input-invalid", "$.data"),
        new("a start with a workflow input that is not declared", s => s.Start(a => a["inputs"] = new JsonObject { ["colour"] = "red" }), 422, "input-invalid", "colour", "inputs"),
        new("a start that is not JSON", s => s.Clerk.PostText("/api/cases", "{\"process\": "), 422, "input-invalid", "cannot be read"),
        new("a start with an empty body", s => s.Clerk.PostText("/api/cases", ""), 422, "input-invalid", "read"),
        new("a start as a web form", s => s.Clerk.PostText("/api/cases", "process=x", "application/x-www-form-urlencoded"), 422, "input-invalid", "read"),
        new("a start that is the JSON null", s => s.Clerk.PostText("/api/cases", "null"), 422, "input-invalid", "read"),

        // The form of a start
        new("a form without a required section", s => s.Start(a => Data(a).Remove("LOAD")), 422, "form-invalid", "field(s) to correct", "LOAD"),
        new("a form without a required field", s => s.Start(a => Data(a)["CUST"]!.AsObject().Remove("custName")), 422, "form-invalid", "Application", "CUST.custName"),
        new("a form with text for a number", s => s.Start(a => Data(a)["LOAD"]!["applyCap"] = "eight"), 422, "form-invalid", "correct", "LOAD.applyCap"),
        new("a form with a number below its minimum", s => s.Start(a => Data(a)["LOAD"]!["applyCap"] = -1), 422, "form-invalid", "correct", "LOAD.applyCap"),
        new("a form with a choice that is not offered", s => s.Start(a => Data(a)["CASE"]!["channel"] = "信鸽"), 422, "form-invalid", "correct", "CASE.channel"),
        new("a form with a field it does not have", s => s.Start(a => Data(a)["CUST"]!["nickname"] = "x"), 422, "form-invalid", "correct", "CUST.nickname"),
        new("a form with a section it does not write", s => s.Start(a => Data(a)["SURVEY"] = new JsonObject()), 422, "form-invalid", "correct", "SURVEY"),
        new("a form with an instant that is none", s => s.Start(a => Data(a)["CASE"]!["submittedAt"] = "yesterday"), 422, "form-invalid", "correct", "CASE.submittedAt"),
        new("a form with null for an object", s => s.Start(a => Data(a)["CUST"]!["consent"] = null), 422, "form-invalid", "correct", "CUST.consent"),
        new("a form with a list for a text", s => s.Start(a => Data(a)["CUST"]!["addr"] = new JsonArray("a")), 422, "form-invalid", "correct", "CUST.addr"),
        new("a form with an empty required text", s => s.Start(a => Data(a)["CUST"]!["custName"] = ""), 422, "form-invalid", "correct", "CUST.custName"),
        new("a form with a section of a second round", s => s.Start(a => Data(a)["CUST#2"] = Data(a)["CUST"]!.DeepClone()), 422, "form-invalid", "correct", "CUST#2"),

        // Completing a task
        new("a completion of a task that does not exist", s => s.Complete(_ => { }, taskId: "no-such-task"), 404, "not-found", "no-such-task"),
        new("a completion of a task id that was never given", s => s.Complete(_ => { }, taskId: s.CaseId + ".99999"), 404, "not-found", "99999"),
        new("a completion without an outcome", s => s.Complete(c => c.Remove("outcome")), 422, "outcome-not-permitted", "Permitted"),
        new("a completion with an outcome the step does not have", s => s.Complete(c => c["outcome"] = "approved"), 422, "outcome-not-permitted", "accepted"),
        new("a completion without its section", s => s.Complete(c => c["data"] = new JsonObject()), 422, "form-invalid", "correct", "ACCEPT"),
        new("a completion without data", s => s.Complete(c => c.Remove("data")), 422, "form-invalid", "correct", "ACCEPT"),
        new("a completion with a section of another step", s => s.Complete(c => c["data"]!["SURVEY"] = new JsonObject()), 422, "form-invalid", "correct", "SURVEY"),
        new("a completion for a second round of what has no rounds", s => s.Complete(c => c["data"]!["ACCEPT#2"] = c["data"]!["ACCEPT"]!.DeepClone()), 422, "form-invalid", "correct", "ACCEPT#2"),
        new("an outcome the judge does not permit", s => s.Complete(c => c["outcome"] = "missing"), 422, "outcome-not-permitted", "Permitted"),
        new("a completion by somebody without the role", s => s.Complete(_ => { }, s.Surveyor), 403, "forbidden", "R-CSR"),
        new("a completion by an auditor", s => s.Complete(_ => { }, s.Auditor), 403, "forbidden", "may not do"),
        new("a completion of what a colleague has claimed", s => s.Complete(_ => { }, taskId: s.TakenTaskId), 409, "already-claimed", "claimed by"),
        new("a completion of what is done already", s => s.Complete(_ => { }, taskId: s.DoneTaskId), 409, "stale-task", "no longer open"),
        new("a return to a step that is no return target", s => s.Complete(c => { c["returnTo"] = "start"; c["comment"] = "because"; }), 422, "outcome-not-permitted", "start"),
        new("a return without a reason", s => s.Complete(c => c["returnTo"] = "start"), 422, "input-invalid", "returned", "comment"),
        new("a comment of a novel's length", s => s.Complete(c => c["comment"] = new string('长', 2001)), 422, "input-invalid", "2000", "comment"),
        new("an attachment that does not exist", s => s.Complete(c => c["attachments"] = new JsonArray("deadbeef")), 422, "file-refused", "deadbeef"),
        new("an attachment of somebody else's", s => s.Complete(c => c["attachments"] = new JsonArray(s.ForeignFileId)), 422, "file-refused", "not yours"),
        new("a position that is not on Earth", s => s.Complete(c => c["evidence"] = Position(200, 115)), 422, "input-invalid", "latitude", "evidence.position"),
        new("a completion with the command id of a start", s => s.Complete(c => c["commandId"] = s.UsedCommandId), 422, "command-reused", "different payload"),
        new("a completion without a command id", s => s.Complete(c => c.Remove("commandId")), 422, "input-invalid", "commandId"),

        // Holding tasks
        new("a claim of a task that does not exist", s => RefusalScene.Command(s.Clerk, "/api/tasks/nothing/claim"), 404, "not-found", "nothing"),
        new("a claim without the role", s => RefusalScene.Command(s.Surveyor, $"/api/tasks/{s.TaskId}/claim"), 403, "forbidden", "R-CSR"),
        new("a claim of what a colleague has claimed", s => RefusalScene.Command(s.Clerk, $"/api/tasks/{s.TakenTaskId}/claim"), 409, "already-claimed", "Take another"),
        new("a claim of what is done", s => RefusalScene.Command(s.Clerk, $"/api/tasks/{s.DoneTaskId}/claim"), 409, "stale-task", "no longer open"),
        new("a release of what one did not claim", s => RefusalScene.Command(s.Clerk, $"/api/tasks/{s.TakenTaskId}/release"), 403, "forbidden", "not claimed by you"),
        new("a release of what nobody claimed", s => RefusalScene.Command(s.Clerk, $"/api/tasks/{s.TaskId}/release"), 403, "forbidden", "not claimed by you"),
        new("a delegation to nobody known", s => Delegate(s, "zorro", "holiday"), 422, "input-invalid", "zorro", "to"),
        new("a delegation to somebody unqualified", s => Delegate(s, "wu-gang", "holiday"), 422, "input-invalid", "R-CSR", "to"),
        new("a delegation to oneself", s => Delegate(s, "li-na", "holiday"), 422, "input-invalid", "cannot do this task", "to"),
        new("a delegation without a reason", s => Delegate(s, "hu-yan", ""), 422, "input-invalid", "reason", "reason"),
        new("a draft for a task that does not exist", s => s.Clerk.Put("/api/tasks/nothing/draft", new { values = new { } }), 404, "not-found", "nothing"),
        new("a draft for somebody else's task", s => s.Surveyor.Put($"/api/tasks/{s.TaskId}/draft", new { values = new { } }), 403, "forbidden", "R-CSR"),
        new("a draft of half a megabyte", s => s.Clerk.Put($"/api/tasks/{s.TaskId}/draft", new { values = new { ACCEPT = new { remark = new string('x', 600_000) } } }), 422, "input-invalid", "512 KB", "values"),

        // Cases
        new("a cancellation by the front desk", s => Cancel(s.Clerk, s.CaseId, "no more"), 403, "forbidden", "team leader"),
        new("a cancellation without a reason", s => Cancel(s.Leader, s.CaseId, ""), 422, "input-invalid", "reason", "reason"),
        new("a cancellation of what has ended", s => Cancel(s.Leader, s.EndedCaseId, "once more"), 409, "case-ended", "Cancelled"),
        new("a cancellation of nothing", s => Cancel(s.Leader, "nothing", "no more"), 404, "not-found", "nothing"),
        new("a retry of an incident that is not there", s => RefusalScene.Command(s.Leader, $"/api/cases/{s.CaseId}/incidents/1/retry"), 404, "not-found", "incident"),
        new("a skip of an incident that is not there", s => RefusalScene.Command(s.Leader, $"/api/cases/{s.CaseId}/incidents/1/skip", new JsonObject { ["reason"] = "no use" }), 404, "not-found", "incident"),

        // Uploads
        new("an upload of nothing", s => s.Clerk.Upload([], "empty.txt"), 422, "file-refused", "empty"),
        new("an upload of a program", s => s.Clerk.Upload([0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1, 0], "photo.jpg"), 415, "file-refused", "photo.jpg"),
        new("an upload of an archive", s => s.Clerk.Upload(Zip("readme.txt"), "papers.docx"), 415, "file-refused", "not of an accepted type"),
        new("an upload of a document with macros", s => s.Clerk.Upload(Zip("word/document.xml", "word/vbaProject.bin"), "papers.docx"), 415, "file-refused", "papers.docx"),
        new("an upload of a broken archive", s => s.Clerk.Upload([(byte)'P', (byte)'K', 3, 4, 9, 9], "papers.xlsx"), 415, "file-refused", "papers.xlsx"),
        new("an upload of more than 50 MB", s => s.Clerk.Upload(Encoding.ASCII.GetBytes(new string('a', 50 * 1024 * 1024 + 1)), "big.txt"), 413, "file-refused", "50 MB"),
        new("an upload without a file", s => s.Clerk.Send(HttpMethod.Post, "/api/files", new MultipartFormDataContent { { new StringContent("x"), "note" } }), 422, "input-invalid", "file"),
        new("an upload for a case that is not there", s => s.Clerk.Upload(LowVoltageCase.Photo(), "p.png", caseId: "nothing"), 404, "not-found", "nothing"),
        new("an upload for a task that is not there", s => s.Clerk.Upload(LowVoltageCase.Photo(), "p.png", taskId: "nothing"), 404, "not-found", "nothing"),

        // Questions
        new("a cursor that is none", s => s.Clerk.Get("/api/tasks?cursor=xyz"), 422, "input-invalid", "cursor", "cursor"),
        new("a page of nothing", s => s.Clerk.Get("/api/cases?take=0"), 422, "input-invalid", "from 1 to", "take"),
        new("a page of everything", s => s.Clerk.Get("/api/tasks?take=100000"), 422, "input-invalid", "from 1 to", "take"),
        new("a page size in words", s => s.Clerk.Get("/api/tasks?take=many"), 422, "input-invalid", "take"),
        new("a scope that is none", s => s.Clerk.Get("/api/tasks?scope=everything"), 422, "input-invalid", "mine, role or all", "scope"),
        new("a due filter that is none", s => s.Clerk.Get("/api/tasks?due=tomorrow"), 422, "input-invalid", "overdue", "due"),
        new("a status that is none", s => s.Clerk.Get("/api/cases?status=Sleeping"), 422, "input-invalid", "Running", "status"),
        new("a form that does not exist", s => s.Clerk.Get("/api/forms/nothing/nowhere"), 404, "not-found", "nothing/nowhere"),
        new("a process that does not exist", s => s.Clerk.Get("/api/definitions/nothing"), 404, "not-found", "nothing"),
        new("an address that does not exist", s => s.Clerk.Get("/api/nothing"), 404, "not-found", "/api/nothing"),
        new("a method an address does not have", s => s.Clerk.Put("/api/users", new { }), 405, "not-found", "PUT"),

        // Strangers
        new("a question without a session", s => s.Nobody.Get("/api/tasks"), 401, "not-signed-in", "Sign in"),
        new("a command without a session", s => s.Start(_ => { }, s.Nobody), 401, "not-signed-in", "Sign in"),
        new("a command from a foreign page", s => s.Clerk.Send(HttpMethod.Post, "/api/cases", null, origin: "http://evil.example"), 403, "origin-refused", "evil.example"),
        new("a command without our header", s => s.Clerk.Send(HttpMethod.Post, "/api/cases", null, header: false), 403, "origin-refused", "X-PowerWorkflow"),
    ];

    private static JsonObject Data(JsonObject application) => application["data"]!.AsObject();

    private static JsonObject Position(double lat, double lng) =>
        new() { ["position"] = new JsonObject { ["lat"] = lat, ["lng"] = lng, ["accuracy"] = 5 } };

    private static Task<Reply> Delegate(RefusalScene s, string to, string reason) =>
        RefusalScene.Command(s.Clerk, $"/api/tasks/{s.TaskId}/delegate", new JsonObject { ["to"] = to, ["reason"] = reason });

    private static Task<Reply> Cancel(ApiPerson by, string caseId, string reason) =>
        RefusalScene.Command(by, $"/api/cases/{caseId}/cancel", new JsonObject { ["reason"] = reason });

    private static byte[] Zip(params string[] names)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var name in names)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.WriteByte((byte)'x');
            }
        }

        return bytes.ToArray();
    }
}
