using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Conway.Findings;

namespace Conway.Decomposition.Constraining;

/// <summary>One line of a constraints file to what it asks for.</summary>
internal static partial class ConstraintReader
{
    private static readonly string[] Words = ["together", "apart", "pin", "services", "size", "technical", "team"];

    /// <summary>What the line asks for; null for blanks, comments, and lines that are not understood.</summary>
    /// <param name="problem">What is wrong with it, without place; null when nothing is.</param>
    public static Constraint? Read(string line, out Finding? problem)
    {
        problem = null;
        var comment = line.TrimStart().StartsWith('#') ? 0 : Comment().Match(line) is { Success: true } found ? found.Index : line.Length;
        var words = line[..comment].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0)
        {
            return null;
        }

        var rest = words[1..];
        switch (words[0])
        {
            case "together": return Types(words, 2, "together Order OrderLine", out problem) is { } together ? new Together(together) : null;
            case "apart": return Types(words, 2, "apart Customer CreditCheck", out problem) is { } apart ? new Apart(apart) : null;
            case "technical": return Types(words, 1, "technical Clock", out problem) is { } technical ? new Technical(technical) : null;
            case "pin": return ReadPin(rest, out problem);
            case "services": return ReadBounds(words, "services 4..8", out problem) is { } count ? new ServiceCount(count) : null;
            case "size": return ReadBounds(words, "size 5..80", out problem) is { } size ? new ServiceSize(size) : null;
            case "team": return ReadTeam(rest, out problem);
            default:
                var meant = DidYouMean.Closest(words[0], Words);
                problem = new Finding
                {
                    Rule = DecompositionFindings.UnknownLine,
                    Message = $"'{Short(words[0])}' is none of the words that a line of constraints begins with.",
                    Mend = meant is null ? $"Begin the line with {string.Join(", ", Words[..^1])} or {Words[^1]}, or with # if it is a comment." : $"Write '{meant}'.",
                };
                return null;
        }
    }

    private static ImmutableArray<TypePattern>? Types(string[] words, int least, string example, out Finding? problem)
    {
        if (words.Length - 1 < least)
        {
            problem = Broken($"'{words[0]}' names {(words.Length == 1 ? "no type" : "one type")}, and it needs {(least == 1 ? "one" : "two")}.", example);
            return null;
        }

        return Patterns(words[1..], example, out problem);
    }

    private static ImmutableArray<TypePattern>? Patterns(string[] names, string example, out Finding? problem)
    {
        problem = names.FirstOrDefault(n => !Name().IsMatch(n)) is { } wrong ? Broken($"'{Short(wrong)}' cannot be the name of a type.", example) : null;
        return problem is null ? [.. names.Select(n => new TypePattern(n))] : null;
    }

    private static Pin? ReadPin(string[] words, out Finding? problem)
    {
        const string Example = "pin Coupon -> pricing";
        if (words.Length < 3 || words[^2] != "->" || words[..^2].Contains("->"))
        {
            problem = Broken("A pin names types, then '->', then one service.", Example);
            return null;
        }

        if (!Service().IsMatch(words[^1]))
        {
            problem = Broken($"'{Short(words[^1])}' cannot be the name of a service: small letters, digits and '-', at most 63, a letter first.", Example);
            return null;
        }

        return Patterns(words[..^2], Example, out problem) is { } types ? new Pin(types, words[^1]) : null;
    }

    private static OwnedBy? ReadTeam(string[] words, out Finding? problem)
    {
        const string Example = "team checkout: Basket* Order";
        if (words.Length < 2 || words[0].Length < 2 || !words[0].EndsWith(':'))
        {
            problem = Broken("A team has a name, then ':', then the types it owns.", Example);
            return null;
        }

        return Patterns(words[1..], Example, out problem) is { } types ? new OwnedBy(words[0][..^1], types) : null;
    }

    private static Bounds? ReadBounds(string[] words, string example, out Finding? problem)
    {
        if (words.Length == 2 && Bounds.TryParse(words[1], out var bounds))
        {
            problem = null;
            return bounds;
        }

        problem = Broken(words.Length == 1 ? $"'{words[0]}' has no number." : $"'{Short(string.Join(' ', words[1..]))}' is not a number from 1, nor two with '..' between, the lesser first.", example);
        return null;
    }

    private static Finding Broken(string message, string example) =>
        new() { Rule = DecompositionFindings.BrokenLine, Message = message, Mend = $"Write it like this: {example}" };

    private static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";

    [GeneratedRegex(@"\s#")]
    private static partial Regex Comment();

    [GeneratedRegex(@"^[\p{L}_@*?][\p{L}\p{N}_@*?]*(\.[\p{L}\p{N}_@*?]+)*$")]
    private static partial Regex Name();

    [GeneratedRegex("^[a-z][a-z0-9-]{0,62}$")]
    private static partial Regex Service();
}
