namespace PowerWorkflow.Server.Storage;

/// <summary>
/// A statement both databases understand ($1, $2 …), prepared once per connection.
/// </summary>
/// <param name="text">SQL.</param>
/// <param name="types">A letter per parameter: t text, l 64-bit integer, n 32-bit integer, z boolean, b bytes.</param>
/// <param name="guard">What it means when it touches no row; the unit is then not committed. <see cref="Commit.Done"/>: it means nothing.</param>
public sealed class Sql(string text, string types, Commit guard = Commit.Done)
{
    public string Text { get; } = text;
    public string Types { get; } = types;
    public Commit Guard { get; } = guard;

    /// <summary>A guard that stops a whole PostgreSQL batch by itself, without a round trip: no row makes it divide by zero.</summary>
    public string StoppingText { get; } = guard == Commit.Done ? text : $"with hit as ({text} returning 1) select 1 / count(*) from hit";
}

/// <summary>A statement with its values.</summary>
public readonly record struct Statement(Sql Sql, object?[] Values)
{
    public static Statement Of(Sql sql, params object?[] values) => new(sql, values);
}

/// <summary>What became of a unit.</summary>
public enum Commit
{
    /// <summary>It is durable.</summary>
    Done,
    /// <summary>Nothing was written: this command id was carried out before.</summary>
    Repeated,
    /// <summary>Nothing was written: the case has moved since it was read. Run again.</summary>
    LostRace,
    /// <summary>Nothing was written: the timer was cleared, moved, or is worked on by somebody else by now.</summary>
    TimerGone,
    /// <summary>Nothing was written: another case took the number. Run again with the next one.</summary>
    NumberTaken,
}
