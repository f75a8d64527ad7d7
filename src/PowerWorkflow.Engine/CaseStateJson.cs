using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using PowerWorkflow.Engine.Expressions;
using PowerWorkflow.Engine.Flow;
using PowerWorkflow.Engine.Journal;

namespace PowerWorkflow.Engine;

public sealed partial class CaseState
{
    /// <summary>UTF-8 JSON.</summary>
    public byte[] ToUtf8()
    {
        var utf8 = CaseStateJson.Write(this);
        SizeHint = utf8.Length;
        return utf8;
    }

    /// <summary>Reads any format up to <see cref="CurrentFormat"/>.</summary>
    /// <exception cref="InvalidDataException">The format is newer than this build, or the document is not a case state.</exception>
    public static CaseState FromUtf8(ReadOnlySpan<byte> utf8)
    {
        try
        {
            var state = CaseStateJson.Read(JsonNode.Parse(utf8) as JsonObject ?? throw new InvalidDataException("A case state is a JSON object; this is something else."));
            state.SizeHint = utf8.Length;
            return state;
        }
        catch (Exception error) when (error is JsonException or FormatException or ArgumentException or InvalidOperationException or KeyNotFoundException)
        {
            throw new InvalidDataException($"This is no case state: {error.Message}", error);
        }
    }
}

/// <summary>
/// The serialised form of a case's state, format 1. Members that hold nothing are left out. A new format gets a number, an upcaster here, and a golden file
/// beside the tests.
/// </summary>
internal static class CaseStateJson
{
    private static readonly JsonWriterOptions relaxed = new() { Encoder = Json.Relaxed.Encoder, SkipValidation = true };

    public static byte[] Write(CaseState state)
    {
        var buffer = new ArrayBufferWriter<byte>(Math.Max(1024, state.SizeHint + 512));
        using var json = new Utf8JsonWriter(buffer, relaxed);
        json.WriteStartObject();
        json.WriteNumber("format", CaseState.CurrentFormat);
        json.WriteString("case", state.CaseId);
        json.WriteString("definition", state.DefinitionId);
        json.WriteString("version", state.DefinitionVersionId);
        json.WriteString("status", state.Status.ToString());
        Text(json, "name", state.Name);
        Text(json, "correlation", state.CorrelationId);
        Text(json, "startedBy", state.StartedBy);
        json.WriteNumber("at", state.LastAt.ToUnixTimeMilliseconds());
        json.WriteNumber("sequence", state.Sequence);
        if (state.OpenExecutions.Count > 0)
        {
            json.WriteStartArray("executions");
            foreach (var execution in state.OpenExecutions) Write(json, execution);
            json.WriteEndArray();
        }
        if (state.OpenIncidents.Count > 0)
        {
            json.WriteStartArray("incidents");
            foreach (var incident in state.OpenIncidents) Write(json, incident);
            json.WriteEndArray();
        }
        Nodes(json, "outputs", state.OutputValues);
        if (state.LastPerformers.Count > 0)
        {
            json.WriteStartObject("performers");
            foreach (var (step, people) in state.LastPerformers) Texts(json, step, people);
            json.WriteEndObject();
        }
        Nodes(json, "memory", state.DomainMemory!); // a dictionary of nodes is one of nodes that may be null
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter json, Execution execution)
    {
        json.WriteStartObject();
        json.WriteNumber("id", execution.Id);
        if (execution.Parent is { } parent) json.WriteNumber("in", parent.Id);
        Text(json, "node", execution.NodePath.Length == 0 ? null : execution.NodePath);
        if (execution.Path != execution.NodePath) json.WriteString("path", execution.Path);
        json.WriteNumber("at", execution.StartedAt.ToUnixTimeMilliseconds());
        if (execution.IsFaulted) json.WriteBoolean("faulted", true);
        if (execution.Waits.Count > 0)
        {
            json.WriteStartArray("waits");
            foreach (var wait in execution.Waits) Pair(json, wait.Kind.ToString(), wait.Id);
            json.WriteEndArray();
        }
        if (execution.Tokens.Count > 0)
        {
            json.WriteStartArray("tokens");
            foreach (var token in execution.Tokens) Pair(json, token.Source, token.Port, token.Target);
            json.WriteEndArray();
        }
        Nodes(json, "variables", execution.Variables);
        Node(json, "memory", execution.Memory);
        if (execution.Scope is { } scope)
        {
            json.WriteStartObject("scope");
            json.WriteString("definition", scope.DefinitionId);
            json.WriteString("version", scope.VersionId);
            if (scope.IsSeparate) json.WriteBoolean("separate", true);
            Nodes(json, "inputs", scope.Inputs);
            Nodes(json, "outputs", scope.Outputs);
            if (scope.Results.Count > 0)
            {
                json.WriteStartObject("results");
                foreach (var (activity, values) in scope.Results) Node(json, activity, values);
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Incident incident)
    {
        json.WriteStartObject();
        json.WriteString("id", incident.Id);
        json.WriteNumber("of", incident.ExecutionId);
        json.WriteString("path", incident.Path);
        json.WriteString("code", incident.Code);
        json.WriteString("message", incident.Message);
        json.WriteNumber("at", incident.At.ToUnixTimeMilliseconds());
        switch (incident.Pending)
        {
            case PendingTurn.Resume resume:
                var (kind, detail) = StimulusJson.Write(resume.Stimulus);
                json.WriteStartObject("resume");
                json.WriteString("kind", kind);
                Node(json, "detail", detail);
                if (ActorOf(resume.Stimulus) is { } actor)
                {
                    json.WriteString("by", actor.Person);
                    Text(json, "for", actor.OnBehalfOf);
                }
                json.WriteEndObject();
                break;
            case PendingTurn.ChildLeft left:
                json.WriteString("child", left.Child);
                Texts(json, "outcomes", left.Outcomes);
                break;
            case PendingTurn.First: break; // nothing to add: it begins anew
        }
        json.WriteEndObject();
    }

    private static Actor? ActorOf(Stimulus stimulus) => stimulus is Stimulus.CompleteTask completion ? completion.Actor : null;

    public static CaseState Read(JsonObject json)
    {
        var format = json.Number("format", 0);
        if (format is < 1 or > CaseState.CurrentFormat)
            throw new InvalidDataException($"This case's state has format {format}; this build reads formats 1 to {CaseState.CurrentFormat}. Start a newer build.");
        var state = new CaseState
        {
            CaseId = Required(json, "case"),
            DefinitionId = Required(json, "definition"),
            DefinitionVersionId = Required(json, "version"),
            Status = Enum.Parse<CaseStatus>(Required(json, "status")),
            Name = json.Text("name"),
            CorrelationId = json.Text("correlation"),
            StartedBy = json.Text("startedBy"),
            LastAt = Instant(json, "at"),
            Sequence = json["sequence"]!.GetValue<long>(), // absence is caught by FromUtf8's caller as no case state
            OutputValues = Nodes(json.Object("outputs")),
            LastPerformers = (json.Object("performers") ?? []).ToDictionary(p => p.Key, p => Values.ToTexts(p.Value)),
            DomainMemory = (json.Object("memory") ?? []).ToDictionary(p => p.Key, p => p.Value!), // nulls are never kept
        };
        var byId = new Dictionary<long, Execution>();
        foreach (var item in json.List("executions") ?? [])
        {
            var execution = ReadExecution(item!.AsObject(), byId); // the writer puts objects here
            byId.Add(execution.Id, execution);
            state.OpenExecutions.Add(execution);
        }
        foreach (var item in json.List("incidents") ?? []) state.OpenIncidents.Add(ReadIncident(item!.AsObject())); // as above
        state.Seal();
        return state;
    }

    private static Execution ReadExecution(JsonObject json, Dictionary<long, Execution> byId)
    {
        var node = json.Text("node") ?? "";
        var execution = new Execution
        {
            Id = json["id"]!.GetValue<long>(), // every execution has an id
            Parent = json["in"] is { } parent ? byId[parent.GetValue<long>()] : null,
            NodePath = node,
            Path = json.Text("path") ?? node,
            StartedAt = Instant(json, "at"),
            IsFaulted = json.Flag("faulted"),
            Waits = [.. (json.List("waits") ?? []).Select(w => Values.ToTexts(w)).Select(w => new Wait(Enum.Parse<WaitKind>(w[0]), w[1]))],
            Tokens = [.. (json.List("tokens") ?? []).Select(t => Values.ToTexts(t)).Select(t => new HeldToken(t[0], t[1], t[2]))],
            Memory = json["memory"],
        };
        if (json.Object("variables") is { } variables) execution.SetVariables(Nodes(variables));
        if (json.Object("scope") is { } scope)
        {
            execution.Scope = new(Required(scope, "definition"), Required(scope, "version"), scope.Flag("separate"))
            {
                Inputs = Nodes(scope.Object("inputs")),
                Outputs = Nodes(scope.Object("outputs")),
                Results = (scope.Object("results") ?? []).ToDictionary(r => r.Key, r => r.Value!.AsObject()), // the writer puts objects here
            };
        }
        return execution;
    }

    private static Incident ReadIncident(JsonObject json) =>
        new(Required(json, "id"), json["of"]!.GetValue<long>(), Required(json, "path"), Required(json, "code"), Required(json, "message"), Instant(json, "at")) // as written above
        {
            Pending = json.Object("resume") is { } resume
                ? new PendingTurn.Resume(StimulusJson.Read(Required(resume, "kind"), resume.Object("detail") ?? [], null, new Actor(resume.Text("by") ?? "system", resume.Text("for")))
                    ?? throw new InvalidDataException($"Incident '{json.Text("id")}' waits to repeat something that is no stimulus."))
                : json.Text("child") is { } child ? new PendingTurn.ChildLeft(child, Values.ToTexts(json["outcomes"]))
                : PendingTurn.Execute,
        };

    private static DateTimeOffset Instant(JsonObject json, string member) => DateTimeOffset.FromUnixTimeMilliseconds(json[member]!.GetValue<long>()); // as written above

    private static string Required(JsonObject json, string member) => json.Text(member) ?? throw new InvalidDataException($"A case state needs '{member}'.");

    private static Dictionary<string, JsonNode?> Nodes(JsonObject? json) => json is null ? [] : json.ToDictionary(p => p.Key, p => p.Value);

    private static void Text(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null) json.WriteString(name, value);
    }

    private static void Texts(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }

    private static void Pair(Utf8JsonWriter json, params ReadOnlySpan<string> values)
    {
        json.WriteStartArray();
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }

    private static void Node(Utf8JsonWriter json, string name, JsonNode? value)
    {
        if (value is null) return;
        json.WritePropertyName(name);
        value.WriteTo(json);
    }

    private static void Nodes(Utf8JsonWriter json, string name, IReadOnlyDictionary<string, JsonNode?> values)
    {
        if (values.Count == 0) return;
        json.WriteStartObject(name);
        foreach (var (key, value) in values)
        {
            json.WritePropertyName(key);
            if (value is null) json.WriteNullValue();
            else value.WriteTo(json);
        }
        json.WriteEndObject();
    }
}
