using System.Text.Json.Nodes;
using PowerWorkflow.Engine.Expressions;

namespace PowerWorkflow.Engine.Activities;

/// <summary>What an open task remembers to judge a completion by.</summary>
internal sealed record OpenTaskMemory(IReadOnlyList<string> Outcomes, IReadOnlyList<string> ReturnTargets, int Persons, IReadOnlyList<string> NotPersons, IReadOnlyList<string> SignedBy)
{
    public JsonObject ToJson()
    {
        var json = new JsonObject { ["outcomes"] = List(Outcomes) };
        if (ReturnTargets.Count > 0) json["returnTargets"] = List(ReturnTargets);
        if (Persons > 1) json["persons"] = Persons;
        if (NotPersons.Count > 0) json["notPersons"] = List(NotPersons);
        if (SignedBy.Count > 0) json["signedBy"] = List(SignedBy);
        return json;
    }

    public static OpenTaskMemory From(JsonNode? memory)
    {
        var json = (JsonObject)memory!; // an open task has its memory
        return new(Values.ToTexts(json["outcomes"]), Values.ToTexts(json["returnTargets"]), json.Number("persons", 1), Values.ToTexts(json["notPersons"]), Values.ToTexts(json["signedBy"]));
    }

    /// <summary>Refuses a completion that does not fit.</summary>
    public void Judge(Stimulus.CompleteTask completion, string step)
    {
        var person = completion.Actor.Person;
        if (completion.ReturnTo is { } target)
        {
            if (!ReturnTargets.Contains(target))
                throw new StimulusRefusedException(Refusal.OutcomeNotPermitted,
                    $"Step '{step}' cannot be returned to '{target}'. {(ReturnTargets.Count == 0 ? "It cannot be returned at all." : $"It can be returned to: {string.Join(", ", ReturnTargets)}.")}", target, step, string.Join(", ", ReturnTargets));
        }
        else if (!Outcomes.Contains(completion.Outcome))
            throw new StimulusRefusedException(Refusal.OutcomeNotPermitted,
                $"Step '{step}' has no outcome '{completion.Outcome}'. Choose one of: {string.Join(", ", Outcomes)}.", completion.Outcome, step, string.Join(", ", Outcomes));
        if (NotPersons.Contains(person))
            throw new StimulusRefusedException(Refusal.PersonNotPermitted, $"'{person}' did a step that '{step}' checks; somebody else must do it.", person, step);
        if (SignedBy.Contains(person))
            throw new StimulusRefusedException(Refusal.PersonNotPermitted, $"'{person}' has signed '{step}' already; another person must sign as well.", person, step);
    }

    private static JsonArray List(IReadOnlyList<string> texts) => new([.. texts.Select(t => JsonValue.Create(t))]);
}
