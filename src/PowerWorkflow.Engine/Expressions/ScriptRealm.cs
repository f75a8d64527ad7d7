using System.Text.Json.Nodes;
using Jint.Native;
using Jint.Native.Function;
using Jint.Runtime;
using Jint.Runtime.Environments;
using Jint.Runtime.Interop;

namespace PowerWorkflow.Engine.Expressions;

/// <summary>
/// The seam to the JavaScript engine: one realm for one burst. Nothing of .NET is reachable from it; <c>Date</c> stands still at the stimulus and
/// <c>Math.random</c> follows from the case, so that the same burst run again computes the same.
/// </summary>
/// <remarks>Statements are counted over all scripts of the realm. A wall-clock overrun is the host's business: it would not be the same on every machine.</remarks>
internal sealed class ScriptRealm
{
    private const int LongestText = 1_000_000;
    private const long MostMemory = 128L * 1024 * 1024;
    private readonly Jint.Engine engine;
    private readonly HashSet<string> accessors = [];
    private readonly List<(string Name, JsonNode Before, JsValue Given)> lent = [];
    private long memoryAtStart;
    private ExpressionScope scope = null!; // set for the time of each evaluation

    public ScriptRealm(int statements, TimeZoneInfo timeZone, DateTimeOffset now, string caseId, long sequence)
    {
        engine = new Jint.Engine(options => options.MaxStatements(statements).LimitRecursion(64).LocalTimeZone(timeZone));
        var global = engine.Global;
        FixedDate.Install(engine, now);
        var random = new SplitMix(caseId, sequence);
        engine.Math.FastAddProperty("random", Function((_, _) => random.Next(), 0), true, false, true);
        Add("variables", new HostObject(engine, ReadVariable, () => scope.VariableNames, WriteVariable));
        Add("input", new HostObject(engine, name => ToJs(scope.GetInput(name)), () => scope.InputNames, null));
        Add("inputs", global.Get("input"));
        Add("data", new HostObject(engine, ReadSection, () => scope.Sections, null));
        Add("caseInfo", new HostObject(engine, name => scope.GetCaseInfo(name) is { } text ? new JsValue(text) : JsValue.Undefined, () => ["id", "number", "process", "unit", "startedBy", "correlationId"], null));
        global.FastAddProperty(ScriptMeter.Name, Function((_, _) => { CheckMemory(); return JsValue.Undefined; }, 0), false, false, false);
        Add("getVariable", Function((_, args) => ReadVariable(Text(args, 0)), 1));
        Add("setVariable", Function((_, args) => { scope.SetVariable(Text(args, 0), FromJs(args.At(1))); return JsValue.Undefined; }, 2));
        Add("getInput", Function((_, args) => ToJs(scope.GetInput(Text(args, 0))), 1));
        Add("getOutputFrom", Function((_, args) => ToJs(scope.GetOutput(Text(args, 0), args.At(1) == JsValue.Undefined ? null : Text(args, 1))), 2));
        Add("performer", Function((_, args) => scope.GetPerformer(Text(args, 0)) is { } person ? new JsValue(person) : JsValue.Null, 1));
        Add("getCorrelationId", Function((_, _) => scope.GetCaseInfo("correlationId") is { } id ? new JsValue(id) : JsValue.Null, 0));
        Add("getWorkflowInstanceId", Function((_, _) => new JsValue(scope.GetCaseInfo("id")), 0));
        Add("setOutcome", Function((_, args) => { scope.SetOutcomes([Text(args, 0)]); return JsValue.Undefined; }, 1));
        Add("setOutcomes", Function((_, args) => { scope.SetOutcomes(Values.ToTexts(FromJs(args.At(0)))); return JsValue.Undefined; }, 1));
        var console = engine.Object.Construct(Arguments.Empty);
        console.FastAddProperty("log", Function((_, args) => { scope.WriteLine(string.Join(' ', args.Select(a => Values.ToText(FromJs(a))))); return JsValue.Undefined; }, 0), true, false, true);
        Add("console", console);

        void Add(string name, JsValue value) => global.FastAddProperty(name, value, false, false, false);
    }

    /// <summary>Runs a script and gives its value: null, bool, double, text, an instant, or JSON.</summary>
    /// <exception cref="ExpressionException">The script failed or passed a limit.</exception>
    public object? Evaluate(Script script, ExpressionScope inScope)
    {
        scope = inScope;
        lent.Clear();
        memoryAtStart = GC.GetAllocatedBytesForCurrentThread();
        foreach (var name in script.Accessors)
            if (accessors.Add(name) && !engine.Global.HasProperty(name)) engine.Global.FastAddProperty(name, Accessor(name), false, false, false);
        try
        {
            var function = new ScriptFunctionInstance(engine, script.Function, LexicalEnvironment.NewDeclarativeEnvironment(engine, engine.GlobalEnvironment), true);
            var value = FromJs(function.Call(JsValue.Undefined, Arguments.Empty));
            TakeBack();
            return value;
        }
        catch (JavaScriptException error)
        {
            throw At(error.LineNumber, error.Column, error.Message);
        }
        catch (StatementsCountOverflowException)
        {
            throw At(0, 0, "it ran too many statements; look for a loop that does not end");
        }
        catch (RecursionDepthOverflowException)
        {
            throw At(0, 0, "its functions call each other too deep");
        }
        catch (ConversionException error)
        {
            throw At(0, 0, error.Message);
        }

        ExpressionException At(int line, int column, string message)
        {
            engine.ResetCallStack();
            return new(script.Source, message, line == 0 ? null : line, line == 0 ? null : line == 1 ? Math.Max(1, column - Script.Offset + 1) : column + 1);
        }
    }

    private void CheckMemory()
    {
        if (GC.GetAllocatedBytesForCurrentThread() - memoryAtStart > MostMemory)
            throw new ExpressionException("", $"it used more than {MostMemory / 1024 / 1024} MB of memory; look for a text or list that keeps growing", null, null);
    }

    private JsValue ReadVariable(string name)
    {
        if (!scope.HasVariable(name)) return JsValue.Undefined;
        var node = scope.GetVariable(name);
        foreach (var loan in lent)
            if (loan.Name == name && ReferenceEquals(loan.Before, node)) return loan.Given;
        var value = node is JsonObject or JsonArray ? Copy(node) : ToJs(node);
        if (node is JsonObject or JsonArray) lent.Add((name, node, value));
        return value;
    }

    private void WriteVariable(string name, JsValue value) => scope.SetVariable(name, FromJs(value));

    /// <summary>A script may change an object it got from a variable (<c>variables.list.push(1)</c>): what has changed is assigned, as in Elsa.</summary>
    private void TakeBack()
    {
        foreach (var (name, before, given) in lent)
        {
            if (!scope.HasVariable(name) || !ReferenceEquals(scope.GetVariable(name), before)) continue;
            var after = Values.ToNode(FromJs(given));
            if (!JsonNode.DeepEquals(before, after)) scope.SetVariable(name, after);
        }
    }

    // A section nobody has written reads as an empty object, so that data.X.y is undefined rather than an error.
    private JsValue ReadSection(string code) => scope.GetSection(code) is { } section ? ToJs(section) : engine.Object.Construct(Arguments.Empty);

    private ClrFunctionInstance Accessor(string name)
    {
        var rest = name[3..];
        if (name[0] == 's') return Function((_, args) => { scope.SetVariable(VariableLike(rest) ?? rest, FromJs(args.At(0))); return JsValue.Undefined; }, 1);
        return Function((_, _) =>
        {
            if (VariableLike(rest) is { } variable) return ReadVariable(variable);
            if (scope.InputNames.FirstOrDefault(i => Same(i, rest)) is { } input) return ToJs(scope.GetInput(input));
            var from = rest.IndexOf("From", StringComparison.Ordinal);
            return from > 0 ? ToJs(scope.GetOutput(rest[(from + 4)..], rest[..from])) : ToJs(scope.GetInput(rest));
        }, 0);

        string? VariableLike(string wanted) => scope.VariableNames.FirstOrDefault(v => Same(v, wanted));
        static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
    }

    private ClrFunctionInstance Function(Func<JsValue, JsValue[], JsValue> body, int length) => new(engine, (self, args) =>
    {
        try
        {
            return body(self, args);
        }
        catch (ExpressionException error)
        {
            throw new JavaScriptException(engine.TypeError, error.Message);
        }
    }, length);

    private static string Text(JsValue[] args, int index) => TypeConverter.ToString(args.At(index));

    /// <summary>JSON as scripts see it. Objects are read through, not copied: a checklist of a hundred items costs what is looked at.</summary>
    private JsValue ToJs(JsonNode? node)
    {
        switch (node)
        {
            case null: return JsValue.Null;
            case JsonObject json: return new HostObject(engine, name => json.TryGetPropertyValue(name, out var member) ? ToJs(member) : JsValue.Undefined, () => json.Select(p => p.Key), null) { Json = json };
            case JsonArray list:
                var array = engine.Array.Construct(Arguments.Empty);
                var items = new JsValue[list.Count];
                for (var i = 0; i < items.Length; i++) items[i] = ToJs(list[i]);
                if (items.Length > 0) engine.Array.PrototypeObject.Push(array, items);
                return array;
            default: return Plain(Values.Primitive(node));
        }
    }

    /// <summary>A copy that scripts may change.</summary>
    private JsValue Copy(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject json:
                var copy = engine.Object.Construct(Arguments.Empty);
                foreach (var (name, value) in json) copy.FastAddProperty(name, Copy(value), true, true, true);
                return copy;
            case JsonArray list:
                var array = engine.Array.Construct(Arguments.Empty);
                if (list.Count > 0) engine.Array.PrototypeObject.Push(array, [.. list.Select(Copy)]);
                return array;
            default: return ToJs(node);
        }
    }

    private static JsValue Plain(object? value) => value switch
    {
        null => JsValue.Null,
        bool flag => new JsValue(flag),
        string text => new JsValue(text),
        double number => new JsValue(number),
        _ => new JsValue(Values.ToDouble(value)),
    };

    /// <summary>What a script gave, as a plain value or JSON.</summary>
    private static object? FromJs(JsValue value, int depth = 0)
    {
        if (depth > 32) throw new ConversionException("an object that contains itself", "JSON");
        if (value.IsUndefined() || value.IsNull()) return null;
        if (value.IsBoolean()) return value.AsBoolean();
        if (value.IsNumber()) return double.IsFinite(value.AsNumber()) ? value.AsNumber() : throw new ConversionException(value.ToString(), "a number (something was undefined in a calculation)");
        if (value.IsString())
            return value.AsString() is { Length: <= LongestText } text ? text : throw new ConversionException("a text of more than 1,000,000 characters", "a shorter one");
        if (value.IsDate()) return new DateTimeOffset(value.AsDate().ToDateTime(), TimeSpan.Zero);
        var source = value.AsObject();
        switch (source)
        {
            case HostObject { Json: { } json }: return json;
            case FunctionInstance: return null;
        }
        if (value.IsArray())
        {
            var list = new JsonArray();
            var length = (int)Math.Min(TypeConverter.ToUint32(source.Get("length")), 100_000);
            for (var i = 0; i < length; i++) list.Add(Values.Detached(Values.ToNode(FromJs(source.Get(i.ToString(System.Globalization.CultureInfo.InvariantCulture)), depth + 1))));
            return list;
        }
        if (source.Class is "Boolean" or "Number" or "String") return FromJs(TypeConverter.ToPrimitive(value), depth + 1);
        var result = new JsonObject();
        foreach (var (name, property) in source.GetOwnProperties())
        {
            if (property.Enumerable != true) continue;
            var member = source.Get(name);
            if (member.IsUndefined() || member.Is<FunctionInstance>()) continue;
            result[name] = Values.Detached(Values.ToNode(FromJs(member, depth + 1)));
        }
        return result;
    }

    /// <summary>Deterministic random numbers: Steele and others' SplitMix64.</summary>
    private sealed class SplitMix
    {
        private ulong state = 14695981039346656037;

        public SplitMix(string caseId, long sequence)
        {
            foreach (var letter in caseId) state = (state ^ letter) * 1099511628211; // FNV-1a: string.GetHashCode differs between processes
            state += (ulong)sequence;
        }

        public double Next()
        {
            var z = state += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return ((z ^ (z >> 31)) >> 11) * (1.0 / (1ul << 53));
        }
    }
}
