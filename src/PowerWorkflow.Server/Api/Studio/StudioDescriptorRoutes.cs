using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PowerWorkflow.Server.Refusals;
using PowerWorkflow.Server.Storage;

namespace PowerWorkflow.Server.Api.Studio;

/// <summary>What the designer offers: activities, expression languages, types, and the small lists behind its tabs.</summary>
internal static class StudioDescriptorRoutes
{
    /// <summary>Variables live with the case: the only storage there is, under the name Elsa's files use for it.</summary>
    private const string CaseStorage = "Elsa.Workflows.WorkflowInstanceStorageDriver, Elsa.Workflows.Core";

    public static void MapStudioDescriptors(this IEndpointRouteBuilder api)
    {
        api.MapGet("/descriptors/activities", Activities);
        api.MapGet("/descriptors/activities/{typeName}", Activity);
        api.MapPost("/descriptors/activities/{typeName}/options/{inputName}", () => StudioReplies.Json(new JsonObject { ["items"] = new JsonObject() }));
        api.MapGet("/descriptors/expression-descriptors", Expressions);
        api.MapGet("/descriptors/variables", VariableTypes);
        api.MapGet("/descriptors/storage-drivers", (HttpContext http) => StudioReplies.List([new JsonObject
        {
            ["typeName"] = CaseStorage, ["displayName"] = Say(http, "案件", "Case"), ["priority"] = 10, ["deprecated"] = false,
        }]));
        api.MapGet("/descriptors/output-converters", () => StudioReplies.List([]));
        api.MapGet("/descriptors/workflow-activation-strategies", (HttpContext http) => StudioReplies.List([Strategy(http, "PowerWorkflow.Always", "总是允许", "Always", "每次发起都建立案件", "Every start makes a case")]));
        api.MapGet("/descriptors/incident-strategies", (HttpContext http) => StudioReplies.List([Strategy(http, "PowerWorkflow.HoldBranch", "停住该分支", "Hold the branch", "出错的分支等待处理，其他分支继续", "The branch waits for somebody; others go on")]));
        api.MapGet("/descriptors/log-persistence-strategies", (HttpContext http) => StudioReplies.List([Strategy(http, "PowerWorkflow.KeepAll", "全部保留", "Keep all", "日志是审计记录，全部保留", "The journal is an audit record and is kept whole")]));
        api.MapGet("/descriptors/commit-strategies/workflows", (HttpContext http) => StudioReplies.List([Commit(http)]));
        api.MapGet("/descriptors/commit-strategies/activities", (HttpContext http) => StudioReplies.List([Commit(http)]));
        api.MapGet("/resilience/strategies", () => StudioReplies.List([]));
        api.MapGet("/features/installed", () => StudioReplies.List([RealTime()]));
        api.MapGet("/features/installed/{fullName}", (string fullName) => fullName == RealTimeFeature ? StudioReplies.Json(RealTime()) : TypedResults.NotFound());
        api.MapPost("/scripting/javascript/type-definitions/{definitionId}", TypeDefinitions);
    }

    private const string RealTimeFeature = "Elsa.RealTimeWorkflowUpdates";

    private static async Task<IResult> Activities(HttpContext http, StudioDescriptors descriptors, CancellationToken ct) =>
        TypedResults.Bytes(await descriptors.Utf8(http.Language(), ct), "application/json; charset=utf-8");

    private static async Task<IResult> Activity(string typeName, HttpContext http, StudioDescriptors descriptors, CancellationToken ct) =>
        await descriptors.Find(typeName, http.Language(), ct) is { } found
            ? StudioReplies.Json(found.DeepClone())
            : throw new RefusedException(Problems.NotFound("步骤类型", "activity type", typeName));

    private static IResult Expressions(HttpContext http) => StudioReplies.List(
    [
        Expression("Literal", Say(http, "固定值", "Default")),
        Expression("JavaScript", "JavaScript", "javascript"),
        Expression("Variable", Say(http, "变量", "Variable")),
        Expression("Input", Say(http, "流程输入", "Input")),
        Expression("Object", Say(http, "对象", "Object"), "json", browsable: false),
    ]);

    private static JsonObject Expression(string type, string label, string? language = null, bool browsable = true) => new()
    {
        ["type"] = type,
        ["displayName"] = label,
        ["isSerializable"] = true,
        ["isBrowsable"] = browsable,
        ["properties"] = language is null ? [] : new JsonObject { ["MonacoLanguage"] = language },
    };

    private static IResult VariableTypes(HttpContext http) => StudioReplies.List(((string Type, string Zh, string En)[])
    [
        ("String", "文本", "Text"), ("Boolean", "是/否", "Yes or no"), ("Int32", "整数", "Whole number"), ("Int64", "长整数", "Long whole number"), ("Decimal", "小数", "Decimal"),
        ("Double", "浮点数", "Floating point"), ("DateTimeOffset", "时刻", "Instant"), ("DateTime", "日期时间", "Date and time"), ("TimeSpan", "时长", "Time span"), ("Guid", "标识", "Guid"), ("Object", "对象", "Object"),
    ] is var types ? types.Select(type => new JsonObject
    {
        ["typeName"] = type.Type, ["displayName"] = Say(http, $"{type.Zh} ({type.Type})", type.Type), ["category"] = Say(http, "基本类型", "Primitives"), ["description"] = Say(http, type.Zh, type.En),
    }) : []);

    private static JsonObject Strategy(HttpContext http, string type, string zh, string en, string zhAbout, string enAbout) => new()
    {
        ["typeName"] = type, ["displayName"] = Say(http, zh, en), ["description"] = Say(http, zhAbout, enAbout),
    };

    private static JsonObject Commit(HttpContext http) => new()
    {
        ["name"] = "Burst", ["displayName"] = Say(http, "每次推进提交", "Every burst"), ["description"] = Say(http, "每次推进作为一个事务提交", "Each burst is one transaction"),
    };

    private static JsonObject RealTime() => new()
    {
        ["name"] = "RealTimeWorkflowUpdates", ["namespace"] = "Elsa", ["fullName"] = RealTimeFeature, ["displayName"] = RealTimeFeature, ["description"] = "",
    };

    private static async Task<IResult> TypeDefinitions(string definitionId, WorkflowDb db, CancellationToken ct)
    {
        var document = await db.DefinitionVersions.AsNoTracking().Where(v => v.DefinitionId == definitionId && v.IsLatest).Select(v => v.Document).FirstOrDefaultAsync(ct);
        var forms = await db.FormVersions.AsNoTracking().Where(f => f.Process == definitionId).Select(f => new { f.Code, f.Version, f.Json }).ToListAsync(ct);
        var newest = forms.GroupBy(f => f.Code).Select(g => g.OrderByDescending(f => f.Version).First().Json);
        return TypedResults.Text(ScriptTypes.Write(document, newest), "text/plain", Encoding.UTF8);
    }

    private static string Say(HttpContext http, string zh, string en) => http.Language() == Languages.English ? en : zh;
}
