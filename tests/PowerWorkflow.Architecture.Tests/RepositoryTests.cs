using System.Text.RegularExpressions;
using System.Xml.Linq;
using PowerWorkflow.Testing;
using Xunit;

namespace PowerWorkflow.Architecture.Tests;

/// <summary>What a reader of the repository relies on.</summary>
public sealed partial class RepositoryTests
{
    [Fact]
    public void Every_package_has_a_line_with_its_licence()
    {
        var record = File.ReadAllText(Repository.File("docs", "adr", "0007-dependencies.md"));
        var packages = XDocument.Load(Repository.File("Directory.Packages.props")).Descendants("PackageVersion").Select(p => (string)p.Attribute("Include")!);

        Assert.All(packages, p => Assert.Contains(p.StartsWith("SQLitePCLRaw", StringComparison.Ordinal) ? "SQLitePCLRaw" : p, record, StringComparison.Ordinal));
    }

    [Fact]
    public void Links_between_documents_lead_somewhere()
    {
        var broken =
            from file in Directory.EnumerateFiles(Repository.Root, "*.md", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.Hidden | FileAttributes.System })
            where !BuildOutput().IsMatch(Path.GetRelativePath(Repository.Root, file))
            from Match link in Link().Matches(File.ReadAllText(file))
            let target = link.Groups["target"].Value.Split('#')[0]
            where target.Length > 0 && !target.Contains(':', StringComparison.Ordinal)
            where !Path.Exists(Path.Combine(Path.GetDirectoryName(file)!, target))
            select $"{Path.GetRelativePath(Repository.Root, file)} -> {target}";

        Assert.True(!broken.Any(), string.Join(Environment.NewLine, broken));
    }

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"(^|/)(bin|obj|node_modules|unpacked|dist|artifacts)/")]
    private static partial Regex BuildOutput();
}
