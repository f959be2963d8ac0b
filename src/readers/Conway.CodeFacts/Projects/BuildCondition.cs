using System.Text.RegularExpressions;

namespace Conway.CodeFacts.Projects;

/// <summary>The conditions that project files really have: comparisons joined by <c>and</c> or <c>or</c>, and a few questions about names.</summary>
internal static partial class BuildCondition
{
    /// <summary>Whether a condition holds; null when that cannot be told without building.</summary>
    public static bool? Holds(string? condition, Func<string, string> expand)
    {
        if (string.IsNullOrWhiteSpace(condition))
        {
            return true;
        }

        // Nested parentheses are rare; what they say is left open rather than guessed.
        var text = condition.Trim();
        while (text.StartsWith('(') && text.EndsWith(')') && text.IndexOf(')') == text.Length - 1)
        {
            text = text[1..^1].Trim();
        }

        if (Call().Replace(text, "").Contains('('))
        {
            return null;
        }

        bool? any = false;
        foreach (var alternative in Or().Split(text))
        {
            bool? all = true;
            foreach (var part in And().Split(alternative))
            {
                all = Both(all, One(part.Trim(), expand));
            }

            any = any == true || all == true ? true : any is null || all is null ? null : false;
        }

        return any;
    }

    private static bool? Both(bool? a, bool? b) => a == false || b == false ? false : a is null || b is null ? null : true;

    private static bool? One(string text, Func<string, string> expand)
    {
        if (Comparison().Match(text) is { Success: true } comparison)
        {
            var (left, right) = (expand(comparison.Groups[1].Value), expand(comparison.Groups[3].Value));
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

    // $(Name), $(Name.EndsWith('.Tests'))
    [GeneratedRegex(@"\$\((?:[^()]|\([^()]*\))*\)")]
    private static partial Regex Call();

    [GeneratedRegex(@"\s+or\s+", RegexOptions.IgnoreCase)]
    private static partial Regex Or();

    [GeneratedRegex(@"\s+and\s+", RegexOptions.IgnoreCase)]
    private static partial Regex And();

    [GeneratedRegex(@"^'?([^'=!]*)'?\s*(==|!=)\s*'?([^']*)'?$")]
    private static partial Regex Comparison();

    // !$(MSBuildProjectName.EndsWith('.Tests'))   '$(MSBuildProjectName.Contains("Tests"))'
    [GeneratedRegex(@"^(!?)\s*'?\$\(\s*(\w+)\.(EndsWith|StartsWith|Contains)\(\s*['""`]([^'""`]*)['""`]\s*\)\s*\)'?(?:\s*==\s*'?true'?)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Question();
}
