using System.Globalization;

namespace Conway.Scaffolding.Protos;

/// <summary>The words of a file, one after the other, with the line that each stands in.</summary>
/// <remarks>Protocol Buffers Version 3 Language Specification, Lexical Elements.</remarks>
internal sealed class ProtoScanner
{
    private readonly string _path;
    private readonly string _text;
    private int _next;

    public ProtoScanner(string path, string text)
    {
        (_path, _text) = (path, text);
        Move();
    }

    /// <summary>The word at hand; empty at the end of the file.</summary>
    public string Word { get; private set; } = "";

    public int Line { get; private set; } = 1;

    /// <summary>Where the word at hand begins.</summary>
    public int Start { get; private set; }

    /// <summary>Where the word before it ended.</summary>
    public int End { get; private set; }

    public bool IsAtEnd => Word.Length == 0;

    public bool IsName => Word.Length > 0 && (char.IsAsciiLetter(Word[0]) || Word[0] == '_');

    public bool IsText => Word.Length > 0 && Word[0] is '"' or '\'';

    public ProtoException Wrong(string message, int? line = null) => new(string.Create(CultureInfo.InvariantCulture, $"{_path}:{line ?? Line}: {message}"));

    /// <summary>Whether the word at hand is this one; then it is passed.</summary>
    public bool Passes(string word)
    {
        if (Word != word)
        {
            return false;
        }

        Move();
        return true;
    }

    public void Expect(string word)
    {
        if (!Passes(word))
        {
            throw Wrong($"'{word}' is expected here{Instead()}.");
        }
    }

    public string Name()
    {
        if (!IsName)
        {
            throw Wrong($"a name is expected here{Instead()}.");
        }

        return Passed();
    }

    /// <summary>Names with dots between, and before them all in <c>.demo.Order</c>.</summary>
    public string FullName()
    {
        var name = Passes(".") ? "." : "";
        for (name += Name(); Passes("."); name += "." + Name())
        {
        }

        return name;
    }

    /// <summary>A text, of which several may stand in a row.</summary>
    public string Text()
    {
        if (!IsText)
        {
            throw Wrong($"a text in quotes is expected here{Instead()}.");
        }

        var text = "";
        while (IsText)
        {
            text += Passed()[1..^1];
        }

        return text;
    }

    public void Number()
    {
        _ = Passes("-");
        if (IsAtEnd || !char.IsAsciiDigit(Word[0]))
        {
            throw Wrong($"a number is expected here{Instead()}.");
        }

        Move();
    }

    /// <summary>Passes everything up to a semicolon and over it, and over what stands in braces and brackets on the way.</summary>
    public void PassStatement()
    {
        for (var depth = 0; ; Move())
        {
            if (IsAtEnd)
            {
                throw Wrong("the file ends in the middle of a statement.");
            }

            depth += Word is "{" or "[" ? 1 : Word is "}" or "]" ? -1 : 0;
            if (depth < 0)
            {
                throw Wrong("';' is expected here.");
            }

            if (depth == 0 && Word == ";")
            {
                Move();
                return;
            }
        }
    }

    /// <summary>Passes what stands between two signs, of which the first is at hand.</summary>
    public void PassBlock(string open, string close)
    {
        var line = Line;
        Expect(open);
        for (var depth = 1; depth > 0; Move())
        {
            if (IsAtEnd)
            {
                throw Wrong($"'{open}' is never closed.", line);
            }

            depth += Word == open ? 1 : Word == close ? -1 : 0;
        }
    }

    private string Instead() => IsAtEnd ? ", and the file ends" : $", not '{(Word.Length > 40 ? Word[..40] + "…" : Word)}'";

    private string Passed()
    {
        var word = Word;
        Move();
        return word;
    }

    private void Move()
    {
        End = Start + Word.Length;
        PassBlanks();
        Start = _next;
        if (_next == _text.Length)
        {
            Word = "";
            return;
        }

        var c = _text[_next];
        var end = char.IsAsciiLetter(c) || c == '_' ? EndOf(_next, static c => char.IsAsciiLetterOrDigit(c) || c == '_')
            : char.IsAsciiDigit(c) ? EndOf(_next, static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_')
            : c is '"' or '\'' ? EndOfText(c)
            : "{}[]()<>;,=.-+:/".Contains(c, StringComparison.Ordinal) ? _next + 1
            : throw Wrong(char.IsControl(c) ? "this is no text." : $"'{c}' has no place here.");
        Word = _text[_next..end];
        _next = end;
    }

    private int EndOf(int at, Func<char, bool> belongs)
    {
        while (at < _text.Length && belongs(_text[at]))
        {
            at++;
        }

        return at;
    }

    private int EndOfText(char quote)
    {
        for (var at = _next + 1; at < _text.Length && _text[at] != '\n'; at++)
        {
            if (_text[at] == quote)
            {
                return at + 1;
            }

            at += _text[at] == '\\' ? 1 : 0;
        }

        throw Wrong("a text is not closed in its line.");
    }

    private void PassBlanks()
    {
        while (_next < _text.Length)
        {
            var rest = _text.AsSpan(_next);
            if (rest[0] is ' ' or '\t' or '\r' or '\n' or '\f' or '\v' or '\uFEFF')
            {
                Line += rest[0] == '\n' ? 1 : 0;
                _next++;
            }
            else if (rest.StartsWith("//"))
            {
                var length = rest.IndexOf('\n');
                _next += length < 0 ? rest.Length : length;
            }
            else if (rest.StartsWith("/*"))
            {
                var length = rest.IndexOf("*/");
                if (length < 0)
                {
                    throw Wrong("a comment is never closed.");
                }

                Line += rest[..length].Count('\n');
                _next += length + 2;
            }
            else
            {
                return;
            }
        }
    }
}
