namespace PowerWorkflow.Processes.Judges;

/// <summary>Survey and grid works.</summary>
internal static class Works
{
    private const string NotReady = "暂不具备(受限)";

    /// <summary>The way out has to say what the conclusion says.</summary>
    public static void Survey(Ruling r)
    {
        var survey = r["SURVEY"];
        var restricted = survey.Text("conclusion") == NotReady;
        r.DenyAll(survey.Instant("leaveAt") < survey.Instant("arriveAt"), "left-before-arrival", "离开时间早于到达时间", "Left before arriving");
        foreach (var outcome in new[] { "ready", "external" })
        {
            r.Deny(outcome, restricted, "restricted", "结论为“暂不具备（受限）”，请选“暂不具备”", "The conclusion is 'not ready': choose that outcome");
        }

        // Only where external works lead another way; elsewhere they run beside the customer's own works.
        if (r.Has("external"))
        {
            r.Deny("ready", survey.Flag("extWork"), "external-works-needed", "需外线工程，请选“需外线工程”", "External works are needed: choose that outcome");
            r.Deny("external", !survey.Flag("extWork"), "no-external-works", "未标明需外线工程", "The survey does not say that external works are needed");
        }

        foreach (var outcome in new[] { "not-ready", "restricted" })
        {
            r.Deny(outcome, !restricted, "not-restricted", "结论不是“暂不具备（受限）”", "The conclusion is not 'not ready'");
        }
    }

    /// <summary>Survey and plan in one visit: planned, short of capacity, or not ready.</summary>
    public static void SurveyWithPlan(Ruling r)
    {
        var restricted = r["SURVEY"].Text("conclusion") == NotReady;
        var limited = r["PLAN"].Flag("capacityLimited");
        r.Deny("planned", !r.Brings("PLAN"), "plan-missing", "须填供电方案", "Enter the plan");
        r.Deny("planned", restricted, "restricted", "结论为“暂不具备（受限）”，请选“暂不具备”", "The conclusion is 'not ready': choose that outcome");
        r.Deny("planned", limited, "capacity-limited", "台区容量受限，请选“台区容量受限”", "The transformer area is overloaded: choose that outcome");
        r.Deny("limited", !limited, "not-limited", "方案未标明台区容量受限", "The plan does not say that the area is overloaded");
        r.Deny("restricted", !restricted, "not-restricted", "结论不是“暂不具备（受限）”", "The conclusion is not 'not ready'");
    }

    /// <summary>With a permit or without.</summary>
    public static void GridOrder(Ruling r)
    {
        var permit = r["GRID"].Flag("permitNeeded");
        r.Deny("build", permit, "permit-needed", "需政府行政审批，不能直接实施", "A government permit is needed first");
        r.Deny("permit", !permit, "no-permit-needed", "未标明需行政审批", "The order does not say that a permit is needed");
    }

    /// <summary>Commissioned, blocked or under way.</summary>
    public static void GridWorks(Ruling r)
    {
        var works = r["WORKS"];
        r.Deny("commissioned", works.Instant("commissionedAt") is null || works.List("milestones").All(m => m.Text("name") != "投运"),
            "not-commissioned", "须填投运时间和“投运”里程碑", "Commissioning needs its time and its milestone");
        r.Deny("blocked", works.Text("obstacle") is null || works.Texts("photos").Count == 0, "obstacle-missing", "受阻须写明情况并附照片", "Describe the obstacle and add a photo");
    }
}
