using System.Collections.Frozen;
using System.Data.Common;
using PowerWorkflow.Engine;
using PowerWorkflow.Server.Storage.Schema;

namespace PowerWorkflow.Server.Storage;

/// <summary>A case as it is stored, and what is known about the command that wants to move it.</summary>
/// <param name="Header">Null when there is no such case.</param>
/// <param name="Sections">JSON by section, not parsed yet.</param>
/// <param name="Done">The reply of this command when it was carried out before.</param>
public sealed record StoredCase(
    CaseHeader? Header, long RowVersion, long JournalSequence, byte[] JournalHash, byte[] State,
    IReadOnlyList<TaskRow> Tasks, IReadOnlyDictionary<string, string> Sections, DoneCommand? Done);

/// <summary>A command that was carried out before.</summary>
public sealed record DoneCommand(string CaseId, byte[] RequestHash, int Status, string Reply);

/// <summary>
/// Loads a case in one round trip. The command is read last on purpose: whoever sees the case after a command has moved it also sees that command, so a repeated
/// one is answered and never refused as stale.
/// </summary>
public abstract class CaseReader
{
    private const string CommandText =
        """
        select c.case_id, c.number, c.process, c.definition_version_id, c.pin_id, c.unit, c.customer_name, c.customer_number, c.name, c.correlation_id,
          c.status, c.priority, c.started_by, c.created_at, c.finished_at,
          coalesce(o.row_version, e.row_version), coalesce(o.journal_sequence, e.journal_sequence), coalesce(o.journal_hash, e.journal_hash),
          coalesce(o.state, e.state)
        from cases c left join case_states o on o.case_id = c.case_id left join ended_case_states e on e.case_id = c.case_id
        where c.case_id = @case;
        select task_id, activity_id, step, title, process, role, person, unit, form, judge, outcomes, priority, persons, not_persons, allow_delegate,
          return_targets, evidence, due_at, provisional, "limit", ladder, signed_by, opened_at, claimed_by, claimed_at
        from tasks where case_id = @case order by opened_at, task_id;
        select section, json from case_data where case_id = @case;
        select case_id, request_hash, status, reply from commands where person = @person and command_id = @command;
        """;

    /// <summary>Reads a case, and the command when one is given.</summary>
    public abstract Task<StoredCase> ReadAsync(string caseId, CommandIdentity? command, CancellationToken cancel);

    /// <summary>A prepared command for <see cref="FillAsync"/>.</summary>
    protected static void Write(DbCommand reading)
    {
        reading.CommandText = CommandText;
        foreach (var name in (string[])["case", "person", "command"])
        {
            var parameter = reading.CreateParameter();
            parameter.ParameterName = name;
            parameter.DbType = System.Data.DbType.String;
            reading.Parameters.Add(parameter);
        }
    }

    protected static async Task<StoredCase> FillAsync(DbCommand reading, string caseId, CommandIdentity? command, CancellationToken cancel)
    {
        reading.Parameters[0].Value = caseId;
        reading.Parameters[1].Value = command?.Person ?? "";
        reading.Parameters[2].Value = command?.CommandId ?? "";
        await using var rows = await reading.ExecuteReaderAsync(cancel);

        var stored = await rows.ReadAsync(cancel)
            ? new StoredCase(Header(rows), rows.GetInt64(15), rows.GetInt64(16), (byte[])rows.GetValue(17), (byte[])rows.GetValue(18), [], FrozenDictionary<string, string>.Empty, null)
            : new StoredCase(null, 0, 0, [], [], [], FrozenDictionary<string, string>.Empty, null);

        await rows.NextResultAsync(cancel);
        var tasks = new List<TaskRow>();
        while (await rows.ReadAsync(cancel))
            tasks.Add(Task(rows, caseId));

        await rows.NextResultAsync(cancel);
        var sections = new Dictionary<string, string>();
        while (await rows.ReadAsync(cancel))
            sections[rows.GetString(0)] = rows.GetString(1);

        await rows.NextResultAsync(cancel);
        var done = await rows.ReadAsync(cancel)
            ? new DoneCommand(rows.GetString(0), (byte[])rows.GetValue(1), rows.GetInt32(2), rows.GetString(3))
            : null;
        return stored with { Tasks = tasks, Sections = sections, Done = done };
    }

    private static CaseHeader Header(DbDataReader row) => new()
    {
        CaseId = row.GetString(0),
        Number = row.GetString(1),
        Process = row.GetString(2),
        DefinitionVersionId = row.GetString(3),
        PinId = row.GetString(4),
        Unit = row.GetString(5),
        CustomerName = row.GetString(6),
        CustomerNumber = Text(row, 7),
        Name = Text(row, 8),
        CorrelationId = Text(row, 9),
        Status = (CaseStatus)row.GetInt32(10),
        Priority = row.GetInt32(11),
        StartedBy = row.GetString(12),
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(13)),
        FinishedAt = Instant(row, 14),
    };

    private static TaskRow Task(DbDataReader row, string caseId) => new()
    {
        CaseId = caseId,
        TaskId = row.GetString(0),
        ActivityId = row.GetString(1),
        Step = row.GetString(2),
        Title = row.GetString(3),
        Process = row.GetString(4),
        Role = Text(row, 5),
        Person = Text(row, 6),
        Unit = row.GetString(7),
        Form = Text(row, 8),
        Judge = Text(row, 9),
        Outcomes = row.GetString(10),
        Priority = row.GetInt32(11),
        Persons = row.GetInt32(12),
        NotPersons = row.GetString(13),
        AllowDelegate = row.GetBoolean(14),
        ReturnTargets = row.GetString(15),
        Evidence = row.GetString(16),
        DueAt = Instant(row, 17),
        Provisional = row.GetBoolean(18),
        Limit = Text(row, 19),
        Ladder = Text(row, 20),
        SignedBy = row.GetString(21),
        OpenedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(22)),
        ClaimedBy = Text(row, 23),
        ClaimedAt = Instant(row, 24),
    };

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static DateTimeOffset? Instant(DbDataReader row, int column) =>
        row.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));
}
