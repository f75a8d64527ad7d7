using System.CodeDom.Compiler;
using System.Reflection;
using System.Runtime.CompilerServices;
using Xunit;

namespace PowerWorkflow.Architecture.Tests;

/// <summary>A static that can change is shared by every case, every test and every request of the process.</summary>
public sealed class StaticStateTests
{
    /// <summary>A lookup table that only its own class can see is left to its reviewer; one that others can change is not, nor is a cache.</summary>
    private static readonly Type[] Tables = [typeof(Dictionary<,>), typeof(List<>), typeof(HashSet<>), typeof(Queue<>), typeof(Stack<>)];

    private static readonly Type[] Caches = [typeof(System.Collections.Concurrent.ConcurrentDictionary<,>), typeof(System.Collections.Concurrent.ConcurrentQueue<>)];

    [Theory]
    [InlineData("PowerWorkflow.Engine")]
    [InlineData("PowerWorkflow.Processes")]
    [InlineData("PowerWorkflow.Server")]
    public void No_static_field_can_change(string project)
    {
        var changeable =
            from type in Assembly.Load(project).GetTypes()
            where !Generated(type)
            from field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            where !field.IsLiteral
            // Lambdas the compiler keeps are its own affair; the field behind a static property is ours.
            where !field.Name.StartsWith('<') || field.Name.EndsWith("k__BackingField", StringComparison.Ordinal)
            where !field.IsInitOnly || Is(field, Caches) || (!field.IsPrivate && Is(field, Tables))
            select $"{type.FullName}.{field.Name}";

        Assert.True(!changeable.Any(), string.Join(Environment.NewLine, changeable));
    }

    private static bool Is(FieldInfo field, Type[] types) => field.FieldType.IsGenericType && types.Contains(field.FieldType.GetGenericTypeDefinition());

    private static bool Generated(Type type) =>
        type.IsDefined(typeof(CompilerGeneratedAttribute)) || type.IsDefined(typeof(GeneratedCodeAttribute))
        || (type.DeclaringType is { } outer && Generated(outer))
        || type.Name.StartsWith('<') || type.Namespace?.Contains("Migrations", StringComparison.Ordinal) == true;
}
