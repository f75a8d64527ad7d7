using System.Text.Json;
using System.Text.Json.Nodes;
using PowerWorkflow.Engine.Activities;
using PowerWorkflow.Engine.Checking;
using PowerWorkflow.Engine.Definitions;

namespace PowerWorkflow.Server.CommandLine;

/// <summary>Definitions, forms and roles read from files, for commands that run without a database.</summary>
internal sealed class DefinitionFiles(ActivityCatalog activities)
{
    private readonly Dictionary<string, WorkflowDefinition> definitions = [];

    /// <summary>Everything read so far, by definition id.</summary>
    public IReadOnlyDictionary<string, WorkflowDefinition> Definitions => definitions;

    /// <summary>Reads one definition.</summary>
    /// <exception cref="InvalidDataException">The file is no JSON object.</exception>
    public WorkflowDefinition Read(FileInfo file)
    {
        try
        {
            var definition = WorkflowDefinition.Read(File.ReadAllText(file.FullName), activities);
            return definitions[definition.DefinitionId] = definition;
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{file}: error json: {error.Message} Save it from the designer again, or correct the JSON.");
        }
    }

    /// <summary>Reads the definitions that lie in the folders beside a definition's own, so that calls between processes of one tree are found.</summary>
    public void ReadNeighbours(FileInfo file)
    {
        if (file.Directory?.Parent is not { } tree || !Directory.Exists(Path.Combine(tree.FullName, "shared"))) return;
        foreach (var neighbour in tree.EnumerateDirectories().OrderBy(d => d.Name, StringComparer.Ordinal))
        {
            var other = new FileInfo(Path.Combine(neighbour.FullName, "definition.json"));
            if (other.Exists && !definitions.ContainsKey(neighbour.Name)) Read(other);
        }
    }

    /// <summary>What a definition file is checked against: the forms beside it and in its tree, and the roles its tree's people hold.</summary>
    public CheckContext Surroundings(FileInfo file, WorkflowDefinition definition)
    {
        var forms = new HashSet<string>();
        AddForms(file.Directory, definition.DefinitionId);
        if (TreeOf(file) is { } tree)
        {
            foreach (var process in tree.EnumerateDirectories()) AddForms(process, process.Name);
        }
        return new() { Definitions = definitions, Forms = forms, RolesHeld = TreeOf(file) is { } folder ? RolesHeld(folder) : null, File = file.ToString() };

        void AddForms(DirectoryInfo? process, string id)
        {
            var folder = new DirectoryInfo(Path.Combine(process?.FullName ?? ".", "forms"));
            if (!folder.Exists) return;
            foreach (var form in folder.EnumerateFiles("*.json")) forms.Add($"{id}/{Path.GetFileNameWithoutExtension(form.Name)}");
        }
    }

    /// <summary>The <c>workflows</c> folder a file lies in, else the one in the working folder.</summary>
    public static DirectoryInfo? TreeOf(FileInfo file)
    {
        for (var folder = file.Directory; folder is not null; folder = folder.Parent)
            if (Directory.Exists(Path.Combine(folder.FullName, "shared"))) return folder;
        var here = new DirectoryInfo("workflows");
        return here.Exists ? here : null;
    }

    private static HashSet<string>? RolesHeld(DirectoryInfo tree)
    {
        var people = Path.Combine(tree.FullName, "shared", "people.demo.json");
        if (!File.Exists(people)) return null;
        var assignments = (JsonNode.Parse(File.ReadAllText(people)) as JsonObject)?["assignments"] as JsonArray;
        return [.. (assignments ?? []).Select(a => (string?)a?["role"]).OfType<string>()];
    }
}
