using System.Globalization;
using System.Text;

namespace Conway.Testing.Queries;

/// <summary>Reads the text of one query. The grammar is RFC 9535, section 2 and appendix A; a method is a rule of it.</summary>
internal sealed class QueryReader(string text)
{
    /// <summary>I-JSON's bound for integers, which RFC 9535 (2.1) sets for indexes: 2^53 - 1.</summary>
    private const long IndexMax = 9_007_199_254_740_991;

    private const string HalfPair = "half of a surrogate pair is no character";

    private readonly List<QuerySegment> _segments = [];
    private int _at;
    private QueryError? _error;

    public (JsonQuery? Query, QueryError? Error) Read()
    {
        if (!Take('$'))
        {
            Fail("a query begins with $");
        }

        while (_error is null && _at < text.Length)
        {
            Segment();
        }

        return _error is null ? (new JsonQuery(text, [.. _segments]), null) : (null, _error);
    }

    // segments = *(S segment)
    private void Segment()
    {
        var before = _at;
        Blank();
        if (_at == text.Length)
        {
            _at = before;
            Fail("blank space may not end a query");
        }
        else if (Take('['))
        {
            Blank();
            Selector();
            Blank();
            if (_error is null && !Take(']'))
            {
                Fail(Next is ',' or ':' ? "lists and slices may find several values; write one name or index" : "']' is missing");
            }
        }
        else if (Take('.'))
        {
            if (Next == '.')
            {
                Fail("'..' may find several values; write the whole way down");
            }
            else if (Take('*'))
            {
                Wildcard();
            }
            else
            {
                Shorthand();
            }
        }
        else
        {
            Fail($"'{text[_at]}' begins nothing; write .name, ['name'] or [0]");
        }
    }

    private void Selector()
    {
        switch (Next)
        {
            case '\'' or '"':
                Quoted(text[_at++]);
                break;
            case '*':
                _at++;
                Wildcard();
                break;
            case '?':
                Fail("filters may find several values; write one name or index");
                break;
            case ':':
                Fail("lists and slices may find several values; write one name or index");
                break;
            case '-' or (>= '0' and <= '9'):
                Index();
                break;
            default:
                Fail("a name in brackets stands in quotes: ['name']");
                break;
        }
    }

    private void Wildcard()
    {
        if (_segments.Any(s => s.Kind == SegmentKind.Wildcard))
        {
            _at--;
            Fail("one wildcard is enough; two find values of different origin");
        }

        _segments.Add(new QuerySegment(SegmentKind.Wildcard));
    }

    // int = "0" / (["-"] DIGIT1 *DIGIT)
    private void Index()
    {
        var start = _at;
        Take('-');
        var digits = _at;
        while (Next is >= '0' and <= '9')
        {
            _at++;
        }

        var isWhole = _at > digits && (text[digits] != '0' || _at == start + 1);
        if (!isWhole)
        {
            _at = start;
            Fail("an index is 0, or a whole number that does not begin with 0");
        }
        else if (!long.TryParse(text.AsSpan(start, _at - start), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index) || Math.Abs(index) > IndexMax)
        {
            _at = start;
            Fail("the index is beyond 2^53 - 1");
        }
        else
        {
            _segments.Add(new QuerySegment(SegmentKind.Index, Index: index));
        }
    }

    // member-name-shorthand = name-first *name-char
    private void Shorthand()
    {
        var start = _at;
        while (_at < text.Length && Rune.TryGetRuneAt(text, _at, out var rune) && IsNameCharacter(rune, isFirst: _at == start))
        {
            _at += rune.Utf16SequenceLength;
        }

        if (_at == start)
        {
            Fail("a name after a dot begins with a letter, _ or a character beyond ASCII; write other names as ['…']");
        }
        else
        {
            _segments.Add(new QuerySegment(SegmentKind.Name, text[start.._at]));
        }
    }

    private static bool IsNameCharacter(Rune rune, bool isFirst) =>
        rune.Value is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or '_' or >= 0x80 || (!isFirst && rune.Value is >= '0' and <= '9');

    private void Quoted(char quote)
    {
        var name = new StringBuilder();
        var start = _at - 1;
        while (_error is null)
        {
            if (_at == text.Length)
            {
                _at = start;
                Fail($"the name is not closed by {quote}");
            }
            else if (Take(quote))
            {
                _segments.Add(new QuerySegment(SegmentKind.Name, name.ToString()));
                return;
            }
            else if (Take('\\'))
            {
                Escaped(quote, name);
            }
            else if (!Rune.TryGetRuneAt(text, _at, out var rune))
            {
                Fail(HalfPair);
            }
            else if (rune.Value < 0x20)
            {
                Fail("control characters in a name are written \\u0000");
            }
            else
            {
                name.Append(text, _at, rune.Utf16SequenceLength);
                _at += rune.Utf16SequenceLength;
            }
        }
    }

    private void Escaped(char quote, StringBuilder name)
    {
        var escaped = Next;
        if (escaped == 'u')
        {
            _at++;
            EscapedCodePoint(name);
            return;
        }

        var at = "bfnrt/\\".IndexOf(escaped, StringComparison.Ordinal);
        if (escaped != quote && at < 0)
        {
            _at--;
            Fail($"after \\ stands one of b f n r t / \\ u {quote}");
            return;
        }

        _at++;
        name.Append(escaped == quote ? quote : "\b\f\n\r\t/\\"[at]);
    }

    // A character beyond the basic plane is written as two, and a half alone is nothing.
    private void EscapedCodePoint(StringBuilder name)
    {
        var first = CodeUnit();
        if (_error is not null)
        {
            return;
        }

        if (!char.IsSurrogate(first))
        {
            name.Append(first);
            return;
        }

        var second = char.IsHighSurrogate(first) && Take('\\') && Take('u') ? CodeUnit() : '\0';
        if (_error is null && !char.IsSurrogatePair(first, second))
        {
            Fail(HalfPair);
        }

        name.Append(first).Append(second);
    }

    private char CodeUnit()
    {
        if (_at + 4 > text.Length || !ushort.TryParse(text.AsSpan(_at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
        {
            Fail("\\u is followed by four hexadecimal digits");
            return '\0';
        }

        _at += 4;
        return (char)unit;
    }

    private char Next => _at < text.Length ? text[_at] : '\0';

    private bool Take(char expected)
    {
        if (_at < text.Length && text[_at] == expected)
        {
            _at++;
            return true;
        }

        return false;
    }

    private void Blank()
    {
        while (Next is ' ' or '\t' or '\n' or '\r')
        {
            _at++;
        }
    }

    private void Fail(string message) => _error ??= new QueryError(_at, message);
}
