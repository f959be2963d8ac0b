using System.Text.RegularExpressions;
using Conway.CodeFacts;

namespace Conway.Decomposition.Bench.Truths;

/// <summary>Truth by where files lie, for systems whose modules are folders: lines <c>module REGEX</c> (the first group names the module), <c>module REGEX = NAME</c>
/// and <c>ignore REGEX</c>; the first that fits a path counts. <c>source</c> says where the system comes from.</summary>
internal static partial class TruthRules
{
    public static Truth Read(string path, Codebase code)
    {
        var rules = File.ReadLines(path).Where(l => l.StartsWith("module ", StringComparison.Ordinal) || l.StartsWith("ignore ", StringComparison.Ordinal)).Select(Rule).ToArray();
        var modules = new List<string>();
        var byFile = code.Files.Select(f => Module(f.Path)).ToArray();
        return new Truth([.. modules], [.. code.Types.Select(t => byFile[t.Place.File])]);

        int Module(string file)
        {
            foreach (var (isModule, pattern, name) in rules)
            {
                if (pattern.Match(file) is not { Success: true } match)
                {
                    continue;
                }

                if (!isModule)
                {
                    return -1;
                }

                var module = name ?? match.Groups[1].Value;
                var index = modules.FindIndex(m => string.Equals(m, module, StringComparison.OrdinalIgnoreCase));
                if (index < 0)
                {
                    modules.Add(module);
                    index = modules.Count - 1;
                }

                return index;
            }

            return -1;
        }
    }

    private static (bool IsModule, Regex Pattern, string? Name) Rule(string line)
    {
        var parts = Line().Match(line);
        return (line[0] == 'm', new Regex(parts.Groups[1].Value, RegexOptions.CultureInvariant), parts.Groups[2] is { Success: true } name ? name.Value : null);
    }

    [GeneratedRegex(@"^\S+ (.*?)(?: = (\S+))?\s*$")]
    private static partial Regex Line();
}
