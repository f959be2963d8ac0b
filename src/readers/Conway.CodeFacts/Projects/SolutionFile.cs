using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Conway.CodeFacts.Files;

namespace Conway.CodeFacts.Projects;

/// <summary>Which projects a solution builds.</summary>
/// <param name="Path">The solution's file.</param>
/// <param name="Projects">Paths of projects, seen from the root of the tree.</param>
/// <param name="Broken">Why it cannot be read; null when it can.</param>
internal sealed partial record SolutionFile(string Path, IReadOnlyList<string> Projects, string? Broken)
{
    private const int BytesMax = 8 << 20;

    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public static SolutionFile Read(ISourceTree tree, string path)
    {
        var read = tree.Read(path, BytesMax);
        if (read.State != SourceState.Read)
        {
            return new(path, [], read.State == SourceState.TooLarge ? "it is larger than 8 MiB" : read.Reason ?? "it is not there");
        }

        try
        {
            var written = path.EndsWith(".slnx", StringComparison.OrdinalIgnoreCase) ? OfXml(read.Bytes) : OfText(read.Bytes);
            var folder = SourcePath.FolderOf(path);
            var projects = written.Where(p => p.EndsWith("proj", StringComparison.OrdinalIgnoreCase)).Select(p => SourcePath.Resolve(folder, p)).OfType<string>().Distinct().ToArray();
            return new(path, projects, projects.Length == 0 ? "it names no project" : null);
        }
        catch (XmlException e)
        {
            return new(path, [], e.Message.TrimEnd('.'));
        }
    }

    private static List<string> OfXml(ReadOnlyMemory<byte> bytes)
    {
        using var stream = new MemoryStream(bytes.ToArray());
        using var reader = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null });
        return [.. XDocument.Load(reader).Descendants("Project").Select(p => (string?)p.Attribute("Path")).OfType<string>()];
    }

    // Project("{FAE04EC0-301F-11D3-BF4B-00C04F79EFBC}") = "Orders", "src\Orders\Orders.csproj", "{…}"
    private static List<string> OfText(ReadOnlyMemory<byte> bytes) =>
        [.. ProjectLine().Matches(Sources.SourceDecoder.Decode(bytes.Span).Text).Select(m => m.Groups[1].Value)];

    [GeneratedRegex(@"^\s*Project\(""[^""]*""\)\s*=\s*""[^""]*""\s*,\s*""([^""]*)""", RegexOptions.Multiline)]
    private static partial Regex ProjectLine();
}
