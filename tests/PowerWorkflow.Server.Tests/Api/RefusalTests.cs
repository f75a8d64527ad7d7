using Xunit;

namespace PowerWorkflow.Server.Tests.Api;

/// <summary>What is malformed or not allowed is refused with the right words, in both languages, and changes nothing.</summary>
[Collection("api")]
public sealed class RefusalTests(ApiServer server)
{
    public static TheoryData<string> Names => new(RefusalTable.All.Select(refusal => refusal.Name));

    [Fact]
    public void The_table_has_at_least_sixty_rows_and_no_name_twice()
    {
        Assert.True(RefusalTable.All.Count >= 60, $"{RefusalTable.All.Count} rows");
        Assert.Equal(RefusalTable.All.Count, RefusalTable.All.Select(refusal => refusal.Name).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task It_is_refused_with_the_right_message_and_the_database_stays_as_it_was(string name)
    {
        var refusal = RefusalTable.All.Single(r => r.Name == name);
        var scene = await server.Scene;
        var before = server.Fingerprint();

        scene.Speak("en");
        var english = await refusal.Ask(scene);
        scene.Speak("zh-CN");
        var chinese = await refusal.Ask(scene);

        Assert.True((english.Status, english.Problem) == (refusal.Status, refusal.Slug), $"{english.Status} {english.Body?.ToJsonString()}");
        Assert.Contains(refusal.Says, english.Detail, StringComparison.OrdinalIgnoreCase);
        if (refusal.Field is { } field)
        {
            Assert.NotEmpty(english["errors"].AsObject()[field]!.AsArray());
        }

        Assert.Equal((english.Status, english.Problem), (chinese.Status, chinese.Problem));
        Assert.Contains(chinese.Detail, c => c is >= '\u4e00' and <= '\u9fff');
        Assert.DoesNotContain((string)english["title"]!, c => c is >= '\u4e00' and <= '\u9fff');
        Assert.Equal(before, server.Fingerprint());
    }
}
