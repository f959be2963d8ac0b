using Conway.Findings;
using Conway.Reader.Shapes;
using Conway.Reader.Yaml;

namespace Conway.Reader.Binding;

/// <summary>Finds keys that must be written and are not.</summary>
internal static class Required
{
    /// <param name="meant">Keys that an unknown key was probably meant to be; those are not reported a second time.</param>
    public static void Check(BindSession session, RecordShape shape, MapNode map, string path, string subject, SourceSpan place, HashSet<string> meant)
    {
        foreach (var property in shape.Properties.Where(p => p.Must && !meant.Contains(p.Key) && !IsWritten(map, p)))
        {
            session.Report(ReaderFindings.MissingKey, place, path, $"{subject} has no '{property.Key}'.", $"Add '{property.Key}: {property.About.Example ?? "…"}'.");
        }

        if (shape.ExactlyOne.Count == 0)
        {
            return;
        }

        var names = string.Join(", ", shape.ExactlyOne.Select(p => p.Key));
        var written = map.Entries.Where(e => shape.ExactlyOne.Any(p => p.Key == e.Key.Text) && IsWritten(e)).ToList();
        if (written.Count == 0 && !shape.ExactlyOne.Any(p => meant.Contains(p.Key)))
        {
            session.Report(ReaderFindings.ExactlyOne, place, path, shape.ExactlyOne.Count == 2 ? $"{subject} has neither '{shape.ExactlyOne[0].Key}' nor '{shape.ExactlyOne[1].Key}'." : $"{subject} has none of {names}.",
                "Add " + string.Join(", or ", shape.ExactlyOne.Where(p => p.About.Example is not null).Take(2).Select(p => $"'{p.Key}: {p.About.Example}'")) + ".");
        }

        foreach (var entry in written.Skip(1))
        {
            session.Report(ReaderFindings.ExactlyOne, entry.Key, path, $"'{entry.Key.Text}' stands beside '{written[0].Key.Text}', and {subject} can have only one of {names}.", "Remove one of the two.");
        }
    }

    private static bool IsWritten(MapNode map, PropertyShape property) => map.Find(property.Key) is { } entry && IsWritten(entry);

    private static bool IsWritten(MapEntry entry) => entry.Value is not ScalarNode { IsNull: true } scalar || scalar.Source.HasSetAside(scalar.Start, scalar.End);
}
