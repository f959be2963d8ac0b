using Conway.Findings;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Conway.ManifestFacts.Yaml;

/// <summary>Reads the documents of a YAML file by events, with bounds on depth and number.</summary>
internal static class Documents
{
    private const int DepthMax = 64;
    private const int PartsMax = 200_000;

    /// <summary>The documents; what stands before a mistake is kept.</summary>
    /// <param name="file">For places.</param>
    /// <param name="text">All of it.</param>
    /// <param name="problem">Why the rest could not be read, as a clause; null when all was.</param>
    public static List<Part> Read(string file, string text, out string? problem)
    {
        var documents = new List<Part>();
        problem = null;
        try
        {
            var reader = new Reader(file, new Parser(new StringReader(text)));
            while (reader.Next() is { } document)
            {
                documents.Add(document);
            }
        }
        catch (YamlException e)
        {
            problem = $"it is not YAML (line {e.Start.Line})";
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or TooMuchException)
        {
            // The parser throws these on odd input, and we for what is too deep or too long.
            problem = e is TooMuchException ? e.Message : "it is not YAML";
        }

        return documents;
    }

    private sealed class TooMuchException(string message) : Exception(message);

    private sealed class Reader(string file, Parser parser)
    {
        private readonly Dictionary<string, Part> _anchors = new(StringComparer.Ordinal);
        private int _parts;

        public Part? Next()
        {
            while (parser.MoveNext())
            {
                if (parser.Current is DocumentStart)
                {
                    _anchors.Clear();
                    parser.MoveNext();
                    return Read(0);
                }
            }

            return null;
        }

        // The parser stands on the first event of the part, and afterwards on its last.
        private Part Read(int depth)
        {
            if (depth > DepthMax)
            {
                throw new TooMuchException($"it is nested more than {DepthMax} levels deep");
            }

            if (++_parts > PartsMax)
            {
                throw new TooMuchException("it is too large");
            }

            var at = parser.Current!;
            var place = new SourceSpan(file, (int)at.Start.Line, (int)at.Start.Column, 1);
            var part = at switch
            {
                Scalar scalar => new Part { Place = place with { Length = Math.Max(1, scalar.Value.Length) }, Text = scalar.Value },
                SequenceStart => new Part { Place = place, Items = Items(depth) },
                MappingStart => new Part { Place = place, Entries = Entries(depth) },
                AnchorAlias alias => _anchors.GetValueOrDefault(alias.Value.Value) ?? new Part { Place = place, Text = "" },
                _ => new Part { Place = place, Text = "" },
            };

            // A few lines of names for names can stand for more parts than there are atoms.
            if (at is AnchorAlias && (_parts += part.Size) > PartsMax)
            {
                throw new TooMuchException("it is too large");
            }

            if (at is NodeEvent { Anchor.IsEmpty: false } node)
            {
                _anchors[node.Anchor.Value] = part;
            }

            return part;
        }

        private List<Part> Items(int depth)
        {
            var items = new List<Part>();
            while (parser.MoveNext() && parser.Current is not SequenceEnd)
            {
                items.Add(Read(depth + 1));
            }

            return items;
        }

        private List<(string, Part)> Entries(int depth)
        {
            var entries = new List<(string, Part)>();
            while (parser.MoveNext() && parser.Current is not MappingEnd)
            {
                var key = Read(depth + 1);
                if (!parser.MoveNext())
                {
                    break;
                }

                var value = Read(depth + 1);
                if (key.Text == "<<")
                {
                    // Compose files use merge keys; what is written in the map itself wins, so it comes last.
                    entries.InsertRange(0, (value.Items.Count > 0 ? value.Items : [value]).SelectMany(v => v.Entries));
                }
                else
                {
                    entries.Add((key.Text ?? "", value));
                }
            }

            return entries;
        }
    }
}
