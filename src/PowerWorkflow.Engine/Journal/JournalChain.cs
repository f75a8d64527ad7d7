using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace PowerWorkflow.Engine.Journal;

/// <summary>An entry as it is stored: its place in the case's chain, canonical bytes and hash.</summary>
/// <param name="Sequence">1 for the first entry of a case; no gaps.</param>
/// <param name="Entry">What was recorded.</param>
/// <param name="Canonical">RFC 8785 JSON of the entry with sequence and previous hash, UTF-8: what was hashed and what is stored.</param>
/// <param name="Hash">SHA-256 of <paramref name="Canonical"/>, 32 bytes.</param>
public sealed record ChainedEntry(long Sequence, JournalEntry Entry, byte[] Canonical, byte[] Hash)
{
    /// <summary>
    /// The values that <see cref="Canonical"/> only commits to, with their salts: UTF-8 JSON <c>{"name":{"salt":…,"value":…}}</c>. Stored apart, so that a
    /// person can be erased by deleting members of it while the chain still verifies. Null when the entry has none.
    /// </summary>
    public byte[]? Values { get; init; }
}

/// <summary>Journal format v1: one hash chain per case. docs/journal.md has the format and its test vectors.</summary>
public static class JournalChain
{
    /// <summary>Tag of this format in every entry.</summary>
    public const string Format = "pw-journal/1";

    /// <summary>Tag of the hash algorithm in every entry.</summary>
    public const string Algorithm = "sha-256";

    private static readonly byte[] genesis = new byte[32];

    /// <summary>Hash before the first entry: 32 zero bytes.</summary>
    public static ReadOnlySpan<byte> Genesis => genesis;

    /// <summary>Numbers and chains entries behind the last one of a case.</summary>
    /// <param name="caseId">The case whose chain it is; part of every hash.</param>
    /// <param name="lastSequence">0 for a new case.</param>
    /// <param name="lastHash"><see cref="Genesis"/> for a new case.</param>
    /// <param name="entries">In order.</param>
    /// <param name="salt">Gives 16 random bytes for each sealed value; the system's secure generator when null.</param>
    public static IReadOnlyList<ChainedEntry> Append(
        string caseId, long lastSequence, ReadOnlySpan<byte> lastHash, IReadOnlyList<JournalEntry> entries, Func<byte[]>? salt = null)
    {
        var chained = new ChainedEntry[entries.Count];
        var previous = lastHash.ToArray();
        for (var i = 0; i < chained.Length; i++)
        {
            var entry = entries[i];
            var (detail, values) = Seal(entry.Detail, salt);
            var json = new JsonObject
            {
                ["format"] = Format,
                ["hash"] = Algorithm,
                ["case"] = caseId,
                ["sequence"] = ++lastSequence,
                ["previous"] = Base64Url.EncodeToString(previous),
                ["kind"] = entry.Kind,
                ["at"] = StimulusJson.Instant(entry.At),
                ["by"] = entry.Actor.Person,
                ["detail"] = detail,
            };
            if (entry.Actor.OnBehalfOf is { } principal) json["for"] = principal;
            if (entry.ActivityId is { } activity) json["activity"] = activity;
            if (entry.ActivityType is { } type) json["type"] = type;
            if (entry.ExecutionId is { } execution) json["execution"] = execution;
            var canonical = CanonicalJson.Bytes(json);
            previous = SHA256.HashData(canonical);
            chained[i] = new(lastSequence, entry, canonical, previous) { Values = values };
        }
        return chained;
    }

    /// <summary>Reads an entry back: the readable part, and the values that are still there. What was erased reads as the text <c>erased</c>.</summary>
    /// <param name="canonical">As stored.</param>
    /// <param name="values">As stored; null when there are none or all were erased.</param>
    /// <exception cref="InvalidDataException">The entry is of another format, or a value does not match its commitment.</exception>
    public static JournalEntry Open(ReadOnlySpan<byte> canonical, ReadOnlySpan<byte> values)
    {
        var json = JsonNode.Parse(canonical) as JsonObject;
        if (json.Text("format") != Format) throw new InvalidDataException($"This journal entry has format '{json.Text("format")}'; this build reads '{Format}'.");
        var detail = json.Object("detail")?.DeepClone() as JsonObject ?? [];
        if (detail.Object("sealed") is { } commitments)
        {
            var kept = values.IsEmpty ? null : JsonNode.Parse(values) as JsonObject;
            var open = new JsonObject();
            foreach (var (name, commitment) in commitments)
            {
                if (kept.Object(name) is not { } value)
                {
                    open[name] = "erased";
                    continue;
                }
                if (Commitment(Base64Url.DecodeFromChars(value.Text("salt") ?? ""), value["value"]) != (string?)commitment)
                    throw new InvalidDataException($"Value '{name}' of journal entry {json!["sequence"]} does not match what the entry committed to: it was altered.");
                open[name] = value["value"]?.DeepClone();
            }
            detail.Remove("sealed");
            detail["values"] = open;
        }
        var at = DateTimeOffset.Parse(json.Text("at") ?? "", System.Globalization.CultureInfo.InvariantCulture);
        return new(json.Text("kind") ?? "", at, new Actor(json.Text("by") ?? "", json.Text("for")), json.Text("activity"), json.Text("type"), json.Text("execution"), detail);
    }

    /// <summary>Follows a chain: every number, every link, every hash.</summary>
    /// <param name="caseId">Whose chain it must be.</param>
    /// <param name="entries">Canonical bytes and hashes in order, from the first entry.</param>
    /// <returns>Null when it holds; otherwise the sequence number at which it breaks, and why.</returns>
    public static (long Sequence, string Reason)? FindBreak(string caseId, IEnumerable<(byte[] Canonical, byte[] Hash)> entries)
    {
        var previous = Base64Url.EncodeToString(genesis);
        long sequence = 0;
        foreach (var (canonical, hash) in entries)
        {
            sequence++;
            if (!SHA256.HashData(canonical).AsSpan().SequenceEqual(hash)) return (sequence, "the entry does not have the hash that was stored with it");
            if (JsonNode.Parse(canonical) is not JsonObject json || !CanonicalJson.Bytes(json).AsSpan().SequenceEqual(canonical)) return (sequence, "the entry is not canonical JSON");
            if (json.Text("case") != caseId) return (sequence, "the entry belongs to another case");
            if (json["sequence"] is not JsonValue number || !number.TryGetValue(out long stated) || stated != sequence) return (sequence, "an entry is missing or out of order");
            if (json.Text("previous") != previous) return (sequence, "the entry does not follow the one before");
            previous = Base64Url.EncodeToString(hash);
        }
        return null;
    }

    /// <summary>What an entry says about a value instead of the value: SHA-256 of the salt and the value's canonical bytes, base64url.</summary>
    public static string Commitment(ReadOnlySpan<byte> salt, JsonNode? value)
    {
        var canonical = CanonicalJson.Bytes(value);
        var salted = new byte[salt.Length + canonical.Length];
        salt.CopyTo(salted);
        canonical.CopyTo(salted, salt.Length);
        return Base64Url.EncodeToString(SHA256.HashData(salted));
    }

    private static (JsonObject Detail, byte[]? Values) Seal(JsonObject detail, Func<byte[]>? salt)
    {
        var result = new JsonObject();
        byte[]? stored = null;
        foreach (var (name, member) in detail)
        {
            if (name != "values" || member is not JsonObject values)
            {
                result[name] = member?.DeepClone();
                continue;
            }
            var commitments = new JsonObject();
            var kept = new JsonObject();
            foreach (var (key, value) in values)
            {
                var grain = salt is null ? RandomNumberGenerator.GetBytes(16) : salt();
                commitments[key] = Commitment(grain, value);
                kept[key] = new JsonObject { ["salt"] = Base64Url.EncodeToString(grain), ["value"] = value?.DeepClone() };
            }
            result["sealed"] = commitments;
            stored = CanonicalJson.Bytes(kept);
        }
        return (result, stored);
    }
}
