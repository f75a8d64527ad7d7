using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using PowerWorkflow.Engine.Journal;

namespace PowerWorkflow.Engine.Tests;

public sealed class JournalTests
{
    private static readonly DateTimeOffset at = new(2026, 11, 2, 1, 0, 0, 123, TimeSpan.Zero);

    private static JournalEntry[] TwoEntries() =>
    [
        new("CaseStarted", at, new Actor("li-na"), null, null, null,
            new JsonObject { ["definition"] = "p", ["version"] = "p@1", ["values"] = new JsonObject { ["section.CUST"] = new JsonObject { ["name"] = "陈国栋", ["cap"] = 8.50 } } }),
        new("TaskCompleted", at.AddHours(1), new Actor("wang", "zhou"), "root/survey", "PowerWorkflow.UserTask", "3",
            new JsonObject { ["task"] = "c1.4", ["outcome"] = "ready" }),
    ];

    private static Func<byte[]> Counting()
    {
        byte next = 0;
        return () => [.. Enumerable.Repeat(++next, 16)];
    }

    private static IReadOnlyList<ChainedEntry> Chain() => JournalChain.Append("c1", 0, JournalChain.Genesis, TwoEntries(), Counting());

    [Fact]
    public void The_published_vectors_hold()
    {
        var page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "journal.md"));
        var vectors = new StringBuilder();
        foreach (var entry in Chain())
        {
            vectors.Append("```\n").Append(Encoding.UTF8.GetString(entry.Canonical)).Append('\n');
            if (entry.Values is { } values) vectors.Append("values ").Append(Encoding.UTF8.GetString(values)).Append('\n');
            vectors.Append("hash ").Append(Base64Url.EncodeToString(entry.Hash)).Append("\n```\n");
        }

        Assert.Contains(vectors.ToString(), page.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0", "0")]
    [InlineData("-0.0", "0")]
    [InlineData("1e21", "1e+21")]
    [InlineData("123456789012345680000", "123456789012345680000")]
    [InlineData("1E-7", "1e-7")]
    [InlineData("0.000001", "0.000001")]
    [InlineData("333333333.33333329", "333333333.3333333")]
    [InlineData("4.50", "4.5")]
    [InlineData("2e-3", "0.002")]
    [InlineData("0.000000000000000000000000001", "1e-27")]
    [InlineData("9007199254740993", "9007199254740992")]
    [InlineData("-1234.5", "-1234.5")]
    [InlineData("5e-324", "5e-324")]
    [InlineData("1.7976931348623157e308", "1.7976931348623157e+308")]
    public void Numbers_are_written_as_ECMAScript_does(string json, string canonical) =>
        Assert.Equal(canonical, Encoding.UTF8.GetString(CanonicalJson.Bytes(JsonNode.Parse(json))));

    [Fact]
    public void Members_are_sorted_and_only_needed_escapes_are_written()
    {
        var json = JsonNode.Parse("""{"\u20ac":"Euro","\r":"CR","1":"One","\ud83d\ude00":"Smiley","\u0080":"Control","b":{"z":1,"a":[true,null]},"a":"\u000f\n\"\\/中"}""");

        Assert.Equal("{\"\\r\":\"CR\",\"1\":\"One\",\"a\":\"\\u000f\\n\\\"\\\\/中\",\"b\":{\"a\":[true,null],\"z\":1},\"\u0080\":\"Control\",\"€\":\"Euro\",\"😀\":\"Smiley\"}",
            Encoding.UTF8.GetString(CanonicalJson.Bytes(json)));
    }

    [Fact]
    public void Doubles_read_back_the_same_for_many_random_values()
    {
        const int seed = 20261102;
        var random = new Random(seed);
        for (var i = 0; i < 20_000; i++)
        {
            var number = BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
            if (!double.IsFinite(number)) continue;
            var text = Encoding.UTF8.GetString(CanonicalJson.Bytes(JsonValue.Create(number)));
            Assert.True(double.Parse(text, CultureInfo.InvariantCulture) == number, $"seed {seed}: {number:R} became {text}");
        }
    }

    [Fact]
    public void A_chain_verifies_and_every_single_altered_byte_is_found()
    {
        var chain = Chain();
        var stored = chain.Select(e => (e.Canonical, e.Hash)).ToList();
        Assert.Null(JournalChain.FindBreak("c1", stored));

        for (var entry = 0; entry < stored.Count; entry++)
        {
            for (var i = 0; i < stored[entry].Canonical.Length; i++)
            {
                var altered = (byte[])stored[entry].Canonical.Clone();
                altered[i] ^= 1;
                var tampered = stored.ToList();
                tampered[entry] = (altered, stored[entry].Hash);
                Assert.NotNull(JournalChain.FindBreak("c1", tampered));
            }
        }
        Assert.NotNull(JournalChain.FindBreak("c1", stored[1..]));
        Assert.NotNull(JournalChain.FindBreak("c2", stored));
    }

    [Fact]
    public void An_erased_value_leaves_the_chain_whole_and_reads_as_erased()
    {
        var first = Chain()[0];

        Assert.Equal("陈国栋", (string?)JournalChain.Open(first.Canonical, first.Values).Detail["values"]!["section.CUST"]!["name"]);
        Assert.Equal("erased", (string?)JournalChain.Open(first.Canonical, "{}"u8).Detail["values"]!["section.CUST"]);
        Assert.DoesNotContain("陈国栋", Encoding.UTF8.GetString(first.Canonical), StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_that_was_altered_is_refused()
    {
        var first = Chain()[0];
        var altered = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(first.Values!).Replace("8.5", "9.5", StringComparison.Ordinal));

        Assert.Throws<InvalidDataException>(() => JournalChain.Open(first.Canonical, altered));
    }

    [Fact]
    public void Every_stimulus_survives_the_journal()
    {
        var sections = new Dictionary<string, JsonObject> { ["CUST"] = new() { ["name"] = "x" } };
        Stimulus[] all =
        [
            new Stimulus.Start(new Dictionary<string, JsonNode?> { ["A"] = 1 }, new Actor("a"), sections) { Trigger = "t" },
            new Stimulus.CompleteTask("t1", "ok", new Actor("a", "b"), sections) { ReturnTo = "s", Comment = "c", Evidence = new() { ["at"] = 1 } },
            new Stimulus.FireTimer("t2", at), new Stimulus.DeliverEvent("w", "E", JsonNode.Parse("[1]")), new Stimulus.MessageReply("m", false, null, "no"),
            new Stimulus.Cancel(new Actor("a"), "r"), new Stimulus.RetryIncident("i", new Actor("a")), new Stimulus.SkipIncident("i", "Done", new Actor("a"), "r"),
            new Stimulus.Note("TaskClaimed", "root/x", new Actor("a"), new() { ["k"] = "v" }) { Data = sections },
        ];
        foreach (var stimulus in all)
        {
            var (kind, detail) = StimulusJson.Write(stimulus);
            var actor = (Actor?)stimulus.GetType().GetProperty("Actor")?.GetValue(stimulus) ?? Actor.System;
            var back = StimulusJson.Read(kind, JsonNode.Parse(detail.ToJsonString())!.AsObject(), "root/x", actor)!;
            Assert.Equal(stimulus.GetType(), back.GetType());
            Assert.Equal(detail.ToJsonString(), StimulusJson.Write(back).Detail.ToJsonString());
        }
    }

    [Fact]
    public void A_case_is_rebuilt_from_its_journal_alone()
    {
        var drawing = new Drawing("p").Variable("n", "Int32", 0)
            .Add("a", "PowerWorkflow.UserTask", ("persons", 2)).Add("d", "Elsa.Delay", ("timeSpan", "01:00:00"))
            .Add("js", "Elsa.RunJavaScript", ("script", "variables.n = data.S.v + Math.random() * 0 + new Date().getTime() * 0;")).Add("e", "Elsa.Event", ("eventName", "E")).Add("b", "PowerWorkflow.UserTask").InOrder().Read();
        var desk = new Desk(drawing).Start();
        desk.Complete("a", by: "one", sections: new() { ["S"] = new() { ["v"] = 7 } }).Complete("a", by: "two").NextTimer().Publish("E", 1);
        desk.Apply(new Stimulus.Note("TaskClaimed", "root/b", new Actor("zhou"), []) { Data = new Dictionary<string, JsonObject> { ["T"] = new() { ["x"] = true } } });
        var stored = JournalChain.Append("c1", 0, JournalChain.Genesis, desk.Journal);

        var (state, data) = CaseReplay.Run(new WorkflowEngine(Engine.Activities.ActivityCatalog.Elsa), desk.World, "c1", stored.Select(e => JournalChain.Open(e.Canonical, e.Values)));

        Assert.Equal(Encoding.UTF8.GetString(desk.State.ToUtf8()), Encoding.UTF8.GetString(state.ToUtf8()));
        Assert.Equal(JsonSerializer.Serialize(desk.Data.OrderBy(d => d.Key)), JsonSerializer.Serialize(data.OrderBy(d => d.Key)));
    }
}
