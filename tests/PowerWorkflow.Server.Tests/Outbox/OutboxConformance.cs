using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PowerWorkflow.Engine;
using PowerWorkflow.Server.Commands;
using PowerWorkflow.Server.Definitions;
using PowerWorkflow.Server.Outbox;
using PowerWorkflow.Server.Storage;
using PowerWorkflow.Server.Storage.Schema;
using PowerWorkflow.Server.Tests.Storage;
using Xunit;

namespace PowerWorkflow.Server.Tests.Outbox;

/// <summary>Messages of cases, on every database, to a real receiver.</summary>
public abstract class OutboxConformance(DatabaseChoice database) : IAsyncLifetime
{
    private readonly WorkflowFolder folder = TestProcess.Folder(
        "payment", TestProcess.Activity("ask", "Elsa.RunTask", ("taskName", "String", "pay"), ("connection", "String", "erp")), TestProcess.UserTask("check"));

    private Receiver receiver = null!; // set before each test
    private TestStore store = null!;

    private OutboxSender Outside => store.Get<IServiceProvider>().GetRequiredKeyedService<OutboxSender>(SenderOf.Outside);

    private OutboxSender Inside => store.Get<IServiceProvider>().GetRequiredKeyedService<OutboxSender>(SenderOf.Inside);

    public async Task InitializeAsync()
    {
        receiver = await Receiver.StartAsync();
        AddWaiting(folder);
        store = await TestStore.OpenAsync(database, services =>
        {
            services.AddSingleton(folder);
            services.AddOutbox();
            services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Connections:configured:Address"] = receiver.Address, ["Connections:configured:AllowInternal"] = "true",
            }).Build());
            services.AddSingleton(new CaseSurroundings { Recipients = (whom, _, _) => whom == "R-CSR" ? [new("li-na", "li-na@example.org"), new("wang-wei", null)] : [] });
        });
        await DefineAsync(new Connection { Name = "erp", Address = receiver.Address, AllowInternal = true, Secret = """{"Authorization":"Bearer 1234"}""" });
    }

    public async Task DisposeAsync()
    {
        await store.DisposeAsync();
        await receiver.DisposeAsync();
    }

    [Fact]
    public async Task A_message_is_delivered_and_its_reply_moves_the_case()
    {
        await StartAsync("payment");

        Assert.Equal(1, await Outside.DrainAsync(default));

        var request = Assert.Single(receiver.Requests);
        Assert.Equal(("pay", "Bearer 1234"), ((string?)JsonNode.Parse(request.Body)?["task"], request.Authorization));
        Assert.Equal("check", (await store.AskAsync(db => db.Tasks.SingleAsync())).Step);
        Assert.Equal(0, await store.AskAsync(db => db.Outbox.CountAsync()));
    }

    [Fact]
    public async Task A_receiver_that_fails_is_asked_again_later_under_the_same_key()
    {
        await StartAsync("payment");
        receiver.Answer = context => { context.Response.StatusCode = 503; return Task.CompletedTask; };
        await Outside.DrainAsync(default);
        Assert.Equal(0, await Outside.DrainAsync(default));

        receiver.Answer = context => context.Response.WriteAsJsonAsync(new { paid = true });
        store.Time.Advance(OutboxSender.WaitAfter(1));
        await Outside.DrainAsync(default);

        Assert.Equal(2, Assert.Single(receiver.Keys).Value);
        Assert.Equal("check", (await store.AskAsync(db => db.Tasks.SingleAsync())).Step);
    }

    [Fact]
    public async Task A_sender_that_dies_after_delivering_is_replaced_and_the_receiver_sees_one_key()
    {
        await StartAsync("payment");
        var message = Assert.Single(await store.Get<OutboxClaims>().ClaimAsync(inside: false, store.Time.GetUtcNow(), 10, default));
        var channel = store.Get<IEnumerable<Channel>>().Single(one => one.Kinds.Contains(message.Kind));
        await channel.DeliverAsync(message, (JsonObject)JsonNode.Parse(message.Payload)!, default);
        Assert.Equal(0, await Outside.DrainAsync(default));

        store.Time.Advance(OutboxClaims.LeaseLength + TimeSpan.FromSeconds(1));
        await Outside.DrainAsync(default);

        Assert.Equal(2, Assert.Single(receiver.Keys).Value);
        Assert.Equal(1, await store.AskAsync(db => db.Tasks.CountAsync()));
    }

    [Fact]
    public async Task A_message_nobody_waits_for_becomes_a_dead_letter_and_can_be_sent_again()
    {
        await LeaveMessageAsync(MessageKind.Webhook, "erp", new JsonObject { ["n"] = 1 });
        receiver.Answer = context => { context.Response.StatusCode = 400; return Task.CompletedTask; };
        await Outside.DrainAsync(default);

        var dead = await store.AskAsync(db => db.DeadLetters.SingleAsync());
        Assert.Contains("400", dead.LastError, StringComparison.Ordinal);
        receiver.Answer = _ => Task.CompletedTask;
        Assert.True(await store.Get<OutboxClaims>().ReviveAsync(dead.MessageId, store.Time.GetUtcNow(), default));
        await Outside.DrainAsync(default);

        Assert.Equal((0, 0), (await store.AskAsync(db => db.DeadLetters.CountAsync()), await store.AskAsync(db => db.Outbox.CountAsync())));
        Assert.Equal(2, receiver.Keys[dead.MessageId]);
    }

    [Fact]
    public async Task A_connection_to_this_machine_is_refused_unless_it_is_allowed()
    {
        await DefineAsync(new Connection { Name = "sly", Address = receiver.Address });
        await LeaveMessageAsync(MessageKind.Webhook, "sly", []);

        await Outside.DrainAsync(default);

        Assert.Empty(receiver.Requests);
        Assert.Contains("this machine", (await store.AskAsync(db => db.DeadLetters.SingleAsync())).LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_to_a_host_that_its_connection_does_not_allow_is_not_sent()
    {
        await LeaveMessageAsync(MessageKind.Http, "erp", new JsonObject { ["path"] = "http://example.org/steal" });

        await Outside.DrainAsync(default);

        Assert.Contains("does not allow host 'example.org'", (await store.AskAsync(db => db.DeadLetters.SingleAsync())).LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_may_stand_in_the_configuration()
    {
        await LeaveMessageAsync(MessageKind.Webhook, "configured", []);

        await Outside.DrainAsync(default);

        Assert.Single(receiver.Requests);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        receiver.Answer = context => { context.Response.Redirect("/elsewhere"); return Task.CompletedTask; };
        await LeaveMessageAsync(MessageKind.Webhook, "erp", []);

        await Outside.DrainAsync(default);

        Assert.Equal("/", Assert.Single(receiver.Requests).Path);
    }

    [Fact]
    public async Task A_response_without_end_is_cut_off()
    {
        receiver.Answer = async context =>
        {
            var portion = new byte[64 * 1024];
            for (var i = 0; i < 64; i++)
                await context.Response.Body.WriteAsync(portion);
        };
        await LeaveMessageAsync(MessageKind.Webhook, "erp", []);

        await Outside.DrainAsync(default);

        Assert.Contains("1024 KiB", (await store.AskAsync(db => db.DeadLetters.SingleAsync())).LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_starts_a_case_starts_one_however_often_it_is_delivered()
    {
        var message = await LeaveMessageAsync(MessageKind.StartCase, null, new JsonObject { ["definitionId"] = "payment", ["input"] = new JsonObject(), ["by"] = "li-na" });
        await Inside.DrainAsync(default);
        await LeaveAgainAsync(message);

        await Inside.DrainAsync(default);

        Assert.Equal(2, await store.AskAsync(db => db.Cases.CountAsync()));
        Assert.Equal(0, await store.AskAsync(db => db.Outbox.CountAsync(row => row.Kind == MessageKind.StartCase)));
    }

    [Fact]
    public async Task An_event_wakes_the_cases_that_wait_for_it_once()
    {
        var waiting = await StartAsync("waiting");
        var message = await LeaveMessageAsync(MessageKind.PublishEvent, null, new JsonObject { ["event"] = "paid", ["payload"] = null });
        await Inside.DrainAsync(default);
        await LeaveAgainAsync(message);

        await Inside.DrainAsync(default);

        Assert.Equal("go-on", (await store.AskAsync(db => db.Tasks.SingleAsync(row => row.CaseId == waiting))).Step);
        Assert.Equal(0, await store.AskAsync(db => db.EventWaits.CountAsync()));
    }

    [Fact]
    public async Task People_find_a_message_in_their_inbox_once()
    {
        var message = await LeaveMessageAsync(MessageKind.InApp, null, new JsonObject
        {
            ["to"] = new JsonArray(new JsonObject { ["kind"] = "Role", ["code"] = "R-CSR" }), ["template"] = "due-soon", ["values"] = new JsonObject { ["remaining"] = 2 },
        });
        await Inside.DrainAsync(default);
        await LeaveAgainAsync(message);

        await Inside.DrainAsync(default);

        Assert.Equal(["li-na", "wang-wei"], await store.AskAsync(db => db.Notifications.OrderBy(row => row.Person).Select(row => row.Person).ToListAsync()));
    }

    [Fact]
    public async Task A_letter_goes_through_the_mail_server()
    {
        using var mailbox = new Mailbox();
        await DefineAsync(new Connection { Name = "mail", Address = $"smtp://127.0.0.1:{mailbox.Port}", Sender = "gy@example.org", AllowInternal = true });
        await LeaveMessageAsync(MessageKind.Email, null, new JsonObject { ["to"] = "R-CSR", ["subject"] = "Due", ["body"] = "Tomorrow." });

        await Outside.DrainAsync(default);

        var letter = await mailbox.Letter;
        Assert.Contains("To: li-na@example.org", letter, StringComparison.Ordinal);
        Assert.Contains("Subject: Due", letter, StringComparison.Ordinal);
        Assert.Equal(0, await store.AskAsync(db => db.Outbox.CountAsync()));
    }

    /// <summary>A second process in the same folder: waits for the event "paid".</summary>
    private static void AddWaiting(WorkflowFolder folder)
    {
        var other = TestProcess.Folder("waiting", TestProcess.Activity("wait", "Elsa.Event", ("eventName", "String", "paid")), TestProcess.UserTask("go-on"));
        Directory.Move(Path.Combine(other.Path!, "waiting"), Path.Combine(folder.Path!, "waiting")); // both were just made
    }

    private Task<int> DefineAsync(Connection connection) => store.AskAsync(db =>
    {
        db.Add(connection);
        return db.SaveChangesAsync();
    });

    private async Task<string> StartAsync(string process) => (await store.Get<CaseExecutor>().StartAsync(
        new NewCase(process, "3601", "示范电子有限公司", null, "li-na"),
        new CaseCommand { Decide = _ => ValueTask.FromResult(new Move(new Stimulus.Start(new Dictionary<string, JsonNode?>(), new Actor("li-na")))) })).CaseId;

    private async Task<OutboxMessage> LeaveMessageAsync(MessageKind kind, string? connection, JsonObject payload)
    {
        var start = Units.Start("source");
        await store.Writer.CommitAsync(start with { Effects = [new Effect.Send("source-m1", kind, connection, payload, WantsReply: false)] });
        return await store.AskAsync(db => db.Outbox.AsNoTracking().SingleAsync(row => row.MessageId == "source-m1"));
    }

    private Task<int> LeaveAgainAsync(OutboxMessage message) => store.AskAsync(db =>
    {
        db.Add(message);
        return db.SaveChangesAsync();
    });
}

public sealed class SqliteOutbox() : OutboxConformance(TestStore.NewSqlite());

public sealed class PostgresOutbox() : OutboxConformance(TestStore.NewPostgres());
