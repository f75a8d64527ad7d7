using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace PowerWorkflow.Architecture.Tests;

/// <summary>What the compiler made of a project, read from the assembly without loading it.</summary>
internal sealed class CompiledProject : IDisposable
{
    private readonly PEReader file;
    private readonly MetadataReader metadata;

    /// <param name="name">Assembly name, e.g. <c>PowerWorkflow.Engine</c>.</param>
    public CompiledProject(string name)
    {
        file = new PEReader(File.OpenRead(Path.Combine(AppContext.BaseDirectory, name + ".dll")));
        metadata = file.GetMetadataReader();
    }

    /// <summary>Assemblies it really uses; the compiler leaves out the others.</summary>
    public IEnumerable<string> References =>
        metadata.AssemblyReferences.Select(h => metadata.GetString(metadata.GetAssemblyReference(h).Name));

    /// <summary>Full names of the types of other assemblies it uses.</summary>
    public IEnumerable<string> UsedTypes => metadata.TypeReferences.Select(h => Name(metadata.GetTypeReference(h)));

    /// <summary>Members of other assemblies it uses, as <c>System.Guid.NewGuid</c>.</summary>
    public IEnumerable<string> UsedMembers =>
        from handle in metadata.MemberReferences
        let member = metadata.GetMemberReference(handle)
        where member.Parent.Kind == HandleKind.TypeReference
        select Name(metadata.GetTypeReference((TypeReferenceHandle)member.Parent)) + "." + metadata.GetString(member.Name);

    public void Dispose() => file.Dispose();

    private string Name(TypeReference type) => metadata.GetString(type.Namespace) is { Length: > 0 } space
        ? space + "." + metadata.GetString(type.Name)
        : metadata.GetString(type.Name);
}
