using System.Text.RegularExpressions;
using Conway.Findings;

namespace Conway.Reader.Yaml;

/// <summary>Takes what cannot be read out of a text, and says what was wrong with it.</summary>
/// <remarks>The order of the questions matters: the parser complains about where it noticed, and the cause is often earlier.</remarks>
internal sealed partial class SyntaxRepair(SourceText source)
{
    private readonly char[] _text = source.Text.ToCharArray();
    private int _lastMended = -1;
    private bool _conflictsMended;

    public List<Finding> Findings { get; } = [];

    public ReferenceMask? Mask { get; private set; }

    public string Text => new(_text);

    public void Mend(Failure failure)
    {
        if (failure.Limit is { } limit)
        {
            if (Findings.All(f => f.Rule != limit))
            {
                Report(limit, source.Span(failure.Start, failure.Start + 1), failure.Complaint, "Write it flatter and shorter: name things once and refer to them by name.");
            }

            SetAsideBlock(source.LineOf(failure.Start), keepKey: false);
            return;
        }

        if (MendConflict() || MendTabs(failure) || MendReferences(failure))
        {
            return;
        }

        if (UnclosedQuote(failure) is { } quote)
        {
            Report(ReaderFindings.Unclosed, source.Span(quote, quote + 1), $"The {source.Text[quote]} that opens here is not closed on its line.", $"Close it with {source.Text[quote]}; text that begins with a quote but is none is put in the other kind of quotes.");
            SetAsideBlock(source.LineOf(quote), keepKey: true);
            return;
        }

        var line = source.LineOf(failure.Start);
        var closesAnother = failure.OpenFlows.Count > 0 && failure.Start < source.Text.Length && source.Text[failure.Start] == (failure.OpenFlows[0].IsMap ? ']' : '}');
        if (failure.OpenFlows.Count > 0 && (closesAnother || failure.Complaint.Length == 0 || source.LineOf(failure.OpenFlows[0].Index) != line || failure.Start >= source.Text.TrimEnd().Length))
        {
            var (index, isMap) = failure.OpenFlows[0];
            var (open, close) = isMap ? ('{', '}') : ('[', ']');
            Report(ReaderFindings.Unclosed, source.Span(index, index + 1), $"The {open} that opens here is not closed where it should be.", $"Close it with {close}, and separate what is in it by commas.");
            SetAsideBlock(source.LineOf(failure.OpenFlows[^1].Index), keepKey: true);
            return;
        }

        Complain(failure, line);
    }

    public void SetAsideEverything()
    {
        for (var line = 0; line < source.LineCount; line++)
        {
            Blank(line, 0);
        }
    }

    private void Complain(Failure failure, int line)
    {
        // "a" or "a:b" where a key was meant goes on as text, until the parser stumbles over the colon of the next line or the end.
        var (start, end) = (failure.Start, Math.Max(failure.End, failure.Start + 1));
        if (IsBlank(line) || failure.Complaint.Contains("multiline plain scalar", StringComparison.Ordinal))
        {
            line = Before(line);
            (start, end) = (source.Line(line).Start + Indent(line), source.Line(line).End);
        }

        // A message at a line that was already set aside is an echo of the first one.
        if (!source.SetAside.Contains(line) && line != _lastMended)
        {
            var (message, mend) = SyntaxComplaint.Explain(failure.Complaint, source.Text[source.Line(line).Start..source.Line(line).End]);
            Report(ReaderFindings.Syntax, source.Span(start, end), message, mend);
        }

        var keepKey = line != _lastMended && !failure.Complaint.Contains("expected key", StringComparison.Ordinal) && !failure.Complaint.Contains("block collection", StringComparison.Ordinal);
        _lastMended = line;
        SetAsideBlock(line, keepKey);
    }

    /// <summary>Of a merge conflict our side is read.</summary>
    private bool MendConflict()
    {
        if (_conflictsMended)
        {
            return false;
        }

        var state = ' ';
        for (var line = 0; line < source.LineCount; line++)
        {
            var (start, end) = source.Line(line);
            var text = new string(_text, start, Math.Min(7, end - start));
            if (text is "<<<<<<<" or "=======" or ">>>>>>>" && (text == "<<<<<<<" || state != ' '))
            {
                if (text == "<<<<<<<")
                {
                    Report(ReaderFindings.Syntax, source.Span(start, end), "Here begins a merge conflict that was not resolved.", "Keep one of the two sides, and remove the marks.");
                }

                _conflictsMended = true;
                state = text[0] == '>' ? ' ' : text[0];
                Blank(line, 0);
            }
            else if (state == '=')
            {
                Blank(line, 0);
            }
        }

        return _conflictsMended;
    }

    private int Before(int line)
    {
        do
        {
            line--;
        }
        while (line > 0 && IsBlank(line));
        return Math.Max(line, 0);
    }

    private bool MendTabs(Failure failure)
    {
        var failedAt = source.LineOf(Math.Max(failure.Start, failure.End));
        var tabbed = Enumerable.Range(0, source.LineCount).Where(HasTabIndent).ToList();
        if (tabbed.Count == 0 || (tabbed[0] > failedAt + 1 && !failure.Complaint.Contains("tab", StringComparison.Ordinal)))
        {
            return false;
        }

        var first = source.Line(tabbed[0]).Start;
        var tab = Array.IndexOf(_text, '\t', first);
        var more = tabbed.Count == 1 ? "" : $" {tabbed.Count} lines of this file are indented with tabs.";
        Report(ReaderFindings.Tab, source.Span(tab, tab + 1), $"This line is indented with a tab.{more}", "Indent with spaces, two for each level.");
        foreach (var line in tabbed)
        {
            // One blank for one tab keeps every index true, and a file that is indented with tabs alone keeps its levels.
            for (var i = source.Line(line).Start; _text[i] is '\t' or ' '; i++)
            {
                _text[i] = ' ';
            }
        }

        return true;
    }

    private bool HasTabIndent(int line)
    {
        var (start, end) = source.Line(line);
        var text = _text.AsSpan(start, end - start);
        var indent = text.IndexOfAnyExcept(' ', '\t');
        return indent > 0 && text[indent] != '#' && text[..indent].Contains('\t');
    }

    private bool MendReferences(Failure failure)
    {
        if (failure.OpenFlows.Count == 0 || source.Text.AsSpan().IndexOfAnyInRange('\uE000', '\uE003') >= 0)
        {
            return false;
        }

        var to = source.Line(source.LineOf(Math.Max(failure.Start, failure.End))).End;
        var text = Text;
        var references = ReferenceMask.Find(text, failure.OpenFlows[^1].Index, to);
        foreach (var (start, end) in references)
        {
            var written = text[start..end];
            Report(ReaderFindings.UnquotedReference, source.Span(start, end), $"{written} stands unquoted between brackets, where {{ begins a map.", $"Write \"{written}\".");
            ReferenceMask.Hide(_text, start, end);
        }

        Mask = references.Count > 0 ? new ReferenceMask() : Mask;
        return references.Count > 0;
    }

    /// <summary>A quote that opens a value and does not close on its line, at the failure or between it and the last piece that could be read.</summary>
    private int? UnclosedQuote(Failure failure)
    {
        if (failure.Complaint.Contains("unknown escape", StringComparison.Ordinal) || failure.Complaint.Contains("hexdecimal", StringComparison.Ordinal))
        {
            return null;
        }

        var from = source.LineOf(Math.Min(failure.LastGood, failure.Start));
        for (var line = from; line <= source.LineOf(Math.Max(failure.Start, failure.End)); line++)
        {
            var (start, end) = source.Line(line);
            for (var i = start; i < end; i++)
            {
                var opens = _text[i] is '"' or '\'' && (i == start || _text[i - 1] is ' ' or '[' or '{' or ',');
                if (!opens)
                {
                    if (_text[i] == '#' && (i == start || _text[i - 1] == ' '))
                    {
                        break;
                    }

                    continue;
                }

                var close = Closing(i, end);
                if (close < 0)
                {
                    return i;
                }

                i = close;
            }
        }

        return null;
    }

    private int Closing(int open, int end)
    {
        for (var i = open + 1; i < end; i++)
        {
            if (_text[i] == '\\' && _text[open] == '"')
            {
                i++;
            }
            else if (_text[i] == _text[open])
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Blanks a line and what is indented below it. With <paramref name="keepKey"/> the key of the line stays, so that its name is still declared.</summary>
    private void SetAsideBlock(int line, bool keepKey)
    {
        while (line > 0 && IsBlank(line))
        {
            line--; // the parser noticed at the end, or in a place that is already gone
        }

        if (IsBlank(line))
        {
            SetAsideEverything();
            return;
        }

        var indent = Indent(line);
        var (start, end) = source.Line(line);
        var key = keepKey ? KeyOfLine().Match(new string(_text, start, end - start)) : Match.Empty;
        var keep = key.Success && key.Length < end - start && _text.AsSpan(start + key.Length, end - start - key.Length).ContainsAnyExcept(' ', '\t') ? key.Length : 0;
        Blank(line, keep);
        for (var below = line + 1; below < source.LineCount && (IsBlank(below) || Indent(below) > indent); below++)
        {
            if (!IsBlank(below))
            {
                Blank(below, 0);
            }
        }
    }

    private void Blank(int line, int keep)
    {
        var (start, end) = source.Line(line);
        _text.AsSpan(start + keep, end - start - keep).Fill(' ');
        source.SetAside.Add(line);
    }

    private bool IsBlank(int line)
    {
        var (start, end) = source.Line(line);
        return !_text.AsSpan(start, end - start).ContainsAnyExcept(' ', '\t');
    }

    private int Indent(int line)
    {
        var (start, end) = source.Line(line);
        var indent = _text.AsSpan(start, end - start).IndexOfAnyExcept(' ', '\t');
        return indent < 0 ? end - start : indent;
    }

    private void Report(FindingRule rule, SourceSpan place, string message, string mend) =>
        Findings.Add(new Finding { Rule = rule, Message = message, Mend = mend, Place = place });

    [GeneratedRegex(@"^\s*(- +)*[A-Za-z_$][A-Za-z0-9_.$-]*:(?=\s|$)", RegexOptions.CultureInvariant)]
    private static partial Regex KeyOfLine();
}
