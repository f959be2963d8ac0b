using Conway.Findings;

namespace Conway.Reader.Yaml;

/// <summary>The text of one file, and where its lines begin.</summary>
internal sealed class SourceText
{
    private readonly List<int> _lineStarts = [0];

    /// <param name="file">As shown to people.</param>
    /// <param name="text">With every line break as <c>\n</c> or <c>\r\n</c>.</param>
    public SourceText(string file, string text)
    {
        File = file;
        Text = text;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n')
            {
                _lineStarts.Add(i + 1);
            }
        }
    }

    public string File { get; }

    public string Text { get; }

    public int LineCount => _lineStarts.Count;

    /// <summary>Lines, from 0, that could not be understood and were taken out before reading.</summary>
    public SortedSet<int> SetAside { get; } = [];

    /// <summary>The line of an index, from 0.</summary>
    public int LineOf(int index)
    {
        var found = _lineStarts.BinarySearch(Math.Clamp(index, 0, Text.Length));
        return found >= 0 ? found : ~found - 1;
    }

    /// <summary>Start and end of a line, from 0, without its break.</summary>
    public (int Start, int End) Line(int line)
    {
        var start = _lineStarts[line];
        var end = line + 1 < _lineStarts.Count ? _lineStarts[line + 1] - 1 : Text.Length;
        return (start, end > start && Text[end - 1] == '\r' ? end - 1 : end);
    }

    /// <summary>A place to show: from one index to another, but never past the end of the first line, and never empty.</summary>
    public SourceSpan Span(int start, int end)
    {
        start = Math.Clamp(start, 0, Text.Length);
        var line = LineOf(start);
        var (lineStart, lineEnd) = Line(line);
        start = Math.Min(start, lineEnd);
        return new SourceSpan(File, line + 1, start - lineStart + 1, Math.Max(1, Math.Min(end, lineEnd) - start));
    }

    /// <summary>Whether something between two indexes was set aside, so that what seems missing there may only be unread.</summary>
    public bool HasSetAside(int start, int end) => HasSetAsideLine(LineOf(start), LineOf(end));

    /// <inheritdoc cref="HasSetAside"/>
    public bool HasSetAsideLine(int first, int last) => SetAside.Count > 0 && SetAside.GetViewBetween(first, Math.Max(first, last)).Count > 0;
}
