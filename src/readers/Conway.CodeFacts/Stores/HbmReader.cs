using System.Xml;
using System.Xml.Linq;

namespace Conway.CodeFacts.Stores;

/// <summary>What a mapping of NHibernate in XML says: the table of a class.</summary>
/// <param name="Type">Full name of the class.</param>
/// <param name="Table">Unset: a class within the table of its base, or one called as its table.</param>
/// <param name="IsWithin">It shares the table of its base.</param>
internal readonly record struct HbmTable(string Type, string? Table, string? Schema, bool IsWithin);

/// <summary>Reads the mappings that NHibernate keeps in files called <c>*.hbm.xml</c>.</summary>
internal static class HbmReader
{
    private const int BytesMax = 4 << 20;

    /// <summary>Classes in the order of the files; nothing of files that cannot be read.</summary>
    public static IEnumerable<HbmTable> Read(ISourceTree tree, IEnumerable<string> paths)
    {
        foreach (var path in paths.Where(p => p.EndsWith(".hbm.xml", StringComparison.OrdinalIgnoreCase)))
        {
            foreach (var table in tree.Read(path, BytesMax) is { State: SourceState.Read } read ? Classes(read.Bytes) : [])
            {
                yield return table;
            }
        }
    }

    private static List<HbmTable> Classes(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var stream = new MemoryStream(bytes.ToArray());
            using var reader = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null });
            var root = XDocument.Load(reader).Root;
            return root?.Name.LocalName != "hibernate-mapping" ? []
                : [.. root.DescendantsAndSelf().Where(e => e.Name.LocalName is "class" or "subclass" or "joined-subclass" or "union-subclass").Select(e => Class(e, root)).OfType<HbmTable>()];
        }
        catch (XmlException)
        {
            return [];
        }
    }

    private static HbmTable? Class(XElement element, XElement root)
    {
        if ((string?)element.Attribute("name") is not { Length: > 0 } name)
        {
            return null;
        }

        // Shop.Orders.Order, Shop.Orders
        var type = name.Split(',')[0].Trim();
        var full = type.Contains('.', StringComparison.Ordinal) || (string?)root.Attribute("namespace") is not { Length: > 0 } space ? type : $"{space}.{type}";
        return new(full.Replace('+', '.'), ((string?)element.Attribute("table"))?.Trim('`', '[', ']'), (string?)element.Attribute("schema") ?? (string?)root.Attribute("schema"), element.Name.LocalName == "subclass");
    }
}
