using System.Text.Json.Nodes;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Jint.Runtime.Descriptors;

namespace PowerWorkflow.Engine.Expressions;

/// <summary>An object whose members are looked up when a script asks for them. Writing is refused aloud unless it is allowed.</summary>
internal sealed class HostObject : ObjectInstance
{
    private readonly Func<string, JsValue> read;
    private readonly Func<IEnumerable<string>> names;
    private readonly Action<string, JsValue>? write;
    private Dictionary<string, JsValue>? seen;

    public HostObject(Jint.Engine engine, Func<string, JsValue> read, Func<IEnumerable<string>> names, Action<string, JsValue>? write) : base(engine)
    {
        (this.read, this.names, this.write) = (read, names, write);
        Prototype = engine.Object.PrototypeObject;
        Extensible = true;
    }

    /// <summary>The JSON it shows, when it shows JSON.</summary>
    public JsonObject? Json { get; init; }

    public override PropertyDescriptor GetOwnProperty(string propertyName)
    {
        var value = Read(propertyName);
        return value.IsUndefined() && !names().Contains(propertyName) ? PropertyDescriptor.Undefined : new PropertyDescriptor(value, true, true, true);
    }

    public override JsValue Get(string propertyName)
    {
        var value = Read(propertyName);
        return value.IsUndefined() ? base.Get(propertyName) : value;
    }

    public override bool HasOwnProperty(string propertyName) => names().Contains(propertyName);

    public override IEnumerable<KeyValuePair<string, PropertyDescriptor>> GetOwnProperties() =>
        names().Select(name => KeyValuePair.Create(name, new PropertyDescriptor(Read(name), true, true, true))).ToList();

    public override void Put(string propertyName, JsValue value, bool throwOnError)
    {
        if (write is null) throw new JavaScriptException(Engine.TypeError, $"'{propertyName}' can only be read here");
        try
        {
            write(propertyName, value);
        }
        catch (ExpressionException error)
        {
            throw new JavaScriptException(Engine.TypeError, error.Message);
        }
    }

    public override bool Delete(string propertyName, bool throwOnError) => throw new JavaScriptException(Engine.TypeError, $"'{propertyName}' cannot be deleted");

    public override bool DefineOwnProperty(string propertyName, PropertyDescriptor desc, bool throwOnError) =>
        throw new JavaScriptException(Engine.TypeError, $"'{propertyName}' cannot be defined here");

    // Members of JSON stay what they are, so that data.A === data.A; live members are asked for each time.
    private JsValue Read(string name)
    {
        if (Json is null) return read(name);
        if (seen is not null && seen.TryGetValue(name, out var known)) return known;
        return (seen ??= [])[name] = read(name);
    }
}
