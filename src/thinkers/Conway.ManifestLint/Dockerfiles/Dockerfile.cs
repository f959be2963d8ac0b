using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Conway.Findings;

namespace Conway.ManifestLint.Dockerfiles;

/// <summary>A Dockerfile, read as the builder reads it. Never throws for what is written.</summary>
internal sealed partial class Dockerfile
{
    /// <summary>Most signs of a line: BuildKit takes no more.</summary>
    public const int LineMax = 65_535;

    /// <summary>Most signs of a file.</summary>
    public const int SignsMax = 1 << 20;

    private const int ProblemsMax = 20;

    /// <summary>Most instructions of a file.</summary>
    public const int InstructionsMax = 5_000;

    private static readonly HashSet<string> Keywords = new(
        ["ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "LABEL", "MAINTAINER", "ONBUILD", "RUN", "SHELL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR"], StringComparer.Ordinal);

    private readonly string _file;
    private readonly string[] _lines;
    private readonly List<Instruction> _instructions = [];
    private readonly List<(SourceSpan At, string Says)> _problems = [];
    private readonly Silence _silence = new();
    private char _escape = '\\';
    private int _stage = -1;
    private (bool IsForUnix, bool HasPipefail) _shell = (true, false);

    private Dockerfile(DockerText given)
    {
        (_file, IsContextGuarded) = (given.File, given.IsContextGuarded);
        _lines = given.Text.Length <= SignsMax ? given.Text.TrimStart('\uFEFF').Split('\n') : [];
        if (given.Problem is not null)
        {
            _problems.Add((new SourceSpan(_file, 1, 1, 1), given.Problem));
        }
        else if (Unreadable(given.Text) is { } problem)
        {
            _problems.Add(problem);
        }
        else
        {
            Read();
        }

        Defaults = _instructions.Where(i => i.Stage < 0 && i.Keyword == "ARG").SelectMany(i => i.Pairs).GroupBy(p => p.Name, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Last().Value, StringComparer.Ordinal);
        Stages = [.. _instructions.Where(i => i is { Keyword: "FROM", IsTrigger: false }).Select((from, index) => new Stage(index, from, Replaced(from.Words.Count > 0 ? from.Words[0].Text : ""),
            from.Words.Count >= 3 && from.Words[1].Text.Equals("AS", StringComparison.OrdinalIgnoreCase) ? from.Words[2].Text : null,
            [.. _instructions.Where(i => i.Stage == index && i != from)]))];
        if (_problems.Count == 0 && Stages.Count == 0)
        {
            _problems.Add((_instructions.Count > 0 ? _instructions[0].Head.Place : new SourceSpan(_file, 1, 1, 1), _instructions.Count > 0 ? "no FROM says what the image is made from" : "there is no instruction in it"));
        }
    }

    public static Dockerfile Read(DockerText given) => new(given);

    public string File => _file;

    public bool? IsContextGuarded { get; }

    /// <summary>In the order of the file; what stands behind ONBUILD follows it.</summary>
    public IReadOnlyList<Instruction> Instructions => _instructions;

    public IReadOnlyList<Stage> Stages { get; }

    /// <summary>What ARG gives before the first FROM; empty when it gives nothing.</summary>
    public IReadOnlyDictionary<string, string> Defaults { get; }

    /// <summary>What could not be read.</summary>
    public IReadOnlyList<(SourceSpan At, string Says)> Problems => _problems;

    /// <summary>Ids that a comment says not to tell in the whole file, each with a reason.</summary>
    public IReadOnlyDictionary<string, string> Ignored => _silence.Everywhere;

    public IEnumerable<Instruction> Of(params string[] keywords) => _instructions.Where(i => keywords.Contains(i.Keyword));

    /// <summary>The line of a place; null when there is none, or it is nobody's to read.</summary>
    public string? Line(SourceSpan place) => place.Line >= 1 && place.Line <= _lines.Length && _lines[place.Line - 1].TrimEnd('\r') is { Length: <= 400 } line && !line.Any(char.IsControl) ? line : null;

    /// <summary>The stage of an image, if it is one before a stage.</summary>
    public Stage? StageOf(string image, int before) => Stages.Take(before).LastOrDefault(s => s.Name is not null && s.Name.Equals(image, StringComparison.OrdinalIgnoreCase));

    /// <summary>The stage and those it is made of, the stage itself first.</summary>
    public IEnumerable<Stage> LineOf(Stage last)
    {
        for (Stage? at = last; at is not null; at = StageOf(at.Image, at.Index))
        {
            yield return at;
        }
    }

    /// <summary>Whether what a stage holds is in an image at the end: of the last one, or of one that another is made of.</summary>
    public bool IsKept(int stage) => stage < 0 || stage == Stages.Count - 1 || Stages.Any(s => StageOf(s.Image, s.Index)?.Index == stage);

    private string Replaced(string image) => Variable().Replace(image, m =>
        Defaults.GetValueOrDefault(m.Groups[1].Value + m.Groups[2].Value) is { Length: > 0 } value ? value : m.Groups[3].Success && m.Groups[3].Value.Length > 0 ? m.Groups[3].Value : m.Value);

    private (SourceSpan At, string Says)? Unreadable(string text)
    {
        if (text.Length > SignsMax)
        {
            return (new SourceSpan(_file, 1, 1, 1), "it is larger than 1 MiB");
        }

        for (var i = 0; i < _lines.Length; i++)
        {
            if (_lines[i].Length > LineMax)
            {
                return (new SourceSpan(_file, i + 1, 1, 1), $"its line is longer than {LineMax} signs, which no builder takes");
            }

            if (_lines[i].IndexOf('\0', StringComparison.Ordinal) is >= 0 and var at)
            {
                return (new SourceSpan(_file, i + 1, at + 1, 1), "it is no text");
            }
        }

        return null;
    }

    private void Read()
    {
        var (at, isTop) = (0, true);
        while (at < _lines.Length)
        {
            // What has that many lines that are none is no Dockerfile.
            if (_instructions.Count >= InstructionsMax || _problems.Count >= ProblemsMax)
            {
                _problems.Add((new SourceSpan(_file, at + 1, 1, 1), _problems.Count >= ProblemsMax ? "so far, too much is wrong to read on" : $"it has more than {InstructionsMax} instructions"));
                return;
            }

            var text = _lines[at].Trim();
            if (text.Length == 0)
            {
                (at, isTop) = (at + 1, false);
            }
            else if (text[0] == '#')
            {
                // Directives stand before everything else; after the first other line they are comments.
                isTop = isTop && Directive(text, at);
                _silence.Read(text);
                at++;
            }
            else
            {
                isTop = false;
                at = Instruction(at);
            }
        }
    }

    private bool Directive(string text, int at)
    {
        if (DirectiveForm().Match(text) is not { Success: true } directive)
        {
            return false;
        }

        if (directive.Groups[1].Value.Equals("escape", StringComparison.OrdinalIgnoreCase))
        {
            if (directive.Groups[2].Value is not ("`" or "\\"))
            {
                _problems.Add((new SourceSpan(_file, at + 1, 1, 1), $"'{directive.Groups[2].Value}' is no sign to escape with; it is '\\' or '`'"));
            }

            // Who writes ` does so for the paths of Windows, whose shell is another.
            (_escape, _shell) = directive.Groups[2].Value == "`" ? ('`', (false, false)) : ('\\', (true, false));
        }

        return true;
    }

    /// <summary>Reads the instruction that begins on a line; gives the line after it.</summary>
    private int Instruction(int first)
    {
        var (text, starts, at) = (new StringBuilder(), new List<(int Start, int Line)>(), first);
        for (var isContinued = true; isContinued && at < _lines.Length; at++)
        {
            var line = _lines[at].TrimEnd('\r');
            var trimmed = line.AsSpan().Trim();

            // Comments and empty lines between continued lines are left out by the builder, too.
            if (at > first && (trimmed.Length == 0 || trimmed[0] == '#'))
            {
                continue;
            }

            var end = line.TrimEnd(' ', '\t');
            isContinued = end.Length > 0 && end[^1] == _escape && (end.Length == 1 || end[^2] != _escape);
            starts.Add((text.Length, at + 1));
            text.Append(isContinued ? end[..^1] : line);
        }

        var whole = new JoinedText(text.ToString(), starts, _file);
        var here = new List<HereText>();
        if (TakesTexts().IsMatch(whole.Text))
        {
            foreach (var (name, isIndented, begin) in whole.Heres(0))
            {
                var (body, place) = (new StringBuilder(), new SourceSpan(_file, Math.Min(at + 1, _lines.Length), 1, 1));
                while (at < _lines.Length && (isIndented ? _lines[at].TrimEnd('\r').TrimStart('\t') : _lines[at].TrimEnd('\r')) != name)
                {
                    body.Append(_lines[at++].TrimEnd('\r')).Append('\n');
                }

                if (at == _lines.Length)
                {
                    _problems.Add((whole.Place(begin, name.Length + 2), $"the text that begins by <<{name} has no end"));
                }

                at++;
                here.Add(new HereText(body.ToString(), place, begin));
            }
        }

        Take(whole, 0, here, _silence.Next(), 0);
        return at;
    }

    private void Take(JoinedText text, int from, List<HereText> here, IReadOnlyDictionary<string, string> ignored, int depth)
    {
        var words = text.Words(from, _escape);
        if (words.Count == 0)
        {
            if (depth > 0)
            {
                _problems.Add((text.Place(0, 1), "ONBUILD says nothing to do"));
            }

            return;
        }

        var keyword = words[0].Word.Text.ToUpperInvariant();
        if (!Keywords.Contains(keyword))
        {
            _problems.Add((words[0].Word.Place, $"'{Shown(words[0].Word.Text)}' is no instruction"));
            return;
        }

        var (flags, next) = (new List<(string, string, SourceSpan)>(), 1);
        while (next < words.Count && words[next].Word.Text.StartsWith("--", StringComparison.Ordinal) && keyword is "FROM" or "RUN" or "COPY" or "ADD" or "HEALTHCHECK")
        {
            var (flag, equals) = (words[next].Word, words[next].Word.Text.IndexOf('=', StringComparison.Ordinal));
            flags.Add(equals < 0 ? (flag.Text[2..], "", flag.Place) : (flag.Text[2..equals], flag.Text[(equals + 1)..], flag.Place));
            next++;
        }

        var begin = next < words.Count ? words[next].At : text.Text.Length;
        var arguments = text.Text[begin..].TrimEnd();
        var json = keyword == "ONBUILD" ? null : Json(arguments, begin, text);
        if (keyword == "FROM" && depth == 0)
        {
            (_stage, _shell) = (_stage + 1, (_escape == '\\' && !arguments.Contains("windows", StringComparison.OrdinalIgnoreCase), false));
        }

        if (keyword == "SHELL" && json is { Count: > 0 })
        {
            var name = json[0].Text[(json[0].Text.LastIndexOfAny(['/', '\\']) + 1)..];
            _shell = (name is "sh" or "bash" or "ash" or "dash" or "zsh" or "ksh", name is not ("sh" or "dash") && json.Any(j => j.Text.Split(' ', ';').Contains("pipefail")));
        }

        if (arguments.Length == 0 && here.Count == 0)
        {
            _problems.Add((words[0].Word.Place, $"{keyword} says nothing"));
        }

        _instructions.Add(new Instruction
        {
            Keyword = keyword,
            Head = words[0].Word,
            Arguments = arguments,
            Words = json ?? [.. words.Skip(next).Select(w => w.Word)],
            Flags = flags,
            IsJson = json is not null,
            IsTrigger = depth > 0,
            Texts = keyword == "ONBUILD" ? [] : here,
            Stage = _stage,
            IsForUnix = _shell.IsForUnix,
            HasPipefail = _shell.HasPipefail,
            Source = text,
            SourceAt = begin,
            Ignored = ignored,
        });
        if (keyword == "ONBUILD" && depth < 3)
        {
            Take(text, begin, here, ignored, depth + 1);
        }
    }

    private static string Shown(string word) => string.Concat((word.Length > 40 ? word[..40] + "…" : word).Select(c => char.IsControl(c) ? '?' : c));

    private static List<Word>? Json(string arguments, int begin, JoinedText text)
    {
        if (!arguments.StartsWith('['))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(arguments);
            var (words, at) = (new List<Word>(), begin);
            foreach (var element in document.RootElement.EnumerateArray())
            {
                if (element.ValueKind != JsonValueKind.String)
                {
                    return null;
                }

                at = text.Text.IndexOf('"', at + 1);
                var raw = element.GetRawText();
                words.Add(new Word(element.GetString()!, text.Place(at, raw.Length)));
                at += raw.Length - 1;
            }

            return words;
        }
        catch (JsonException)
        {
            // The builder takes it for a command of the shell, too.
            return null;
        }
    }

    [GeneratedRegex(@"^#\s*(syntax|escape|check)\s*=\s*(\S.*?)\s*$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex DirectiveForm();

    [GeneratedRegex(@"^\s*(?:ONBUILD\s+)?(?:RUN|COPY|ADD)\s.*<<", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex TakesTexts();

    [GeneratedRegex(@"\$(?:(\w+)|\{(\w+)(?::?[-+]([^}]*))?\})", RegexOptions.CultureInvariant)]
    private static partial Regex Variable();
}
