namespace PowerWorkflow.Processes.Judges;

/// <summary>Contract, fees and the last word of the customer.</summary>
internal static class Settlement
{
    /// <summary>Signed and paid, or waited for.</summary>
    public static void Contract(Ruling r)
    {
        r.Deny("signed", !r.Brings("CONTR") || !r.Brings("FEE"), "contract-or-fee-missing", "须同时登记合同与业务费", "Enter both the contract and the fees");
        var contract = r["CONTR"];
        r.Deny("signed", contract.Text("esign") is null && contract.Texts("paper").Count == 0, "no-signed-document", "须有电子签章证书或纸质合同扫描件", "An e-signature or a scan of the paper contract is needed");
        var unpaid = r["FEE"].List("items").Where(fee => fee.Number("amount") > 0 && fee.Instant("paidAt") is null).Select(fee => fee.Text("feeItem")).ToList();
        r.Deny("signed", unpaid.Count > 0, "unpaid", $"尚未缴清：{string.Join("、", unpaid)}", $"Not paid yet: {string.Join(", ", unpaid)}");
    }

    /// <summary>A low score is followed up, whatever the caller would like.</summary>
    public static void Revisit(Ruling r)
    {
        var score = r["VISIT"].Number("score");
        r.Deny("satisfied", score <= r.Figure("unsatisfiedAtMost"), "low-score", $"评分 {score} 分，须转不满意处理", $"A score of {score} has to be followed up");
    }
}
