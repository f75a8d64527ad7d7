using System.Text.Json;
using System.Text.Json.Serialization;
using PowerWorkflow.Processes.Documents;

namespace PowerWorkflow.Server.Security;

/// <summary>Reads <c>org.json</c>, <c>people.demo.json</c> and <c>roles.json</c> of <c>workflows/shared</c>.</summary>
public static class OrganisationFile
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <summary>The units of the file.</summary>
    /// <exception cref="InvalidDataException">The file is not an organisation; the message names file and place.</exception>
    public static IReadOnlyList<Unit> ReadUnits(string path) => [.. Read<UnitsDocument>(path).Units.Select(u => new Unit
    {
        Code = u.Code,
        Parent = u.Parent,
        Kind = u.Kind,
        Department = u.Department,
        NameZh = u.Name.Chinese,
        NameEn = u.Name.English,
        TimeZone = u.TimeZone,
        Calendar = u.Calendar,
    })];

    /// <summary>The people of the file and their assignments.</summary>
    /// <exception cref="InvalidDataException">The file does not list people; the message names file and place.</exception>
    public static (IReadOnlyList<Person> People, IReadOnlyList<Assignment> Assignments) ReadPeople(string path)
    {
        var document = Read<PeopleDocument>(path);
        return (document.People, document.Assignments);
    }

    /// <summary>The roles of <c>roles.json</c>.</summary>
    /// <exception cref="InvalidDataException">The file does not list roles; the message names file and place.</exception>
    public static IReadOnlyList<Role> ReadRoles(string path) =>
        [.. Read<RolesDocument>(path).Roles.Select(r => new Role(r.Code, r.Name.Text, r.Rights?.Text))];

    private static T Read<T>(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllBytes(path), Options) ?? throw new InvalidDataException($"{path} is empty.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path} cannot be read at {e.Path}: {e.Message}", e);
        }
    }

    private sealed record UnitsDocument(IReadOnlyList<UnitEntry> Units);

    private sealed record UnitEntry(string Code, string? Parent, string Kind, string? Department, Names Name, string? TimeZone, string? Calendar);

    private sealed record Names(
        [property: JsonPropertyName("zh-CN")] string Chinese,
        [property: JsonPropertyName("en")] string English)
    {
        public LocalText Text => new(Chinese, English);
    }

    private sealed record RolesDocument(IReadOnlyList<RoleEntry> Roles);

    private sealed record RoleEntry(string Code, Names Name, Names? Rights);

    private sealed record PeopleDocument(IReadOnlyList<Person> People, IReadOnlyList<Assignment> Assignments);
}
