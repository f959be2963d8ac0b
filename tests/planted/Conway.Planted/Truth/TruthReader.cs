using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Conway.Planted.Truth;

/// <summary>Reads truth files. What is wrong is told by line; what can be read is read.</summary>
public sealed class TruthReader
{
    private const int ProblemsMax = 100;
    private const int DepthMax = 32;

    private static readonly string[] Keys = ["system", "services", "shared", "technical", "contested"];

    private readonly List<string> _problems = [];
    private readonly IParser _parser;

    private string _system = "";
    private readonly List<TruthService> _services = [];
    private List<TypePattern> _shared = [];
    private List<TypePattern> _technical = [];
    private readonly List<ContestedType> _contested = [];

    private TruthReader(string text) => _parser = new Parser(new StringReader(text));

    /// <returns>What could be read, and sentences that each begin with a line: <c>12: …</c>. No sentence means that the file is well formed.</returns>
    public static (TruthFile Truth, IReadOnlyList<string> Problems) Read(string text)
    {
        if (IsTooDeep(text))
            return (new TruthFile("", [], [], [], []), [$"1: lists are nested deeper than {DepthMax}. A truth file needs three."]);
        var reader = new TruthReader(text);
        try
        {
            reader.ReadDocument();
        }
        catch (YamlException e)
        {
            reader.Tell(e.Start.Line, $"this is not YAML: {e.InnerException?.Message ?? e.Message}");
        }
        catch (InvalidOperationException e)
        {
            // The parser's way to speak of some malformed texts.
            reader.Tell(reader._parser.Current?.Start.Line ?? 1, $"this is not YAML: {e.Message}");
        }

        reader.CheckServices();
        return (new TruthFile(reader._system, reader._services, reader._shared, reader._technical, reader._contested), reader._problems);
    }

    // The parser's time grows with the square of the depth. Brackets in texts are counted, too; nobody opens so many and closes none.
    private static bool IsTooDeep(string text)
    {
        var depth = 0;
        foreach (var c in text)
        {
            if (c is '[' or '{' && ++depth > DepthMax)
                return true;
            if (c is ']' or '}' && depth > 0)
                depth--;
        }

        return false;
    }

    private void ReadDocument()
    {
        _parser.Consume<StreamStart>();
        if (_parser.Accept<StreamEnd>(out var end))
        {
            Tell(end.Start.Line, "the file is empty. It begins with 'system: NAME'.");
            return;
        }

        _parser.Consume<DocumentStart>();
        ReadMapping("a truth file", (key, line) =>
        {
            switch (key)
            {
                case "system": _system = ReadText("the system's name") ?? ""; break;
                case "services": ReadMapping("'services'", ReadService); break;
                case "shared": _shared = ReadPatterns("'shared'"); break;
                case "technical": _technical = ReadPatterns("'technical'"); break;
                case "contested": ReadMapping("'contested'", ReadContested); break;
                default: Unknown(key, line, Keys); break;
            }
        });
        _parser.TryConsume<DocumentEnd>(out _);
        if (_parser.Accept<DocumentStart>(out var second))
            Tell(second.Start.Line, "a second document begins. A truth file is one.");
        if (_system.Length == 0)
            Tell(1, "the system has no name. Write 'system: NAME'.");
    }

    private void ReadService(string name, long line)
    {
        string? purpose = null;
        List<TypePattern>? types = null;
        ReadMapping($"the service '{name}'", (key, at) =>
        {
            switch (key)
            {
                case "purpose": purpose = ReadText("a purpose"); break;
                case "types": types = ReadPatterns($"'types' of '{name}'"); break;
                default: Unknown(key, at, ["purpose", "types"]); break;
            }
        });
        if (string.IsNullOrWhiteSpace(purpose))
            Tell(line, $"'{name}' has no purpose. Say in one line what it is for.");
        if (types is null or [])
            Tell(line, $"'{name}' has no types. List what belongs to it under 'types'.");
        _services.Add(new TruthService(name, purpose ?? "", types ?? []));
    }

    // Type: [a, b]   or   Type: { services: [a, b], why: … }
    private void ReadContested(string type, long line)
    {
        List<string> services = [];
        string? why = null;
        if (_parser.Accept<MappingStart>(out _))
        {
            ReadMapping($"'{type}'", (key, at) =>
            {
                switch (key)
                {
                    case "services": services = ReadTexts($"'services' of '{type}'").ConvertAll(s => s.Text); break;
                    case "why": why = ReadText("a reason"); break;
                    default: Unknown(key, at, ["services", "why"]); break;
                }
            });
        }
        else
        {
            services = ReadTexts($"'{type}'").ConvertAll(s => s.Text);
        }

        if (services.Distinct().Count() < 2)
            Tell(line, $"'{type}' is contested by fewer than two services. List it under the one it belongs to.");
        if (Pattern(type, line) is { } pattern)
            _contested.Add(new ContestedType(pattern, services, why));
    }

    private void CheckServices()
    {
        var known = _services.Select(s => s.Name).ToHashSet();
        foreach (var contested in _contested)
        {
            foreach (var unknown in contested.Services.Where(s => !known.Contains(s)))
                Tell(contested.Type.Line, $"there is no service '{unknown}'. The services are: {string.Join(", ", known)}.");
        }
    }

    private List<TypePattern> ReadPatterns(string what) => [.. ReadTexts(what).Select(t => Pattern(t.Text, t.Line)).OfType<TypePattern>()];

    private TypePattern? Pattern(string text, long line)
    {
        if (text.Length > 0 && text.Split('.').All(part => part.Length > 0 && part.All(c => char.IsLetterOrDigit(c) || c is '_' or '*' or '?')))
            return new TypePattern(text, (int)line);
        Tell(line, $"'{text}' is not the name of a type. Write Order, Entities.Order, Order* or Outer.Nested.");
        return null;
    }

    private void ReadMapping(string what, Action<string, long> readValue)
    {
        if (!_parser.TryConsume<MappingStart>(out _))
        {
            Skip($"{what} is a list of 'key: value'");
            return;
        }

        var seen = new HashSet<string>();
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var line = _parser.Current!.Start.Line;
            if (!_parser.TryConsume<Scalar>(out var key))
            {
                Skip("a key is a word");
                _parser.SkipThisAndNestedEvents();
                continue;
            }

            if (!seen.Add(key.Value))
            {
                Tell(line, $"'{key.Value}' stands here twice.");
                _parser.SkipThisAndNestedEvents();
                continue;
            }

            readValue(key.Value, line);
        }
    }

    private List<(string Text, long Line)> ReadTexts(string what)
    {
        var texts = new List<(string, long)>();
        if (!_parser.TryConsume<SequenceStart>(out _))
        {
            Skip($"{what} is a list: [A, B]");
            return texts;
        }

        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            if (_parser.TryConsume<Scalar>(out var scalar))
                texts.Add((scalar.Value, scalar.Start.Line));
            else
                Skip($"{what} is a list of words");
        }

        return texts;
    }

    private string? ReadText(string what)
    {
        if (_parser.TryConsume<Scalar>(out var scalar))
            return scalar.Value;
        Skip($"{what} is a text");
        return null;
    }

    private void Unknown(string key, long line, string[] known)
    {
        Tell(line, $"'{key}' means nothing here. Known are: {string.Join(", ", known)}.");
        _parser.SkipThisAndNestedEvents();
    }

    private void Skip(string expected)
    {
        Tell(_parser.Current!.Start.Line, $"{expected}.");
        _parser.SkipThisAndNestedEvents();
    }

    private void Tell(long line, string sentence)
    {
        if (_problems.Count < ProblemsMax)
            _problems.Add($"{line}: {sentence}");
    }
}
