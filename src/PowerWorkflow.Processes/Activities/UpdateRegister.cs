using System.Text.Json.Nodes;
using PowerWorkflow.Engine;
using PowerWorkflow.Engine.Activities;

namespace PowerWorkflow.Processes.Activities;

/// <summary>Writes an entry of a register (EQUIP, ARCH, CHKPLAN …) beside the case; the entry's last value wins.</summary>
public sealed class UpdateRegister : Activity
{
    private static readonly Input<string> register = new("Register") { Required = true };
    private static readonly Input<string> key = new("Key") { Required = true, DefaultSyntax = "JavaScript" };
    private static readonly Input<JsonNode> values = new("Values") { Required = true, DefaultSyntax = "JavaScript", UIHint = "json-editor" };

    /// <summary>Writes a register entry.</summary>
    public UpdateRegister() : base(new("PowerWorkflow.UpdateRegister", "PowerWorkflow") { Inputs = [register, key, values] }) { }

    /// <inheritdoc/>
    public override Turn Execute(ActivityContext context)
    {
        if (context.Get(key) is not { Length: > 0 } entry) return Fault($"Activity '{context.Node.Id}': the register entry has no key.", "no-key");
        if (context.Get(values)?.DeepClone() is not JsonObject row) return Fault($"Activity '{context.Node.Id}': the values of register entry '{entry}' are not an object.", "input-type");
        var name = context.Get(register) ?? "";
        context.Emit(new Effect.Project("register:" + name, entry, row));
        context.Record("RegisterUpdated", new JsonObject { ["register"] = name, ["key"] = entry, ["values"] = row.DeepClone() });
        return Leave();
    }
}
