using System.CommandLine;

namespace Conway.Cli;

/// <summary>Answers the completion scripts: <c>conway complete POSITION LINE</c> prints one candidate a line.</summary>
internal static class CompletionAnswers
{
    public const string Verb = "complete";

    public static ExitCode Write(string[] words, Terminal terminal)
    {
        if (words.Length == 2 && int.TryParse(words[0], out var position))
        {
            foreach (var candidate in For(words[1], position))
            {
                terminal.Output.WriteLine(candidate);
            }
        }

        // A shell that completes must never see an error.
        return ExitCode.Ok;
    }

    public static IEnumerable<string> For(string line, int position)
    {
        var before = line[..Math.Clamp(position, 0, line.Length)];
        var words = before.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var typed = before.EndsWith(' ') || words.Length == 0 ? "" : words[^1];
        var verbIsComplete = words.Length > 2 || (words.Length == 2 && typed.Length == 0);
        if (!verbIsComplete)
        {
            return VerbCatalog.All.Select(v => v.Name).Where(n => n.StartsWith(typed, StringComparison.Ordinal));
        }

        if (VerbCatalog.Find(words[1]) is not { } entry)
        {
            return [];
        }

        var verb = entry.Create();
        var previous = typed.Length == 0 ? words[^1] : words[^2];
        var options = verb.Symbols.OfType<Option>().ToArray();
        var asked = options.FirstOrDefault(o => o.ValueType != typeof(bool) && (o.Name == previous || o.Aliases.Contains(previous)));
        var candidates = asked is not null ? Labels(asked)
            : typed.StartsWith('-') ? options.Select(o => o.Name).Concat(["--help", "--quiet", "--no-color"])
            : verb.Symbols.OfType<Argument>().SelectMany(Labels);
        return candidates.Where(c => c.StartsWith(typed, StringComparison.Ordinal)).Order(StringComparer.Ordinal);
    }

    private static IEnumerable<string> Labels(Symbol symbol) =>
        symbol.GetCompletions(System.CommandLine.Completions.CompletionContext.Empty).Select(c => c.Label);
}
