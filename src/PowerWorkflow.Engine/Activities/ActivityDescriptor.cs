using PowerWorkflow.Engine.Expressions;

namespace PowerWorkflow.Engine.Activities;

/// <summary>
/// What an activity type declares about itself: enough to read a definition, to check it and to offer it in a designer. Labels are added elsewhere, by language.
/// </summary>
/// <param name="Type">Type name in definitions: <c>Elsa.Delay</c>.</param>
/// <param name="Category">Group in the palette.</param>
public sealed record ActivityDescriptor(string Type, string Category)
{
    private readonly IReadOnlyList<ActivityInput> inputs = [];

    /// <summary>Short name: <c>Delay</c>.</summary>
    public string Name => Type[(Type.LastIndexOf('.') + 1)..];

    /// <summary>Inputs in the order of the property panel.</summary>
    public IReadOnlyList<ActivityInput> Inputs
    {
        get => inputs;
        init
        {
            inputs = value;
            for (var i = 0; i < value.Count; i++) value[i].Index = i;
        }
    }

    /// <summary>Values it puts out.</summary>
    public IReadOnlyList<ActivityOutput> Outputs { get; init; } = [];

    /// <summary>Ways out that every activity of this type has. Those a definition's author adds come from <see cref="OutcomesInput"/>.</summary>
    public IReadOnlyList<string> Outcomes { get; init; } = ["Done"];

    /// <summary>The input whose literal list adds ways out (dynamic outcomes), if any.</summary>
    public ActivityInput? OutcomesInput { get; init; }

    /// <summary>Properties that hold one embedded activity (<c>Body</c>, <c>Then</c>) or a list of them (<c>Activities</c>).</summary>
    public IReadOnlyList<string> Children { get; init; } = [];

    /// <summary>Holds a drawing or a list of activities.</summary>
    public bool IsContainer { get; init; }

    /// <summary>Ends the flowchart it is in.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>Has no way in.</summary>
    public bool IsStart { get; init; }

    /// <summary>Shown in the palette.</summary>
    public bool IsBrowsable { get; init; } = true;

    /// <summary>Starts cases by itself when a published definition begins with it (Timer, Cron, Event).</summary>
    public bool IsTrigger { get; init; }
}

/// <summary>An input an activity declares.</summary>
/// <param name="name">PascalCase; definitions write it with a small first letter.</param>
/// <param name="type">Elsa's type name.</param>
public abstract class ActivityInput(string name, string type)
{
    /// <summary>PascalCase name.</summary>
    public string Name { get; } = name;

    /// <summary>The property of the activity's JSON that holds it.</summary>
    public string Property { get; } = char.ToLowerInvariant(name[0]) + name[1..];

    /// <summary>Elsa's type name: <c>String</c>, <c>Boolean</c>, <c>System.Collections.Generic.ICollection`1[System.String]</c> …</summary>
    public string Type { get; } = type;

    /// <summary>Editor the designer shows: singleline, multiline, checkbox, dropdown, multitext, dynamic-outcomes, code-editor …</summary>
    public string UIHint { get; init; } = "singleline";

    /// <summary>Fixed choices of a drop-down.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>Syntax the designer offers first.</summary>
    public string DefaultSyntax { get; init; } = "Literal";

    /// <summary>A definition without it is refused.</summary>
    public bool Required { get; init; }

    /// <summary>Shown in the property panel.</summary>
    public bool IsBrowsable { get; init; } = true;

    /// <summary>Whether the JSON wraps it in an expression; plain values (a variable reference, cases) are read by the activity itself.</summary>
    public bool IsWrapped { get; init; } = true;

    /// <summary>The value when the definition does not say, for the property panel.</summary>
    public abstract object? DefaultValue { get; }

    /// <summary>Place in <see cref="ActivityDescriptor.Inputs"/>.</summary>
    internal int Index { get; set; }

    /// <summary>The constant of a literal, converted once when the definition is compiled.</summary>
    internal abstract object? Convert(object value, bool literal, TimeZoneInfo timeZone);
}

/// <summary>An input of a known type.</summary>
public sealed class Input<T>(string name, T? otherwise = default) : ActivityInput(name, TypeNames.Of(typeof(T)))
{
    /// <summary>The value when the definition does not say.</summary>
    public T? Otherwise { get; } = otherwise;

    /// <inheritdoc/>
    public override object? DefaultValue => Otherwise;

    internal override object? Convert(object value, bool literal, TimeZoneInfo timeZone) => Conversion<T>.From(value, literal, timeZone);
}

/// <summary>A value an activity puts out under a name; a definition may bind it to a variable.</summary>
/// <param name="Name">PascalCase.</param>
/// <param name="Type">Elsa's type name.</param>
public sealed record ActivityOutput(string Name, string Type)
{
    /// <summary>The property of the activity's JSON that binds it.</summary>
    public string Property { get; } = char.ToLowerInvariant(Name[0]) + Name[1..];
}
