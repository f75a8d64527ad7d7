namespace PowerWorkflow.Server.Storage;

/// <summary>The statements of the hot path, in the order in which a unit uses them.</summary>
internal static class BurstSql
{
    public static readonly Sql Command = new(
        "insert into commands (person, command_id, request_hash, case_id, status, reply, at) values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing",
        "ttbtntl", Commit.Repeated);

    public static readonly Sql NewCase = new(
        """
        insert into cases (case_id, number, process, definition_version_id, pin_id, unit, customer_name, customer_number, name, correlation_id,
          status, priority, started_by, created_at, finished_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) on conflict (number) do nothing
        """,
        "ttttttttttnntll", Commit.NumberTaken);

    public static readonly Sql Pins = new("insert into pin_sets (pin_id, json) values ($1, $2) on conflict do nothing", "tt");

    public static readonly Sql NewState = new(
        "insert into case_states (case_id, row_version, journal_sequence, journal_hash, state) values ($1, $2, $3, $4, $5)", "tllbb");

    public static readonly Sql State = new(
        "update case_states set row_version = $3, journal_sequence = $4, journal_hash = $5, state = $6 where case_id = $1 and row_version = $2",
        "tlllbb", Commit.LostRace);

    public static readonly Sql StateOfEnded = new(
        "update ended_case_states set row_version = $3, journal_sequence = $4, journal_hash = $5, state = $6 where case_id = $1 and row_version = $2",
        "tlllbb", Commit.LostRace);

    public static readonly Sql LeaveOpen = new("delete from case_states where case_id = $1 and row_version = $2", "tl", Commit.LostRace);

    public static readonly Sql EndedState = new(
        "insert into ended_case_states (case_id, row_version, journal_sequence, journal_hash, state) values ($1, $2, $3, $4, $5)", "tllbb");

    public static readonly Sql Fire = new("delete from timers where timer_id = $1 and lease = $2", "tt", Commit.TimerGone);

    public static readonly Sql Header = new(
        "update cases set status = $2, name = $3, correlation_id = $4, priority = $5, finished_at = $6 where case_id = $1", "tnttnl");

    public static readonly Sql OpenTask = new(
        """
        insert into tasks (task_id, case_id, activity_id, step, title, process, role, person, unit, form, judge, outcomes, priority, persons, not_persons,
          allow_delegate, return_targets, evidence, due_at, provisional, "limit", ladder, signed_by, opened_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24)
        """,
        "ttttttttttttnntzttlztttl");

    public static readonly Sql SignTask = new("update tasks set signed_by = $2, claimed_by = null, claimed_at = null where task_id = $1", "tt");

    public static readonly Sql RescheduleTask = new("update tasks set due_at = $2 where task_id = $1", "tl");

    public static readonly Sql HoldTask = new("update tasks set claimed_by = $2, claimed_at = $3, person = $4 where task_id = $1", "ttlt");

    public static readonly Sql RecordTask = new(
        """
        insert into closed_tasks (task_id, case_id, activity_id, step, title, process, role, unit, "limit", due_at, opened_at, claimed_by, claimed_at,
          closed_at, completed_by, on_behalf_of, outcome, comment, signed_by)
        select task_id, case_id, activity_id, step, title, process, role, unit, "limit", due_at, opened_at, claimed_by, claimed_at, $2, $3, $4, $5, $6, $7
        from tasks where task_id = $1
        """,
        "tlttttt");

    public static readonly Sql CloseTask = new("delete from tasks where task_id = $1", "t");

    public static readonly Sql SetTimer = new(
        """
        insert into timers (timer_id, case_id, activity_id, kind, due_at, missed, attempts) values ($1, $2, $3, $4, $5, $6, 0)
        on conflict (timer_id) do update set due_at = excluded.due_at, missed = excluded.missed, kind = excluded.kind,
          lease = null, lease_until = null, attempts = 0
        """,
        "ttttln");

    public static readonly Sql ClearTimer = new("delete from timers where timer_id = $1", "t");

    public static readonly Sql ClearTimersOfCase = new("delete from timers where case_id = $1", "t");

    public static readonly Sql AwaitEvent = new(
        "insert into event_waits (wait_id, case_id, event_name, correlation_id) values ($1, $2, $3, $4)", "tttt");

    public static readonly Sql DropEvent = new("delete from event_waits where wait_id = $1", "t");

    public static readonly Sql DropEventsOfCase = new("delete from event_waits where case_id = $1", "t");

    public static readonly Sql Section = new(
        "insert into case_data (case_id, section, json) values ($1, $2, $3) on conflict (case_id, section) do update set json = excluded.json", "ttt");

    public static readonly Sql Send = new(
        """
        insert into outbox (message_id, case_id, kind, connection, payload, wants_reply, created_at, next_at, attempts)
        values ($1, $2, $3, $4, $5, $6, $7, $7, 0)
        """,
        "ttnttzl");

    public static readonly Sql Project = new(
        """
        insert into projections (case_id, kind, key, json) values ($1, $2, $3, $4)
        on conflict (case_id, kind, key) do update set json = excluded.json
        """,
        "tttt");

    public static readonly Sql Unproject = new("delete from projections where case_id = $1 and kind = $2 and key = $3", "ttt");

    public static readonly Sql Clock = new(
        """
        insert into clocks (case_id, key, item, state, started_at, due_at, provisional, paused_by, json) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        on conflict (case_id, key) do update set item = excluded.item, state = excluded.state, started_at = excluded.started_at, due_at = excluded.due_at,
          provisional = excluded.provisional, paused_by = excluded.paused_by, json = excluded.json
        """,
        "ttttllztt");

    public static readonly Sql Unclock = new("delete from clocks where case_id = $1 and key = $2", "tt");

    public static readonly Sql Journal = new(
        "insert into journal (case_id, sequence, kind, at, canonical, hash, sealed_values) values ($1, $2, $3, $4, $5, $6, $7)", "tltlbbb");
}
