namespace Conway.CodeFacts.Sources;

/// <summary>What can be told of a source file before it is parsed: which lines hold code, and how deeply it nests.</summary>
/// <remarks>The compiler's parser and binder use the stack for each level, and need twice the time for each level of text within text. A file that
/// nests beyond all sense is told here, where nothing can break. Quotations that are not closed end with their line, as the compiler has it.</remarks>
internal sealed class TextScan
{
    /// <summary>Nobody writes this many brackets within brackets.</summary>
    public const int BracketsMax = 256;

    /// <summary>Nobody writes this many interpolated texts within interpolated texts.</summary>
    public const int TextsMax = 8;

    private readonly string _text;
    private readonly List<int> _codeBefore = [0];
    private readonly Stack<Interpolation> _around = new();
    private int _at;
    private int _code;
    private bool _isCode;
    private int _brackets;
    private int _angles;

    private TextScan(string text) => _text = text;

    /// <summary>For each line, counted from 0, how many lines before it hold more than blanks and comments; one entry more than there are lines.</summary>
    public int[] CodeBefore { get; private set; } = [];

    /// <summary>Whether it nests more deeply than anybody writes.</summary>
    public bool IsTooDeep { get; private set; }

    public static TextScan Of(string text)
    {
        var scan = new TextScan(text);
        while (scan._at < text.Length && !scan.IsTooDeep)
        {
            scan.Step();
        }

        scan.EndLine();
        scan.CodeBefore = [.. scan._codeBefore];
        return scan;
    }

    private char Next => _at + 1 < _text.Length ? _text[_at + 1] : '\0';

    private void Step()
    {
        var sign = _text[_at];
        if (sign == '\n')
        {
            EndLine();
            _at++;

            // What is not closed on its line was not meant to go on.
            while (_around.TryPeek(out var open) && !open.IsMultiline)
            {
                _brackets = _around.Pop().Brackets;
            }
        }
        else if (_around.TryPeek(out var interpolation) && interpolation.IsInText)
        {
            InText(interpolation, sign);
        }
        else if (sign == '/' && Next == '/')
        {
            _at = IndexOf("\n", _at);
        }
        else if (sign == '/' && Next == '*')
        {
            SkipTo(Math.Min(_text.Length, IndexOf("*/", _at + 2) + 2), isCode: false);
        }
        else if (sign is '"' or '$' or '@')
        {
            _isCode = true;
            Quotation();
        }
        else if (sign == '\'')
        {
            _isCode = true;
            Character();
        }
        else
        {
            Bracket(sign);
            _isCode |= !char.IsWhiteSpace(sign);
            _at++;
        }
    }

    private void EndLine()
    {
        _code += _isCode ? 1 : 0;
        _codeBefore.Add(_code);
        _isCode = false;
    }

    private void Bracket(char sign)
    {
        switch (sign)
        {
            case '(' or '[' or '{':
                IsTooDeep |= ++_brackets > BracketsMax;
                break;
            case '}' when _around.TryPeek(out var hole) && _brackets == hole.Brackets:
                _around.Pop();
                _around.Push(hole with { IsInText = true });
                break;
            case ')' or ']' or '}':
                _brackets = Math.Max(0, _brackets - 1);
                break;
            case '<':
                IsTooDeep |= ++_angles > BracketsMax;
                break;
            case '>':
                _angles = Math.Max(0, _angles - 1);
                break;
        }

        // Less-than is never closed; type arguments do not go on behind these.
        _angles = sign is ';' or '{' or '}' or '&' or '|' ? 0 : _angles;
    }

    private void InText(Interpolation open, char sign)
    {
        _isCode = true;
        if (sign == '"' && Run('"', _at) is var quotes && quotes >= open.Quotes)
        {
            if (open is { IsVerbatim: true, Quotes: 1 } && quotes > 1)
            {
                _at += 2;
                return;
            }

            _at += open.Quotes;
            _brackets = _around.Pop().Brackets;
        }
        else if (sign == '\\' && open is { IsVerbatim: false, Quotes: 1 })
        {
            _at += 2;
        }
        else if (sign == '{' && Run('{', _at) is var braces)
        {
            // Of a doubled brace nothing opens; in raw text as many open as there are dollars.
            var opens = open.Quotes > 1 ? braces >= open.Dollars : braces % 2 == 1;
            _at += braces;
            if (opens)
            {
                _around.Pop();
                _around.Push(open with { IsInText = false });
            }
        }
        else
        {
            _at++;
        }
    }

    /// <summary>A quotation of any kind, or a sign that only looks like the beginning of one.</summary>
    private void Quotation()
    {
        var (at, dollars, isVerbatim) = (_at, 0, false);
        for (; at < _text.Length && _text[at] is '$' or '@'; at++)
        {
            dollars += _text[at] == '$' ? 1 : 0;
            isVerbatim |= _text[at] == '@';
        }

        if (at >= _text.Length || _text[at] != '"')
        {
            _at = Math.Max(at, _at + 1);
            return;
        }

        var quotes = Run('"', at);
        var isRaw = quotes >= 3 && !isVerbatim;
        if (dollars > 0)
        {
            _at = at + (isRaw ? quotes : 1);
            _around.Push(new(isVerbatim, isRaw ? quotes : 1, dollars, _brackets, IsInText: true));
            IsTooDeep |= _around.Count > TextsMax;
        }
        else if (isRaw)
        {
            SkipTo(Math.Min(_text.Length, IndexOf(new string('"', quotes), at + quotes) + quotes), isCode: true);
        }
        else
        {
            SkipTo(EndOfPlain(at + 1, isVerbatim), isCode: true);
        }
    }

    private int EndOfPlain(int from, bool isVerbatim)
    {
        for (var i = from; i < _text.Length; i++)
        {
            if (_text[i] == '"')
            {
                if (!isVerbatim || i + 1 >= _text.Length || _text[i + 1] != '"')
                {
                    return i + 1;
                }

                i++;
            }
            else if (!isVerbatim && _text[i] == '\\')
            {
                i++;
            }
            else if (!isVerbatim && _text[i] == '\n')
            {
                return i;
            }
        }

        return _text.Length;
    }

    // 'x', '\n', '\'', '\u0041'
    private void Character()
    {
        var close = Next == '\\' ? _text.AsSpan(Math.Min(_at + 3, _text.Length), Math.Max(0, Math.Min(10, _text.Length - _at - 3))).IndexOf('\'') + 3
            : _at + 2 < _text.Length && _text[_at + 2] == '\'' ? 2 : 0;
        _at += close < 3 && Next == '\\' ? 1 : close + 1;
    }

    private void SkipTo(int end, bool isCode)
    {
        for (; _at < end; _at++)
        {
            if (_text[_at] == '\n')
            {
                EndLine();
            }

            _isCode |= isCode;
        }
    }

    private int IndexOf(string mark, int from) =>
        from < _text.Length && _text.IndexOf(mark, from, StringComparison.Ordinal) is >= 0 and var at ? at : _text.Length;

    private int Run(char sign, int from) => _text.AsSpan(from).IndexOfAnyExcept(sign) is >= 0 and var length ? length : _text.Length - from;

    /// <summary>An interpolated text that is open: its own text, or a hole in it.</summary>
    /// <param name="Brackets">Brackets that were open before it.</param>
    private readonly record struct Interpolation(bool IsVerbatim, int Quotes, int Dollars, int Brackets, bool IsInText)
    {
        public bool IsMultiline => IsVerbatim || Quotes > 1;
    }
}
