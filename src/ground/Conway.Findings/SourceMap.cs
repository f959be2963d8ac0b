namespace Conway.Findings;

/// <summary>Where each part of the model was written.</summary>
/// <remarks>Thinkers speak in model paths (<c>services.orders.calls.catalog.timeout</c>, <c>gateway.routes[0].to</c>) and never see text;
/// this map turns a path into a place. A path that was not written (a default) is placed at its nearest written ancestor.
/// Immutable and safe to share.</remarks>
public sealed class SourceMap
{
    /// <summary>For models that were made without text.</summary>
    public static SourceMap Empty { get; } = new(new Dictionary<string, SourceSpan>(), new Dictionary<string, string>());

    private readonly IReadOnlyDictionary<string, SourceSpan> _places;
    private readonly IReadOnlyDictionary<string, string> _texts;

    /// <param name="places">Model path to the place of its key (or of the item, in a list).</param>
    /// <param name="texts">File name, as in the spans, to the whole text.</param>
    public SourceMap(IReadOnlyDictionary<string, SourceSpan> places, IReadOnlyDictionary<string, string> texts)
    {
        _places = places;
        _texts = texts;
    }

    /// <summary>Every file that was read, by the name used in spans.</summary>
    public IReadOnlyDictionary<string, string> Texts => _texts;

    /// <summary>Whether something was written at exactly this path.</summary>
    public bool IsWritten(string modelPath) => _places.ContainsKey(modelPath);

    /// <summary>The place of a path or of its nearest written ancestor; null when nothing was written.</summary>
    public SourceSpan? Find(string modelPath)
    {
        for (var path = modelPath; ;)
        {
            if (_places.TryGetValue(path, out var place))
            {
                return place;
            }

            var cut = path.AsSpan().LastIndexOfAny('.', '['); // services.orders.calls, gateway.routes[0]
            if (cut < 0)
            {
                return _places.TryGetValue("", out var root) ? root : null;
            }

            path = path[..cut];
        }
    }

    /// <summary>The same finding with its place and source line filled in from its model path.</summary>
    public Finding Place(Finding finding)
    {
        var place = finding.Place ?? (finding.ModelPath is { } path ? Find(path) : null);
        return place is { } found ? finding with { Place = found, SourceLine = finding.SourceLine ?? LineOf(found) } : finding;
    }

    /// <summary>All findings placed and in order of reading: by file, line and column; those without a place last; then by code.</summary>
    public IReadOnlyList<Finding> Place(IEnumerable<Finding> findings) =>
        [.. findings.Select(Place)
            .OrderBy(f => f.Place is null)
            .ThenBy(f => f.Place ?? default)
            .ThenBy(f => f.Code, StringComparer.Ordinal)
            .ThenBy(f => f.Message, StringComparer.Ordinal)];

    private string? LineOf(SourceSpan place)
    {
        if (!_texts.TryGetValue(place.File, out var text))
        {
            return null;
        }

        var start = 0;
        for (var line = 1; line < place.Line; line++)
        {
            var newline = text.IndexOf('\n', start);
            if (newline < 0)
            {
                return null;
            }

            start = newline + 1;
        }

        var end = text.IndexOf('\n', start);
        return (end < 0 ? text[start..] : text[start..end]).TrimEnd('\r');
    }
}
