using PowerWorkflow.Engine.Activities;
using PowerWorkflow.Processes.Clocks;

namespace PowerWorkflow.Processes.Activities;

/// <summary>
/// The codes that definitions call clocks by: SUPPLIER, WHOLE, and one clock per limit whose prefix says whose time it is, such as <c>STAGE:PLAN_REPLY</c>.
/// </summary>
public static class ClockCode
{
    /// <summary>All the supplier's time.</summary>
    public const string Supplier = "SUPPLIER";

    /// <summary>Submission to energised.</summary>
    public const string Whole = "WHOLE";

    /// <summary>A stage of the supplier.</summary>
    public const string Stage = "STAGE:";

    /// <summary>An internal limit, which neither the supplier's nor the whole clock counts.</summary>
    public const string Internal = "INTERNAL:";

    /// <summary>A limit the customer has to keep.</summary>
    public const string Customer = "CUSTOMER:";

    /// <exception cref="ActivityFaultException">The code is none of the above.</exception>
    internal static ClockScope ScopeOf(string code) => code switch
    {
        Supplier => ClockScope.SupplierTotal,
        Whole => ClockScope.Whole,
        _ when code.StartsWith(Stage, StringComparison.Ordinal) => ClockScope.SupplierStage,
        _ when code.StartsWith(Internal, StringComparison.Ordinal) => ClockScope.Internal,
        _ when code.StartsWith(Customer, StringComparison.Ordinal) => ClockScope.Customer,
        _ => throw new ActivityFaultException("unknown-clock", $"'{code}' is not a clock code. Use SUPPLIER, WHOLE, STAGE:item, INTERNAL:item or CUSTOMER:item."),
    };
}
