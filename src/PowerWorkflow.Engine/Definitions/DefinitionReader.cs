using System.Collections.Frozen;
using System.Text.Json.Nodes;
using PowerWorkflow.Engine.Activities;
using PowerWorkflow.Engine.Expressions;
using PowerWorkflow.Engine.Flow;

namespace PowerWorkflow.Engine.Definitions;

/// <summary>Turns a document as Studio writes it into nodes. Never throws for what a document says: it notes problems and reads on, so that all are listed at once.</summary>
internal sealed class DefinitionReader(JsonObject document, ActivityCatalog activities, string? versionId)
{
    private static readonly FrozenSet<string> languages = FrozenSet.ToFrozenSet(["Literal", "Object", "Variable", "Input", "JavaScript"]);
    private readonly List<ReadingProblem> problems = [];
    private readonly Dictionary<string, ActivityNode> nodes = [];
    private readonly HashSet<string> ids = [];
    private readonly Dictionary<string, Expression> scripts = [];
    private WorkflowDefinition definition = null!; // set first thing in Read, before anything uses it

    public WorkflowDefinition Read()
    {
        var definitionId = document.Text("definitionId") ?? document.Text("id") ?? "";
        if (definitionId.Length == 0) problems.Add(new("definition-id-missing", null));
        var version = document.Number("version", 1);
        definition = new WorkflowDefinition
        {
            DefinitionId = definitionId,
            VersionId = versionId ?? document.Text("id") ?? $"{definitionId}@{version}",
            Version = version,
            Name = document.Text("name") ?? definitionId,
            Document = document,
            Inputs = Parameters("inputs"),
            Outputs = Parameters("outputs"),
            Outcomes = document.List("outcomes") is { } outcomes ? [.. outcomes.Select(o => Values.ToText(o))] : [],
            Variables = VariablesOf(document, null),
        };
        if (document.Object("root") is { } root) definition.Root = ReadNode(root, null, "root");
        else problems.Add(new("root-missing", null));
        definition.Nodes = nodes.ToFrozenDictionary();
        definition.Problems = problems;
        return definition;
    }

    private List<ParameterDeclaration> Parameters(string member)
    {
        var result = new List<ParameterDeclaration>();
        foreach (var item in document.List(member) ?? [])
        {
            if ((item as JsonObject).Text("name") is not { Length: > 0 } name) problems.Add(new("parameter-unnamed", null, member));
            else if (result.Any(p => p.Name == name)) problems.Add(new("parameter-duplicate", null, name, member));
            else result.Add(new(name, DeclaredType.Parse(((JsonObject)item!).Text("type") ?? ((JsonObject)item!).Text("typeName"), ((JsonObject)item!).Flag("isArray"))));
        }
        return result;
    }

    private List<VariableDeclaration> VariablesOf(JsonObject holder, string? activityId)
    {
        var result = new List<VariableDeclaration>();
        foreach (var item in holder.List("variables") ?? [])
        {
            if (item is not JsonObject json || json.Text("name") is not { Length: > 0 } name) { problems.Add(new("variable-unnamed", activityId)); continue; }
            if (result.Any(v => v.Name == name)) { problems.Add(new("variable-duplicate", activityId, name)); continue; }
            var type = DeclaredType.Parse(json.Text("typeName"), json.Flag("isArray"));
            var value = json["value"];
            // The designer writes the default of a number or date left empty as "".
            if (value is JsonValue text && text.TryGetValue(out string? empty) && empty.Length == 0 && type is not { Kind: ValueKind.Text, IsArray: false }) value = null;
            try
            {
                type.ToJson(Values.Primitive(value), literal: true, TimeZoneInfo.Utc);
            }
            catch (ConversionException error)
            {
                problems.Add(new("variable-default", activityId, name, error.Message));
                value = null;
            }
            result.Add(new(json.Text("id") ?? name, name, type, value));
        }
        return result;
    }

    private ActivityNode ReadNode(JsonObject json, ActivityNode? parent, string place)
    {
        var type = json.Text("type") ?? "";
        var id = json.Text("id") ?? "";
        if (id.Length == 0)
        {
            id = $"{place}{ids.Count}";
            problems.Add(new("activity-id-missing", null, type));
        }
        else if (id.AsSpan().IndexOfAny('/', ':') >= 0) problems.Add(new("activity-id-characters", id, id));
        if (!ids.Add(id)) problems.Add(new("activity-id-duplicate", id, id));

        var activity = activities.Find(type);
        if (activity is null && json.ContainsKey("workflowDefinitionId")) activity = activities.Find(CallDefinition.TypeName);
        var custom = json.Object("customProperties");
        var node = new ActivityNode
        {
            Id = id,
            Name = json.Text("name") is { Length: > 0 } name ? name : id,
            Label = json.Object("metadata").Text("displayText") is { Length: > 0 } label ? label : json.Text("name") ?? id,
            Type = type,
            Path = parent is null ? id : $"{parent.Path}/{id}",
            Definition = definition,
            Parent = parent,
            Activity = activity,
            Json = json,
            MergeMode = ReadMergeMode(custom.Text("mergeMode"), id),
            CanStart = custom.Flag("canStartWorkflow") || json.Flag("canStartWorkflow"),
        };
        nodes.TryAdd(node.Path, node);
        node.Variables = VariablesOf(json, id);
        if (activity is null) problems.Add(new("activity-unknown", id, type));
        else Compile(node, activity);
        return node;
    }

    private MergeMode? ReadMergeMode(string? text, string id)
    {
        if (string.IsNullOrEmpty(text) || text.Equals("None", StringComparison.OrdinalIgnoreCase)) return null;
        if (Enum.TryParse<MergeMode>(text, ignoreCase: true, out var mode) && mode != MergeMode.Active) return mode;
        problems.Add(new("merge-mode-unknown", id, text));
        return null;
    }

    private void Compile(ActivityNode node, Activity activity)
    {
        var descriptor = activity.Descriptor;
        ReadChildren(node, descriptor);
        node.Inputs = new CompiledInput?[descriptor.Inputs.Count];
        foreach (var input in descriptor.Inputs)
        {
            if (!input.IsWrapped) continue;
            node.Inputs[input.Index] = CompileInput(node, input);
        }
        node.Cases = ReadCases(node);
        ReadRest(node, descriptor);
        if (descriptor.Type == "Elsa.Flowchart") node.Flow = ReadFlow(node);
    }

    private CompiledInput? CompileInput(ActivityNode node, ActivityInput input)
    {
        if (!node.Json.TryGetPropertyValue(input.Property, out var wrapped) || wrapped is null)
        {
            if (input.Required) problems.Add(new("input-missing", node.Id, input.Name));
            return null;
        }
        var expression = ReadExpression(wrapped, node, input.Name);
        if (expression is null) return null;
        if (expression is not Literal literal) return new(expression, null, false);
        var value = literal.Evaluate(null!); // a literal looks at no scope
        // Studio writes "" for an input that was touched and emptied again.
        if (value is null or "")
        {
            if (input.Required) problems.Add(new("input-missing", node.Id, input.Name));
            return value is "" && input is Input<string> ? new(literal, "", true) : null;
        }
        try
        {
            // Instants without an offset depend on the case's zone: converted when they are read.
            return input is Input<DateTimeOffset> ? new(literal, null, false) : new(literal, input.Convert(value, literal: true, TimeZoneInfo.Utc), true);
        }
        catch (ConversionException error)
        {
            problems.Add(new("input-type", node.Id, input.Name, error.Message));
            return new(literal, null, false);
        }
    }

    /// <summary>Reads a wrapped input, or a bare value as older documents have it.</summary>
    private Expression? ReadExpression(JsonNode? json, ActivityNode node, string input)
    {
        if (json is not JsonObject wrapped) return new Literal(json);
        if (wrapped.Object("expression") is not { } expression)
        {
            if (wrapped.ContainsKey("typeName") || wrapped.ContainsKey("memoryReference")) return null; // nothing was entered
            return wrapped.Text("type") is not null && wrapped.ContainsKey("value") ? ReadBareExpression(wrapped, node, input) : new Literal(wrapped);
        }
        return ReadBareExpression(expression, node, input);
    }

    private Expression ReadBareExpression(JsonObject expression, ActivityNode node, string input)
    {
        var type = expression.Text("type") ?? "Literal";
        var value = expression["value"];
        switch (type)
        {
            case "Literal":
                return new Literal(value);
            case "Object":
                return new Literal(value is JsonValue text && text.TryGetValue(out string? json) ? ParseObject(json, node, input) : value);
            case "Variable":
                return ReadVariable(value, node, input);
            case "Input":
                return ReadInput(value, node, input);
            case "JavaScript":
                return ReadScript(Values.ToText(value), node, input);
            default:
                var rule = languages.Contains(type) ? "expression-syntax" : "expression-language";
                problems.Add(new(rule, node.Id, input, type));
                return new UnusableExpression(Values.ToText(value), rule, $"expressions in {type} are not run here", language: type);
        }
    }

    private JsonNode? ParseObject(string json, ActivityNode node, string input)
    {
        if (json.Length == 0) return null;
        try
        {
            return JsonNode.Parse(json);
        }
        catch (System.Text.Json.JsonException error)
        {
            // One plain word typed into a list editor is what it is; something that begins like JSON and is none is a mistake.
            if (json.TrimStart() is { Length: > 0 } trimmed && trimmed[0] is '[' or '{') problems.Add(new("object-syntax", node.Id, input, error.Message));
            return JsonValue.Create(json);
        }
    }

    private Expression ReadScript(string source, ActivityNode node, string input)
    {
        if (string.IsNullOrWhiteSpace(source)) return new Literal(null);
        if (!scripts.TryGetValue(source, out var script)) scripts[source] = script = Script.Parse(source);
        if (script is UnusableExpression broken) problems.Add(new(broken.Rule, node.Id, input, broken.Reason, source));
        return script;
    }

    private Expression ReadVariable(JsonNode? value, ActivityNode node, string input)
    {
        // A JSON string of the whole variable, the variable itself, or just a name.
        var json = value as JsonObject ?? Values.JsonOrText(Values.ToText(value)) as JsonObject;
        var id = json.Text("id") ?? (json is null ? Values.ToText(value) : null);
        var name = definition.VariableName(id, json.Text("name"), node);
        if (name is not null) return new VariableReference(name);
        var wanted = json.Text("name") ?? id ?? "";
        problems.Add(new("variable-unknown", node.Id, input, wanted));
        return new UnusableExpression(wanted, "variable-unknown", $"there is no variable '{wanted}' here");
    }

    private Expression ReadInput(JsonNode? value, ActivityNode node, string input)
    {
        var json = value as JsonObject ?? Values.JsonOrText(Values.ToText(value)) as JsonObject;
        var name = json.Text("name") ?? Values.ToText(value);
        if (definition.Inputs.FirstOrDefault(p => string.Equals(p.Name, name, StringComparison.OrdinalIgnoreCase)) is { } declared) return new InputReference(declared.Name);
        problems.Add(new("input-unknown", node.Id, input, name));
        return new UnusableExpression(name, "input-unknown", $"the definition has no input '{name}'");
    }

    private void ReadChildren(ActivityNode node, ActivityDescriptor descriptor)
    {
        if (descriptor.Children.Count == 0) return;
        var children = new Dictionary<string, IReadOnlyList<ActivityNode>>();
        foreach (var name in descriptor.Children)
        {
            var property = char.ToLowerInvariant(name[0]) + name[1..];
            var json = node.Json[property];
            if (json is JsonObject one) children[name] = [ReadNode(one, node, property)];
            else if (json is JsonArray many) children[name] = [.. many.OfType<JsonObject>().Select(child => ReadNode(child, node, property))];
        }
        node.Children = children.ToFrozenDictionary();
    }

    private List<SwitchCase> ReadCases(ActivityNode node)
    {
        var cases = node.Json["cases"] as JsonArray;
        if (cases is null && node.Json.Object("cases").Object("expression") is { } wrapped)
            cases = wrapped["value"] as JsonArray ?? Values.JsonOrText(Values.ToText(wrapped["value"])) as JsonArray;
        var result = new List<SwitchCase>();
        var branches = new List<ActivityNode>();
        foreach (var item in cases ?? [])
        {
            if (item is not JsonObject json) continue;
            var condition = json.Object("condition") is { } bare ? ReadExpression(bare, node, "Cases") : new Literal(json["condition"]);
            var child = json.Object("activity") is { } embedded ? ReadNode(embedded, node, "case") : null;
            if (child is not null) branches.Add(child);
            result.Add(new(json.Text("label") ?? "", condition ?? new Literal(null), child));
        }
        if (branches.Count > 0) node.Children = node.Children.Append(new("Cases", branches)).ToFrozenDictionary();
        return result;
    }

    /// <summary>Properties the descriptor does not know: output bindings, and the inputs of a called definition.</summary>
    private void ReadRest(ActivityNode node, ActivityDescriptor descriptor)
    {
        var outputs = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var extra = new Dictionary<string, Expression>(StringComparer.OrdinalIgnoreCase);
        foreach (var (property, json) in node.Json)
        {
            if (json is not JsonObject wrapped || descriptor.Inputs.Any(i => i.Property == property)) continue;
            if (wrapped.ContainsKey("expression"))
            {
                if (descriptor.Type == CallDefinition.TypeName && ReadExpression(wrapped, node, property) is { } expression) extra[property] = expression;
            }
            else if (wrapped.Object("memoryReference").Text("id") is { Length: > 0 } id)
            {
                if (definition.VariableName(id, id, node) is { } name) outputs[property] = name;
                // Elsa writes a reference of its own making (activity:output-0) where nothing is bound.
                else if (!id.Contains(':', StringComparison.Ordinal) && !id.Contains("output", StringComparison.OrdinalIgnoreCase)) problems.Add(new("variable-unknown", node.Id, property, id));
            }
        }
        if (outputs.Count > 0) node.OutputBindings = outputs;
        if (extra.Count > 0) node.ExtraInputs = extra;
    }

    private FlowGraph ReadFlow(ActivityNode chart)
    {
        var drawn = chart.Children.GetValueOrDefault("Activities", []);
        var byId = drawn.DistinctBy(n => n.Id).ToDictionary(n => n.Id);
        var lines = new List<Connection>();
        foreach (var item in chart.Json.List("connections") ?? [])
        {
            if (item is not JsonObject json) continue;
            var (source, port) = Endpoint(json, "source", "sourcePort", "Done");
            var (target, _) = Endpoint(json, "target", "targetPort", "In");
            if (source is null || !byId.TryGetValue(source, out var from)) { problems.Add(new("connection-nowhere", target, source ?? "?", target ?? "?")); continue; }
            if (target is null || !byId.TryGetValue(target, out var to)) { problems.Add(new("connection-nowhere", source, source, target ?? "?")); continue; }
            if (lines.Any(l => l.Source == from && l.Target == to && l.Port == port)) continue;
            lines.Add(new(lines.Count, from, port, to));
        }
        var start = chart.Json.Text("start") is { } id && byId.TryGetValue(id, out var named) ? named
            : drawn.FirstOrDefault(n => n.Type == "Elsa.Start") ?? drawn.FirstOrDefault(n => n.CanStart);
        return new FlowGraph(drawn, lines, start);
    }

    /// <summary>One end of a line: <c>source: {activity, port}</c>, or the older flat <c>source</c> and <c>sourcePort</c>.</summary>
    private static (string? Activity, string Port) Endpoint(JsonObject json, string member, string flatPort, string otherwise)
    {
        if (json.Object(member) is { } nested)
            return (nested.Text("activity") ?? nested.Text("activityId"), nested.Text("port") is { Length: > 0 } port ? port : otherwise);
        return (json.Text(member), json.Text(flatPort) is { Length: > 0 } flat ? flat : otherwise);
    }
}
