using Jint.Native;
using Jint.Native.Function;
using Jint.Native.Object;
using Jint.Runtime;
using Jint.Runtime.Interop;

namespace PowerWorkflow.Engine.Expressions;

/// <summary>JavaScript's Date with a clock that stands still at the stimulus; everything else is the engine's own.</summary>
internal sealed class FixedDate : FunctionInstance, IConstructor
{
    private readonly double now;

    private FixedDate(Jint.Engine engine, double now) : base(engine, [], null, false)
    {
        this.now = now;
        Prototype = engine.Function.PrototypeObject;
        Extensible = false;
    }

    public static void Install(Jint.Engine engine, DateTimeOffset instant)
    {
        var date = new FixedDate(engine, instant.ToUnixTimeMilliseconds());
        date.FastAddProperty("prototype", engine.Date.PrototypeObject, false, false, false);
        date.FastAddProperty("length", 7, false, false, false);
        date.FastAddProperty("now", new ClrFunctionInstance(engine, (_, _) => date.now, 0), false, false, false);
        date.FastAddProperty("parse", engine.Date.Get("parse"), false, false, false);
        date.FastAddProperty("UTC", engine.Date.Get("UTC"), false, false, false);
        // Otherwise new (new Date(0).constructor)() would find the real clock.
        engine.Date.PrototypeObject.FastAddProperty("constructor", date, false, false, false);
        engine.Global.FastAddProperty("Date", date, false, false, false);
    }

    public override JsValue Call(JsValue thisObject, JsValue[] arguments) => TypeConverter.ToString(Construct(Arguments.Empty));

    public ObjectInstance Construct(JsValue[] arguments) => Engine.Date.Construct(arguments.Length == 0 ? [now] : arguments);
}
