using System.Text.RegularExpressions;

namespace Conway.CodeFacts.Projects;

/// <summary>The conditions that project files really have: comparisons and a few questions about names, joined by <c>and</c>, <c>or</c> and parentheses.</summary>
internal static partial class BuildCondition
{
    /// <summary>Nobody writes more parentheses within parentheses.</summary>
    private const int DepthMax = 32;

    /// <summary>Whether a condition holds; null when that cannot be told without building.</summary>
    public static bool? Holds(string? condition, Func<string, string> expand) =>
        string.IsNullOrWhiteSpace(condition) ? true : Any(condition.Trim(), expand, 0);

    // 'and' binds closer than 'or'.
    private static bool? Any(string text, Func<string, string> expand, int depth)
    {
        bool? any = false;
        foreach (var alternative in Split(text, "or"))
        {
            bool? all = true;
            foreach (var part in Split(alternative, "and"))
            {
                all = Both(all, Part(part.Trim(), expand, depth));
            }

            any = any == true || all == true ? true : any is null || all is null ? null : false;
        }

        return any;
    }

    private static bool? Both(bool? a, bool? b) => a == false || b == false ? false : a is null || b is null ? null : true;

    private static bool? Part(string text, Func<string, string> expand, int depth)
    {
        if (depth > DepthMax)
        {
            return null;
        }

        if (text.StartsWith('!') && text[1..].TrimStart() is var negated && negated.StartsWith('(') && Inner(negated) is { } inverted)
        {
            return !Any(inverted, expand, depth + 1);
        }

        return text.StartsWith('(') && Inner(text) is { } inner ? Any(inner, expand, depth + 1) : One(text, expand);
    }

    /// <summary>What stands between the parentheses around a whole text; null when they are not around all of it.</summary>
    private static string? Inner(string text)
    {
        var (depth, isQuoted) = (0, false);
        for (var i = 0; i < text.Length; i++)
        {
            isQuoted ^= text[i] == '\'';
            depth += isQuoted ? 0 : text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
            if (depth == 0)
            {
                return i == text.Length - 1 ? text[1..^1].Trim() : null;
            }
        }

        return null;
    }

    /// <summary>Parts between a word, where it stands outside of quotation marks and parentheses.</summary>
    private static List<string> Split(string text, string word)
    {
        var (parts, from, depth, isQuoted) = (new List<string>(), 0, 0, false);
        for (var i = 0; i < text.Length; i++)
        {
            isQuoted ^= text[i] == '\'';
            depth += isQuoted ? 0 : text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
            if (!isQuoted && depth == 0 && i > 0 && IsBorder(text[i - 1]) && string.Compare(text, i, word, 0, word.Length, StringComparison.OrdinalIgnoreCase) == 0
                && i + word.Length < text.Length && IsBorder(text[i + word.Length]))
            {
                parts.Add(text[from..i]);
                (from, i) = (i + word.Length, i + word.Length - 1);
            }
        }

        parts.Add(text[from..]);
        return parts;
    }

    private static bool IsBorder(char sign) => char.IsWhiteSpace(sign) || sign is '(' or ')' or '\'';

    private static bool? One(string text, Func<string, string> expand)
    {
        if (Comparison().Match(text) is { Success: true } comparison)
        {
            var (left, right) = (expand(comparison.Groups[1].Value.Trim()), expand(comparison.Groups[3].Value.Trim()));
            if (left.Contains("$(", StringComparison.Ordinal) || right.Contains("$(", StringComparison.Ordinal))
            {
                return null;
            }

            return string.Equals(left, right, StringComparison.OrdinalIgnoreCase) == (comparison.Groups[2].Value == "==");
        }

        if (Question().Match(text) is { Success: true } question)
        {
            var (subject, asked) = (expand($"$({question.Groups[2].Value})"), question.Groups[4].Value);
            bool? answer = question.Groups[3].Value switch
            {
                "EndsWith" => subject.EndsWith(asked, StringComparison.Ordinal),
                "StartsWith" => subject.StartsWith(asked, StringComparison.Ordinal),
                _ => subject.Contains(asked, StringComparison.Ordinal),
            };
            return question.Groups[1].Value.Length > 0 ? !answer : answer;
        }

        return expand(text).Trim('\'', ' ').ToLowerInvariant() switch { "true" => true, "false" => false, _ => null };
    }

    [GeneratedRegex(@"^'?([^'=!]*)'?\s*(==|!=)\s*'?([^']*)'?$")]
    private static partial Regex Comparison();

    // !$(MSBuildProjectName.EndsWith('.Tests'))   '$(MSBuildProjectName.Contains("Tests"))'
    [GeneratedRegex(@"^(!?)\s*'?\$\(\s*(\w+)\.(EndsWith|StartsWith|Contains)\(\s*['""`]([^'""`]*)['""`]\s*\)\s*\)'?(?:\s*==\s*'?true'?)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Question();
}
