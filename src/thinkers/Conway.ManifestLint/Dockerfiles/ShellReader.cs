using System.Text;
using Conway.Findings;

namespace Conway.ManifestLint.Dockerfiles;

/// <summary>A script to its commands, as far as rules need the grammar of a shell: quotes, what joins commands, what stands in $(…), comments, texts.</summary>
internal sealed class ShellReader
{
    private const int DepthMax = 20;

    private static readonly HashSet<string> Grammar = new(["if", "then", "else", "elif", "fi", "do", "done", "while", "until", "!", "{", "}", "time", "exec", "command", "esac", "nohup", "eatmydata"], StringComparer.Ordinal);

    private readonly string _text;
    private readonly Func<int, int, SourceSpan> _place;
    private readonly List<ShellCommand> _commands;
    private readonly int _depth;
    private readonly StringBuilder _word = new();
    private readonly List<Word> _words = [];
    private readonly List<Word> _settings = [];
    private int _at;
    private int _begin = -1;
    private bool _isTo;
    private bool _isPiped;

    private ShellReader(string text, int at, Func<int, int, SourceSpan> place, List<ShellCommand> commands, int depth) => (_text, _at, _place, _commands, _depth) = (text, at, place, commands, depth);

    /// <summary>The commands that an instruction runs by a shell.</summary>
    public static IReadOnlyList<ShellCommand> Of(Instruction run)
    {
        if (run.IsJson)
        {
            return run.Words.Count >= 3 && IsShell(run.Words[0].Text) && run.Words[1].Text.StartsWith('-') && run.Words[1].Text.EndsWith('c') ? Parse(run.Words[2].Text, (_, _) => run.Words[2].Place)
                : run.Words.Count > 0 && run.Words[0].Text.Length > 0 ? [new ShellCommand(run.Words, [], false)] : [];
        }

        // A text that is run itself, not read by a command.
        var isScript = run.Texts.Count > 0 && (run.Arguments.StartsWith("<<", StringComparison.Ordinal) || (run.Words.Count == 2 && IsShell(run.Words[0].Text)));
        return isScript
            ? [.. run.Texts.SelectMany(t => Parse(t.Text, (at, length) => t.Place with { Line = t.Place.Line + t.Text.AsSpan(0, at).Count('\n'), Column = 1 + at - (t.Text.LastIndexOf('\n', Math.Max(0, at - 1)) + 1), Length = length }))]
            : Parse(run.Arguments, (at, length) => run.Source.Place(run.SourceAt + at, length));
    }

    private static bool IsShell(string name) => name[(name.LastIndexOf('/') + 1)..] is "sh" or "bash" or "ash" or "dash";

    private static List<ShellCommand> Parse(string text, Func<int, int, SourceSpan> place)
    {
        var commands = new List<ShellCommand>();
        new ShellReader(text, 0, place, commands, 0).Read('\0');
        return commands;
    }

    /// <summary>Reads until a sign, or the end; gives where it stopped.</summary>
    private int Read(char end)
    {
        for (; _at < _text.Length; _at++)
        {
            var sign = _text[_at];
            if (sign == end)
            {
                break;
            }

            switch (sign)
            {
                case '\'':
                    Begin();
                    var close = _text.IndexOf('\'', _at + 1);
                    close = close < 0 ? _text.Length : close;
                    _word.Append(_text, _at + 1, close - _at - 1);
                    _at = close;
                    break;
                case '"':
                    Quoted();
                    break;
                case '\\':
                    if (_at + 1 < _text.Length && _text[_at + 1] is '\n')
                    {
                        _at++;
                        break;
                    }

                    Begin();
                    _word.Append(_at + 1 < _text.Length ? _text[++_at] : "");
                    break;
                case '$' or '`':
                    Begin();
                    Substituted();
                    break;
                case '#' when _begin < 0:
                    while (_at + 1 < _text.Length && _text[_at + 1] != '\n')
                    {
                        _at++;
                    }

                    break;
                case '\n' or ';' or '(' or ')':
                    EndCommand(false);
                    break;
                case '|':
                    var isOr = Follows('|');
                    EndCommand(!isOr);
                    _at += isOr || Follows('&') ? 1 : 0;
                    break;
                case '&' when Follows('>'):
                    EndWord();
                    break;
                case '&':
                    EndCommand(false);
                    _at += Follows('&') ? 1 : 0;
                    break;
                case '>' or '<':
                    // 2> x, >> x, >&2, <<EOF, <(…): where it is written to or read from is no argument.
                    if (_word.Length > 0 && !Digits())
                    {
                        EndWord();
                    }

                    (_begin, _isTo) = (-1, true);
                    _word.Clear();
                    while (_at + 1 < _text.Length && _text[_at + 1] is '>' or '<' or '&' or '|' or '-')
                    {
                        _at++;
                    }

                    break;
                default:
                    if (char.IsWhiteSpace(sign))
                    {
                        EndWord();
                    }
                    else
                    {
                        Begin();
                        _word.Append(sign);
                    }

                    break;
            }
        }

        EndCommand(false);
        return _at;
    }

    private bool Follows(char sign) => _at + 1 < _text.Length && _text[_at + 1] == sign;

    private bool Digits()
    {
        for (var i = 0; i < _word.Length; i++)
        {
            if (!char.IsAsciiDigit(_word[i]))
            {
                return false;
            }
        }

        return true;
    }

    private void Begin() => _begin = _begin < 0 ? _at : _begin;

    private void Quoted()
    {
        Begin();
        for (_at++; _at < _text.Length && _text[_at] != '"'; _at++)
        {
            if (_text[_at] == '\\' && _at + 1 < _text.Length)
            {
                _word.Append(_text[++_at]);
            }
            else if (_text[_at] is '$' or '`')
            {
                Substituted();
            }
            else
            {
                _word.Append(_text[_at]);
            }
        }
    }

    // $(…) and `…` run commands of their own; ${…} and $((…)) do not. In the word it stays as written.
    private void Substituted()
    {
        var start = _at;
        if (_text[_at] == '`' || (Follows('(') && !(_at + 2 < _text.Length && _text[_at + 2] == '(')))
        {
            var isTick = _text[_at] == '`';
            _at = _depth < DepthMax ? new ShellReader(_text, _at + (isTick ? 1 : 2), _place, _commands, _depth + 1).ReadInside(isTick ? '`' : ')')
                : Math.Max(_at, _text.IndexOf(isTick ? '`' : ')', _at + 1));
        }
        else if (Follows('{') || Follows('('))
        {
            var depth = 0;
            for (_at++; _at < _text.Length; _at++)
            {
                depth += _text[_at] is '{' or '(' ? 1 : _text[_at] is '}' or ')' ? -1 : 0;
                if (depth == 0)
                {
                    break;
                }
            }
        }

        _word.Append(_text, start, Math.Min(_at + 1, _text.Length) - start);
    }

    private int ReadInside(char end) => Math.Min(Read(end), _text.Length - 1);

    private void EndWord()
    {
        if (_begin < 0)
        {
            return;
        }

        var (word, begin) = (_word.ToString(), _begin);
        _word.Clear();
        _begin = -1;
        if (_isTo)
        {
            _isTo = false;
        }
        else if (_words.Count > 0)
        {
            _words.Add(new Word(word, _place(begin, Math.Max(1, _at - begin))));
        }
        else if (IsSetting(word))
        {
            _settings.Add(new Word(word, _place(begin, Math.Max(1, _at - begin))));
        }
        else if (!Grammar.Contains(word) && word.Length > 0)
        {
            _words.Add(new Word(word, _place(begin, Math.Max(1, _at - begin))));
        }
    }

    private void EndCommand(bool isPipe)
    {
        EndWord();
        _isTo = false;
        if (_words.Count > 0)
        {
            _commands.Add(new ShellCommand([.. _words], [.. _settings], _isPiped));
        }

        _words.Clear();
        _settings.Clear();
        _isPiped = isPipe;
    }

    private static bool IsSetting(string word) => word.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals && word.AsSpan(0, equals).IndexOfAnyExcept("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_") < 0;
}
