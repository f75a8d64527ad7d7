using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using PowerWorkflow.Engine;
using PowerWorkflow.Engine.Checking;
using PowerWorkflow.Engine.Definitions;
using PowerWorkflow.Engine.Expressions;
using PowerWorkflow.Engine.Simulation;
using PowerWorkflow.Processes.Activities;
using PowerWorkflow.Processes.Documents;
using PowerWorkflow.Processes.Policies;

namespace PowerWorkflow.Server.CommandLine;

/// <summary>
/// <c>run</c>: executes a definition in memory on a virtual clock. Standard output carries exactly the lines of WriteLine activities; standard error ends with
/// one line of JSON that says where the case stands. Exit code 0 finished or waiting, 1 faulted (or a scenario that went otherwise), 2 refused.
/// </summary>
public static class RunCommand
{
    private const int Faulted = 1;
    private const int Refused = 2;
    private static readonly JsonSerializerOptions readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "The workflow definition (JSON)" };
        var with = new Option<FileInfo[]>("--with") { Description = "Another definition that can be called; may be repeated", DefaultValueFactory = _ => [] };
        var input = new Option<string[]>("--input") { Description = "NAME=VALUE, read as the input's declared type; may be repeated", DefaultValueFactory = _ => [] };
        var scenario = new Option<FileInfo?>("--scenario") { Description = "Who does what, with which answers, and where the case must stand after" };
        var at = new Option<string?>("--at") { Description = "Stop the virtual clock at this instant instead of skipping every timer forward" };
        var command = new Command("run", "Runs a workflow definition in memory on a virtual clock") { file, with, input, scenario, at };
        command.SetAction(parsed =>
        {
            var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            try
            {
                return Run(parsed.GetRequiredValue(file), parsed.GetValue(with) ?? [], parsed.GetValue(input) ?? [], parsed.GetValue(scenario), parsed.GetValue(at), output, error);
            }
            catch (Exception refusal) when (refusal is RefusedException or InvalidDataException or StimulusRefusedException or ConversionException or PolicyException or DocumentRefusedException or JsonException or IOException or UnauthorizedAccessException)
            {
                error.WriteLine(refusal.Message);
                return Refused;
            }
        });
        return command;
    }

    private static int Run(FileInfo file, FileInfo[] with, string[] inputs, FileInfo? scenarioFile, string? at, TextWriter output, TextWriter error)
    {
        var activities = ProcessActivities.Catalog;
        var files = new DefinitionFiles(activities);
        var definition = files.Read(file);
        var others = with.Select(files.Read).ToList();
        if (with.Length == 0) files.ReadNeighbours(file);
        Check([(file, definition), .. with.Zip(others)], files, error);

        var play = scenarioFile is null ? null : Scenario.Read(JsonNode.Parse(File.ReadAllText(scenarioFile.FullName)) as JsonObject ?? throw new RefusedException($"{scenarioFile}: a scenario is a JSON object."));
        var start = play?.StartAt ?? TimeProvider.System.GetUtcNow();
        var tree = DefinitionFiles.TreeOf(file) is { } folder ? new ProcessFolder(folder) : null;
        var world = new World
        {
            Definitions = files.Definitions.Values.ToDictionary(d => d.VersionId),
            Versions = files.Definitions.ToDictionary(d => d.Key, d => d.Value.VersionId),
            Case = new CaseInfo("case", play?.Unit),
        };
        if (tree is not null) world = tree.Surround(world, start);
        var timeZone = TimeZones.Find(world.TimeZone);
        DateTimeOffset? stop = at is null ? null : Values.ToInstant(at, timeZone);
        var runner = new CaseRunner(new WorkflowEngine(activities), world, definition.DefinitionId, start) { Line = output.WriteLine };

        string? failure = null;
        if (play is null)
        {
            runner.Start(Inputs(definition, inputs, timeZone), Actor.System);
            runner.SkipForward(stop);
        }
        else
        {
            try
            {
                play.Play(runner, tree is null ? null : (task, completion) => tree.Accept(runner, task, completion));
            }
            catch (ScenarioException otherwise)
            {
                failure = otherwise.Message;
                error.WriteLine($"{scenarioFile}: {failure}");
            }
        }
        output.Flush();
        error.WriteLine(Summary(runner.State).ToJsonString(readable));
        return failure is not null || runner.State.Status == CaseStatus.Faulted ? Faulted : 0;
    }

    /// <summary>Errors refuse to run; warnings do not keep anybody from trying. Forms and roles need people, who are not here.</summary>
    private static void Check(IEnumerable<(FileInfo File, WorkflowDefinition Definition)> definitions, DefinitionFiles files, TextWriter error)
    {
        var refused = false;
        foreach (var (file, definition) in definitions)
        {
            foreach (var problem in DefinitionCheck.Run(definition, new CheckContext { Definitions = files.Definitions, File = file.ToString() }))
            {
                if (problem.Severity != Severity.Error) continue;
                error.WriteLine(problem);
                refused = true;
            }
        }
        if (refused) throw new RefusedException("The definition was refused; nothing was run.");
    }

    private static Dictionary<string, JsonNode?> Inputs(WorkflowDefinition definition, string[] given, TimeZoneInfo timeZone)
    {
        var inputs = new Dictionary<string, JsonNode?>();
        foreach (var text in given)
        {
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0) throw new RefusedException($"--input {text}: write NAME=VALUE.");
            var (name, value) = (text[..equals], text[(equals + 1)..]);
            var declared = definition.Inputs.FirstOrDefault(i => string.Equals(i.Name, name, StringComparison.OrdinalIgnoreCase))
                ?? throw new RefusedException($"--input {name}: '{definition.DefinitionId}' has no such input. It has: {(definition.Inputs.Count == 0 ? "none" : string.Join(", ", definition.Inputs.Select(i => i.Name)))}.");
            try
            {
                inputs[declared.Name] = declared.Type.ToJson(value, literal: true, timeZone);
            }
            catch (ConversionException error)
            {
                throw new RefusedException($"--input {name}: {error.Message}.");
            }
        }
        return inputs;
    }

    private static JsonObject Summary(CaseState state) => new()
    {
        ["status"] = state.Status.ToString(),
        ["outputs"] = new JsonObject(state.Outputs.Select(o => KeyValuePair.Create(o.Key, o.Value?.DeepClone()))),
        ["waitingAt"] = new JsonArray([.. state.WaitingAt.Select(p => JsonValue.Create(p))]),
        ["incidents"] = new JsonArray([.. state.Incidents.Select(i => new JsonObject { ["activity"] = i.Path[(i.Path.LastIndexOf('/') + 1)..], ["code"] = i.Code, ["message"] = i.Message })]),
    };

    private sealed class RefusedException(string message) : Exception(message);
}
