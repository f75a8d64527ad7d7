using System.Data.Common;
using System.Globalization;

namespace PowerWorkflow.Benchmarks;

/// <summary>What one completed step writes on average, read from a database in which shipped cases were walked to their end.</summary>
/// <param name="Steps">Completed steps it was averaged over.</param>
/// <param name="State">Bytes of the state.</param>
/// <param name="Reply">Bytes of the stored reply.</param>
/// <param name="Section">Bytes of one data section.</param>
/// <param name="Journal">Journal rows a step.</param>
/// <param name="Canonical">Bytes of one journal entry.</param>
/// <param name="Opened">Tasks opened a step.</param>
/// <param name="Clocks">Clock rows a step.</param>
internal sealed record StepShape(long Steps, int State, int Reply, int Section, double Journal, int Canonical, double Opened, double Clocks)
{
    public static async Task<StepShape> ReadAsync(DbConnection connection)
    {
        var steps = await Number("select count(*) from closed_tasks where outcome is not null");
        return new StepShape(
            (long)steps,
            (int)await Number("select avg(length(state)) from ended_case_states"),
            (int)await Number("select avg(length(reply)) from commands"),
            (int)await Number("select avg(length(json)) from case_data"),
            await Number("select count(*) from journal") / steps,
            (int)await Number("select avg(length(canonical)) from journal"),
            await Number("select count(*) from closed_tasks") / steps,
            await Number("select count(*) from clocks") / steps);

        async Task<double> Number(string sql)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            return Convert.ToDouble(await command.ExecuteScalarAsync() ?? 0, CultureInfo.InvariantCulture);
        }
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"one command (reply {Reply:N0} B), one state ({State:N0} B), one section ({Section:N0} B), {Opened:N1} tasks, {Journal:N1} journal entries of {Canonical:N0} B, {Clocks:N1} clocks");
}
