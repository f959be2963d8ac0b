using System.Xml;
using System.Xml.Linq;

namespace Conway.Reader.Scanning;

/// <summary>What a project file says about what it builds.</summary>
internal sealed record DotNetProject(string File, string AssemblyName, ScannedKind Kind)
{
    private const int BytesMax = 1 << 20;

    private static readonly string[] TestPackages = ["Microsoft.NET.Test.Sdk", "xunit", "xunit.v3", "NUnit", "MSTest", "BenchmarkDotNet"];

    /// <summary>Null for libraries, tests, benchmarks and what is no project.</summary>
    public static DotNetProject? Read(IFileTree tree, string file)
    {
        if (Xml(tree.Read(file, BytesMax)) is not { } root)
        {
            return null;
        }

        string? Property(string name) => root.Descendants().FirstOrDefault(e => e.Name.LocalName == name)?.Value.Trim();
        var name = file[(file.LastIndexOf('/') + 1)..^".csproj".Length];
        var packages = root.Descendants().Where(e => e.Name.LocalName == "PackageReference").Select(e => e.Attribute("Include")?.Value).ToList();
        var sdks = root.Attribute("Sdk")?.Value + ";" + string.Join(';', root.Elements().Where(e => e.Name.LocalName == "Sdk").Select(e => e.Attribute("Name")?.Value));
        var isTest = Property("IsTestProject") == "true" || name.EndsWith("Tests", StringComparison.Ordinal) || name.EndsWith(".Test", StringComparison.Ordinal) || packages.Any(p => TestPackages.Contains(p));
        var isHost = sdks.Contains("Aspire.AppHost", StringComparison.Ordinal) || Property("IsAspireHost") == "true";
        if (isTest || isHost)
        {
            return null;
        }

        ScannedKind? kind = sdks.Contains("Microsoft.NET.Sdk.Web", StringComparison.Ordinal) && Property("OutputType") != "Library" ? ScannedKind.DotNetWeb
            : sdks.Contains("Microsoft.NET.Sdk.Worker", StringComparison.Ordinal) ? ScannedKind.DotNetWorker
            : string.Equals(Property("OutputType"), "Exe", StringComparison.OrdinalIgnoreCase) && Property("PackAsTool") != "true" ? ScannedKind.DotNetProgram
            : null;
        return kind is { } found ? new DotNetProject(file, Property("AssemblyName") is { Length: > 0 } assembly && !assembly.Contains("$(", StringComparison.Ordinal) ? assembly : name, found) : null;
    }

    private static XElement? Xml(FileRead read)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(read.Bytes.ToArray()), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
            return read.State == FileState.Read ? XDocument.Load(reader).Root : null;
        }
        catch (XmlException)
        {
            return null;
        }
    }
}
