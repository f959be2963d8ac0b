using Conway.Findings;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Conway.ManifestFacts.Yaml;

/// <summary>Reads the documents of a YAML file by events, with bounds on depth and number.</summary>
internal static class Documents
{
    private const int DepthMax = 64;

    /// <summary>Most parts of a file that somebody wrote by hand.</summary>
    public const int PartsMax = 200_000;

    /// <summary>The documents; what stands before a mistake is kept.</summary>
    /// <param name="file">For places.</param>
    /// <param name="text">All of it.</param>
    /// <param name="problem">Why the rest could not be read, as a clause; null when all was.</param>
    public static List<Part> Read(string file, string text, out string? problem) => Read(file, text, PartsMax, out problem, out _);

    /// <inheritdoc cref="Read(string, string, out string?)"/>
    /// <param name="partsMax">Most parts of all documents together, those that an alias names counted each time.</param>
    /// <param name="at">Where the mistake is.</param>
    public static List<Part> Read(string file, string text, int partsMax, out string? problem, out SourceSpan at)
    {
        var documents = new List<Part>();
        problem = null;
        at = new SourceSpan(file, 1, 1, 1);
        var parser = new Parser(new StringReader(text));
        try
        {
            var reader = new Reader(file, parser, partsMax);
            while (reader.Next() is { } document)
            {
                documents.Add(document);
            }
        }
        catch (YamlException e)
        {
            problem = $"it is not YAML (line {e.Start.Line})";
            at = at with { Line = Math.Max(1, (int)e.Start.Line), Column = Math.Max(1, (int)e.Start.Column) };
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or TooMuchException)
        {
            // The parser throws these on odd input, and we for what is too deep or too long.
            problem = e is TooMuchException ? e.Message : "it is not YAML";
            at = at with { Line = Math.Max(1, (int)(parser.Current?.Start.Line ?? 1)), Column = Math.Max(1, (int)(parser.Current?.Start.Column ?? 1)) };
        }

        return documents;
    }

    private sealed class TooMuchException(string message) : Exception(message);

    private sealed class Reader(string file, Parser parser, int partsMax)
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

            if (++_parts > partsMax)
            {
                throw new TooMuchException("it is too large");
            }

            var at = parser.Current!;
            var place = new SourceSpan(file, (int)at.Start.Line, (int)at.Start.Column, 1);
            var part = at switch
            {
                Scalar scalar => new Part { Place = place with { Length = LengthOf(scalar) }, Text = scalar.Value, IsQuoted = scalar.Style is not ScalarStyle.Plain },
                SequenceStart => new Part { Place = place, Items = Items(depth) },
                MappingStart => Map(place, depth),
                AnchorAlias alias => _anchors.GetValueOrDefault(alias.Value.Value) ?? new Part { Place = place, Text = "" },
                _ => new Part { Place = place, Text = "" },
            };

            // A few lines of names for names can stand for more parts than there are atoms.
            if (at is AnchorAlias && (_parts += part.Size) > partsMax)
            {
                throw new TooMuchException("it is too large");
            }

            if (at is NodeEvent { Anchor.IsEmpty: false } node)
            {
                _anchors[node.Anchor.Value] = part;
            }

            return part;
        }

        // A text of several lines is underlined where it begins.
        private static int LengthOf(Scalar scalar) => scalar.Start.Line == scalar.End.Line ? Math.Max(1, (int)(scalar.End.Column - scalar.Start.Column)) : 1;

        private List<Part> Items(int depth)
        {
            var items = new List<Part>();
            while (parser.MoveNext() && parser.Current is not SequenceEnd)
            {
                items.Add(Read(depth + 1));
            }

            return items;
        }

        private Part Map(SourceSpan place, int depth)
        {
            var (entries, written, twice) = (new List<(string, Part)>(), new Dictionary<string, SourceSpan>(StringComparer.Ordinal), new List<(string, SourceSpan, SourceSpan)>());
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
                    if (!written.TryAdd(key.Text ?? "", key.Place))
                    {
                        twice.Add((key.Text ?? "", written[key.Text ?? ""], key.Place));
                    }
                }
            }

            return new Part { Place = place, Entries = entries, Twice = twice };
        }
    }
}
