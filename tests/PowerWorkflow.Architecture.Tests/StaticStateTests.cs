using System.CodeDom.Compiler;
using System.Reflection;
using System.Runtime.CompilerServices;
using Xunit;

namespace PowerWorkflow.Architecture.Tests;

/// <summary>A static that can change is shared by every case, every test and every request of the process.</summary>
public sealed class StaticStateTests
{
    private static readonly Type[] MutableCollections =
        [typeof(Dictionary<,>), typeof(List<>), typeof(HashSet<>), typeof(Queue<>), typeof(Stack<>), typeof(System.Collections.Concurrent.ConcurrentDictionary<,>)];

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
            where !field.IsInitOnly || Mutable(field.FieldType)
            select $"{type.FullName}.{field.Name}";

        Assert.True(!changeable.Any(), string.Join(Environment.NewLine, changeable));
    }

    private static bool Mutable(Type type) => type.IsGenericType && MutableCollections.Contains(type.GetGenericTypeDefinition());

    private static bool Generated(Type type) =>
        type.IsDefined(typeof(CompilerGeneratedAttribute)) || type.IsDefined(typeof(GeneratedCodeAttribute))
        || (type.DeclaringType is { } outer && Generated(outer))
        || type.Name.StartsWith('<') || type.Namespace?.Contains("Migrations", StringComparison.Ordinal) == true;
}
