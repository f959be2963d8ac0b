using System.Globalization;
using System.Text;

namespace Conway.Run;

/// <summary>A small terminal: takes what a program writes and knows what a person sees. Knows the codes of ECMA-48 that Conway uses, and complains of others.</summary>
internal sealed class ScreenReplay(int columns, int rows)
{
    private readonly List<char[]> _scrolledOff = [];
    private readonly List<char[]> _screen = [.. Enumerable.Range(0, rows).Select(_ => Empty(columns))];
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private readonly StringBuilder _code = new();
    private int _row, _column;

    /// <summary>Lines that did not fit and went on in the next row.</summary>
    public List<string> Wrapped { get; } = [];

    /// <summary>Codes that this terminal does not know.</summary>
    public List<string> Unknown { get; } = [];

    public bool CursorIsShown { get; private set; } = true;

    /// <summary>Whether the program sits on a screen of its own, which hides what was there before.</summary>
    public bool IsAlternate { get; private set; }

    /// <summary>Whether colours or weights are still on.</summary>
    public bool IsPainting { get; private set; }

    public (int Row, int Column) Cursor => (_row, _column);

    /// <summary>What can be seen now.</summary>
    public IReadOnlyList<string> Lines => [.. _screen.Select(Text)];

    /// <summary>Everything since the beginning, as a person sees it who scrolls back.</summary>
    public IReadOnlyList<string> AllLines => [.. _scrolledOff.Concat(_screen).Select(Text)];

    public void Take(ReadOnlySpan<byte> bytes)
    {
        var chars = new char[_decoder.GetCharCount(bytes, flush: false)];
        _decoder.GetChars(bytes, chars, flush: false);
        foreach (var c in chars)
        {
            Take(c);
        }
    }

    private void Take(char c)
    {
        if (_code.Length > 0)
        {
            _code.Append(c);

            // Escape and a letter, or a control sequence up to its final byte.
            if (_code.Length == 2 ? c != '[' : c is >= '@' and <= '~')
            {
                Obey(_code.ToString()[1..]);
                _code.Clear();
            }

            return;
        }

        switch (c)
        {
            case '\u001b': _code.Append(c); break;
            case '\r': _column = 0; break;
            case '\n': Down(); break;
            case '\b': _column = Math.Max(0, _column - 1); break;
            case '\a': break;
            default: Put(c); break;
        }
    }

    private void Put(char c)
    {
        if (_column == columns)
        {
            Wrapped.Add(Text(_screen[_row]));
            _column = 0;
            Down();
        }

        _screen[_row][_column++] = c;
    }

    private void Down()
    {
        if (++_row < rows)
        {
            return;
        }

        _row = rows - 1;
        _scrolledOff.Add(_screen[0]);
        _screen.RemoveAt(0);
        _screen.Add(Empty(columns));
    }

    private void Obey(string code)
    {
        var number = int.TryParse(code.AsSpan(1, Math.Max(0, code.Length - 2)), NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0;
        switch (code)
        {
            case "[?25l": CursorIsShown = false; break;
            case "[?25h": CursorIsShown = true; break;
            case "[?1049h": IsAlternate = true; break;
            case "[?1049l": IsAlternate = false; break;
            case "=" or ">" or "[?1h" or "[?1l": break; // which codes keys send
            case ['[', .., 'm']: IsPainting = code is not ("[m" or "[0m"); break;
            case ['[', .., 'A']: _row = Math.Max(0, _row - Math.Max(1, number)); break;
            case ['[', .., 'K']: Array.Fill(_screen[_row], ' ', Math.Min(_column, columns), columns - Math.Min(_column, columns)); break;
            case "[J" or "[0J":
                Array.Fill(_screen[_row], ' ', Math.Min(_column, columns), columns - Math.Min(_column, columns));
                _screen.Skip(_row + 1).ToList().ForEach(r => Array.Fill(r, ' '));
                break;
            default: Unknown.Add(code); break;
        }
    }

    private static char[] Empty(int columns) => [.. Enumerable.Repeat(' ', columns)];

    private static string Text(char[] row) => new string(row).TrimEnd();
}
