using System.Text.Json;
using System.Text.Json.Nodes;
using PowerWorkflow.Engine.Activities;
using PowerWorkflow.Server.Definitions;

namespace PowerWorkflow.Server.Api.Studio;

/// <summary>Which editor an input gets: drop-downs fed from data where the engine only knows a text.</summary>
internal static class InputEditors
{
    /// <summary>Inputs whose values are chosen from data, by activity type and name; a bare name holds for every type of ours.</summary>
    private static readonly Dictionary<string, Func<StudioChoices, IReadOnlyList<Choice>>> Chosen = new()
    {
        ["Role"] = c => c.Roles,
        ["Form"] = c => c.Forms,
        ["Limit"] = c => c.PolicyItems,
        ["Policy"] = c => c.PolicyItems,
        ["Ladder"] = c => c.Ladders,
        ["Unit"] = c => c.Units,
        ["Judge"] = c => c.Judges,
        ["PowerWorkflow.PauseClock.Code"] = c => c.PauseCodes,
        ["PowerWorkflow.ResumeClock.Code"] = c => c.PauseCodes,
        ["PowerWorkflow.StartCase.DefinitionId"] = c => c.Processes,
        ["Elsa.ExecuteWorkflow.WorkflowDefinitionId"] = c => c.Processes,
        ["Elsa.DispatchWorkflow.WorkflowDefinitionId"] = c => c.Processes,
        ["PowerWorkflow.Notify.Channel"] = c => c.Channels,
    };

    public static JsonObject Describe(ActivityDescriptor activity, ActivityInput input, int order, ActivityLabels labels, StudioChoices choices)
    {
        var text = labels.Input(activity.Type, input.Name);
        var editor = Plain(input.Name, input.Type, order, text);
        editor["uiHint"] = input.UIHint;
        editor["isBrowsable"] = input.IsBrowsable;
        editor["isWrapped"] = input.IsWrapped;
        editor["defaultSyntax"] = input.DefaultSyntax;
        editor["defaultValue"] = Default(input.DefaultValue);
        if (activity.OutcomesInput == input)
        {
            editor["uiHint"] = "dynamic-outcomes";
            editor["uiSpecifications"] = new JsonObject { ["DynamicOutcomesOptions"] = new JsonObject { ["fixedOutcomes"] = Texts(FixedOutcomes(activity)) } };
            return editor;
        }

        var key = $"{activity.Type}.{input.Name}";
        if (activity.Type == "PowerWorkflow.UserTask" && input.Name == "Evidence")
            return With(editor, "checklist", new JsonObject { ["checkList"] = new JsonObject { ["items"] = Items(choices.Evidence), ["isFlagsEnum"] = false } });
        if (Chosen.TryGetValue(key, out var from) || (activity.Type.StartsWith("PowerWorkflow.", StringComparison.Ordinal) && Chosen.TryGetValue(input.Name, out from)))
            return DropDown(editor, from(choices));
        if (input.Choices.Count > 0) return DropDown(editor, [.. input.Choices.Select(choice => new Choice(choice, choice))]);
        if (input.UIHint == "code-editor")
            editor["uiSpecifications"] = new JsonObject { ["code-editor"] = new JsonObject { ["language"] = "javascript", ["editorHeight"] = 0, ["singleLineMode"] = false } };
        return editor;
    }

    /// <summary>A single-line input.</summary>
    public static JsonObject Plain(string name, string type, int order, (string Name, string Description) text) => new()
    {
        ["name"] = name,
        ["typeName"] = type,
        ["displayName"] = text.Name,
        ["description"] = text.Description,
        ["order"] = order,
        ["isBrowsable"] = true,
        ["isSynthetic"] = false,
        ["isWrapped"] = true,
        ["uiHint"] = "singleline",
        ["category"] = null,
        ["defaultValue"] = null,
        ["defaultSyntax"] = "Literal",
        ["isReadOnly"] = false,
        ["isSensitive"] = false,
        ["storageDriverType"] = null,
        ["uiSpecifications"] = null,
    };

    /// <summary>A drop-down; an empty first line lets the value be taken away again.</summary>
    private static JsonObject DropDown(JsonObject editor, IReadOnlyList<Choice> choices) => With(editor, "dropdown", new JsonObject
    {
        ["selectList"] = new JsonObject { ["items"] = Items([new Choice("", "—"), .. choices]), ["isFlagsEnum"] = false, ["sortItems"] = false },
    });

    private static JsonObject With(JsonObject editor, string hint, JsonObject specification)
    {
        editor["uiHint"] = hint;
        // Enums in here must be numbers: a text would end the property panel.
        editor["uiSpecifications"] = new JsonObject { [hint] = specification };
        return editor;
    }

    private static JsonArray Items(IEnumerable<Choice> choices) =>
        new([.. choices.Select(choice => new JsonObject { ["text"] = choice.Text, ["value"] = choice.Value, ["isChecked"] = false })]);

    /// <summary>Ways out that are there whatever the author lists: all but the ones a list of its own replaces.</summary>
    private static IEnumerable<string> FixedOutcomes(ActivityDescriptor activity) =>
        activity.Type == "PowerWorkflow.UserTask" ? [] : activity.Outcomes;

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);

    /// <summary>Lists go as the JSON text that the editors read.</summary>
    private static JsonNode? Default(object? value) => value switch
    {
        null => null,
        string or bool or int or long or double or decimal => JsonSerializer.SerializeToNode(value, DefinitionFormat.Json),
        JsonNode node => JsonValue.Create(node.ToJsonString(DefinitionFormat.Json)),
        IFormattable formattable => JsonValue.Create(formattable.ToString(null, System.Globalization.CultureInfo.InvariantCulture)),
        _ => JsonValue.Create(JsonSerializer.Serialize(value, DefinitionFormat.Json)),
    };
}
