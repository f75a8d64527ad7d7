using PowerWorkflow.Processes.Documents;

namespace PowerWorkflow.Processes.Policies;

/// <summary>The class codes that process definitions name (<c>LV-RES</c>, <c>HV-DUAL</c>) as facets.</summary>
public sealed record CaseClasses(int Version, IReadOnlyDictionary<string, CaseClass> Classes)
{
    /// <exception cref="PolicyException">The code is not listed.</exception>
    public CaseClass this[string code] => Classes.TryGetValue(code, out var found)
        ? found
        : throw new PolicyException($"There is no case class '{code}'. Known classes: {string.Join(", ", Classes.Keys)}.");

    /// <exception cref="DocumentRefusedException">Lists every field that breaks a rule.</exception>
    public static CaseClasses Parse(string json, string document = "case classes")
    {
        var problems = new List<Problem>();
        CaseClasses? read = null;
        if (JsonField.Open(json, problems) is { } root)
        {
            var classes = root["classes"];
            read = new CaseClasses(root["version"].RequiredWhole(1), classes.Names().ToDictionary(c => c, c => Read(classes[c])));
        }

        return read is null || problems.Count > 0 ? throw new DocumentRefusedException(document, problems) : read;
    }

    private static CaseClass Read(JsonField field)
    {
        var facets = new Dictionary<string, string>();
        foreach (var name in field.Names().Where(n => n is not ("name" or "kv")))
        {
            var value = field[name].RequiredText();
            if (!ClassPredicate.Vocabulary.TryGetValue(name, out var known) || (known is not null && !known.Contains(value)))
            {
                field[name].Wrong("unknown-facet", $"未知的类别维度或取值：{name}={value}", $"{name}={value} is not a facet and value that policies know");
            }

            facets[name] = value;
        }

        return new CaseClass(facets, field["kv"].Number());
    }
}
