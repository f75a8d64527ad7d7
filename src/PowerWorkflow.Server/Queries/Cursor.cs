using System.Buffers.Text;
using System.Text.Json;
using PowerWorkflow.Server.Refusals;

namespace PowerWorkflow.Server.Queries;

/// <summary>Where a page ended, as an opaque text: the sort key of its last row. The next page begins behind it whatever was added or removed meanwhile.</summary>
internal static class Cursor
{
    public const int MostRows = 200;

    public static string Write<T>(T key) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(key));

    /// <exception cref="RefusedException">input-invalid: it is not a cursor of this list.</exception>
    public static T Read<T>(string cursor)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(Base64Url.DecodeFromChars(cursor)) ?? throw new JsonException("null");
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw new RefusedException(Problems.InputInvalid("cursor", "不是本列表返回的游标，请从第一页重新查询。", "is not a cursor of this list; start again from the first page."));
        }
    }

    /// <exception cref="RefusedException">input-invalid: not between 1 and <see cref="MostRows"/>.</exception>
    public static int Take(int? take) => take switch
    {
        null => 50,
        >= 1 and <= MostRows => take.Value,
        _ => throw new RefusedException(Problems.InputInvalid("take", $"应为 1 到 {MostRows} 的整数。", $"must be from 1 to {MostRows}.")),
    };
}
