using PowerWorkflow.Processes.Documents;

namespace PowerWorkflow.Processes.CheckPlanning;

/// <summary>A version of how month plans are made (product defaults, D).</summary>
/// <param name="DraftOnDay">Day of the month before, on which the draft is made.</param>
/// <param name="ApproveByDay">Day of the month before, by which the leader approves.</param>
/// <param name="EarlyWindowDays">How far past the month's end tasks are looked at, to take them along.</param>
public sealed record MonthPlanRules(int Version, int DraftOnDay, int ApproveByDay, int EarlyWindowDays, TeamCapacity Capacity)
{
    /// <exception cref="DocumentRefusedException">Lists every field that breaks a rule.</exception>
    public static MonthPlanRules Parse(string json, string document = "month plan rules")
    {
        var problems = new List<Problem>();
        MonthPlanRules? read = null;
        if (JsonField.Open(json, problems) is { } root)
        {
            var share = root["usableShare"].Number() ?? 0;
            if (share is <= 0 or > 1)
            {
                root["usableShare"].Wrong("not-a-share", "应大于 0 且不超过 1", "must be above 0 and at most 1");
            }

            read = new MonthPlanRules(root["version"].RequiredWhole(1), root["draftOnDay"].RequiredWhole(1, 28), root["approveByDay"].RequiredWhole(1, 28), root["earlyWindowDays"].RequiredWhole(0, 366),
                new TeamCapacity(root["highVoltageSitesPerTeamDay"].RequiredWhole(1, 100), root["lowVoltageSitesPerTeamDay"].RequiredWhole(1, 100), share));
        }

        return read is null || problems.Count > 0 ? throw new DocumentRefusedException(document, problems) : read;
    }
}
