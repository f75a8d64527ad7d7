using System.Text.Json.Nodes;
using PowerWorkflow.Testing;
using Xunit;

namespace PowerWorkflow.Server.Tests.Api;

/// <summary>Starts and carries on cases of the low-voltage resident process with the answers of its shipped scenario.</summary>
public static class LowVoltageCase
{
    public const string Process = "new-connection-lv-resident";
    public const string Unit = "360102-01";

    /// <summary>The shipped scenario of a case that goes straight through; a fresh copy.</summary>
    public static JsonObject Scenario(string name = "happy") =>
        JsonNode.Parse(File.ReadAllText(Repository.File("workflows", Process, "scenarios", $"{name}.json")))!.AsObject();

    /// <summary>Body of a start; a fresh copy.</summary>
    public static JsonObject Application(string customer = "陈国栋", string? commandId = null) => new()
    {
        ["process"] = Process,
        ["unit"] = Unit,
        ["customer"] = new JsonObject { ["name"] = customer },
        ["data"] = Scenario()["start"]!["data"]!.DeepClone(),
        ["commandId"] = commandId ?? NewId(),
    };

    /// <summary>Sections of a step of the scenario; a fresh copy.</summary>
    public static JsonObject Data(string step) =>
        (JsonObject)Scenario()["steps"]!.AsArray().First(s => (string?)s!["step"] == step)!["data"]!.DeepClone();

    public static JsonObject Completion(string step, string outcome, string? commandId = null) =>
        new() { ["outcome"] = outcome, ["data"] = Data(step), ["commandId"] = commandId ?? NewId() };

    public static string NewId() => Guid.NewGuid().ToString();

    /// <summary>Starts a case and gives its id; it waits at <c>accept</c>.</summary>
    public static async Task<string> Start(ApiPerson clerk, string customer = "陈国栋")
    {
        var reply = await clerk.Post("/api/cases", Application(customer));
        Assert.True(reply.Status == 201, reply.Body?.ToJsonString());
        return (string)reply["case"]["id"]!;
    }

    /// <summary>Completes a step as the scenario does.</summary>
    public static async Task<Reply> Complete(ApiPerson person, string caseId, string step, string outcome)
    {
        var body = Completion(step, outcome);
        body["evidence"] = new JsonObject { ["position"] = new JsonObject { ["lat"] = 28.5, ["lng"] = 115.9, ["accuracy"] = 8 } };
        if (step is "install" or "rectify")
        {
            var photo = await person.Upload(Photo(), "现场.png", caseId);
            body["attachments"] = new JsonArray((string)photo["id"]!);
        }

        return await person.Post($"/api/tasks/{await person.TaskAt(caseId, step)}/complete", body);
    }

    /// <summary>The smallest thing that begins as a PNG does; no two are alike.</summary>
    public static byte[] Photo() => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, .. Guid.NewGuid().ToByteArray()];
}
