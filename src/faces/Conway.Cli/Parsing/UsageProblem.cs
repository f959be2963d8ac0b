using System.CommandLine;
using Conway.Findings;

namespace Conway.Cli;

/// <summary>What is wrong with a command line, in one sentence, with what was probably meant.</summary>
internal static class UsageProblem
{
    public static string UnknownVerb(string word) =>
        word.StartsWith('-')
            ? $"there is no option '{word}'. 'conway --help' lists the verbs."
            : $"there is no verb '{word}'. {Hint(word, VerbCatalog.All.Select(v => v.Name), "'conway --help' lists all verbs.")}";

    /// <summary>What a word that looks like an option and is none is answered with; null when there is none such.</summary>
    /// <remarks>The parser would take it for an argument: <c>check --strct</c> would look for a file of that name.</remarks>
    public static string? UnknownOption(VerbEntry entry, Verb verb, IReadOnlyList<string> words)
    {
        var options = verb.Symbols.OfType<Option>().ToArray();
        for (var i = 0; i < words.Count && words[i] != "--"; i++)
        {
            if (words[i].Length < 2 || words[i][0] != '-')
            {
                continue;
            }

            // --output=json, --output:json, -ojson
            var name = words[i].Split('=', ':')[0];
            var option = options.FirstOrDefault(o => o.Name == name || o.Aliases.Contains(name))
                ?? (name[1] != '-' ? options.FirstOrDefault(o => o.Aliases.Any(a => a.Length == 2 && name.StartsWith(a, StringComparison.Ordinal))) : null);
            if (option is null)
            {
                return $"'{entry.Name}' has no option '{name}'. {Hint(name, options.SelectMany(o => o.Aliases.Append(o.Name)).Where(a => a.Length > 2), $"'conway {entry.Name} --help' lists them.")}";
            }

            // The next word is its value, even if it begins with '-'.
            if (option.ValueType != typeof(bool) && name == words[i] && (option.Name == name || option.Aliases.Contains(name)))
            {
                i++;
            }
        }

        return null;
    }

    public static string Of(VerbEntry entry, ParseResult line)
    {
        if (line.UnmatchedTokens.Count > 0)
        {
            return $"'{entry.Name}' does not know what to do with '{line.UnmatchedTokens[0]}'. 'conway {entry.Name} --help' shows what it takes.";
        }

        // The parser's own sentences end with a full stop or without, depending on the kind.
        var message = line.Errors[0].Message;
        return $"{message}{(message.EndsWith('.') || message.EndsWith('?') ? "" : ".")} 'conway {entry.Name} --help' shows what it takes.";
    }

    /// <summary><c>Did you mean 'check'?</c>, or what else to say.</summary>
    public static string Hint(string word, IEnumerable<string> candidates, string otherwise) =>
        DidYouMean.Closest(word, candidates) is { } meant ? $"Did you mean '{meant}'?" : otherwise;
}
