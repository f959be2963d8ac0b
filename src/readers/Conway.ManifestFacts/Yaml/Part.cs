using Conway.Findings;

namespace Conway.ManifestFacts.Yaml;

/// <summary>A part of a YAML document: text, a list or a map, with its place.</summary>
public sealed class Part
{
    private static readonly IReadOnlyList<Part> None = [];

    /// <summary>Where it begins. A map begins with its first key.</summary>
    public required SourceSpan Place { get; init; }

    /// <summary>Null when it is a list or a map.</summary>
    public string? Text { get; init; }

    /// <summary>Its text is a string whatever it looks like: <c>"true"</c>, <c>"8080"</c>, a block.</summary>
    public bool IsQuoted { get; init; }

    /// <summary>Of a list; empty for everything else.</summary>
    public IReadOnlyList<Part> Items { get; init; } = None;

    /// <summary>Of a map, as written; of two with one key the last counts. Empty for everything else.</summary>
    public IReadOnlyList<(string Key, Part Value)> Entries { get; init; } = [];

    /// <summary>Keys that are written a second time in the map itself, each with both places. A key that a merge brings may be written again.</summary>
    public IReadOnlyList<(string Key, SourceSpan First, SourceSpan Again)> Twice { get; init; } = [];

    /// <summary>How many parts it is with all below it, each as often as it is named.</summary>
    public int Size => field > 0 ? field : field = 1 + Items.Sum(i => i.Size) + Entries.Sum(e => e.Value.Size);

    /// <summary>The part at a way of keys; null when there is none.</summary>
    public Part? this[params ReadOnlySpan<string> keys]
    {
        get
        {
            var at = this;
            foreach (var key in keys)
            {
                Part? next = null;
                foreach (var (name, value) in at.Entries)
                {
                    if (name == key)
                    {
                        next = value;
                    }
                }

                if (next is null)
                {
                    return null;
                }

                at = next;
            }

            return at;
        }
    }
}
