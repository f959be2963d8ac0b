using System.Text.Json;
using System.Text.RegularExpressions;
using Conway.Findings;
using Conway.Model;
using Conway.Testing.Queries;

namespace Conway.Testing.Steps;

/// <summary>Reads a value of <c>expect</c> or <c>until</c>: <c>shipped</c>, <c>{ gt: 0 }</c>, <c>{ exists: false }</c>.</summary>
internal static class ConditionReader
{
    private static readonly string[] Words = ["exists", "matches", "gt", "lt"];

    /// <summary>The condition, or what is wrong and what to write instead.</summary>
    public static (Condition? Condition, string? Message, string? Mend) Read(JsonQuery query, JsonText text)
    {
        var written = JsonTemplate.Parse(text);
        if (written.ValueKind != JsonValueKind.Object)
        {
            return (new Condition { Query = query, Same = new JsonTemplate(written) }, null, null);
        }

        var demands = written.EnumerateObject().ToDictionary(m => m.Name, m => m.Value);
        if (demands.Count == 0)
        {
            return Wrong($"The condition for '{query.Text}' demands nothing.", "Write a value, or one or more of exists, matches, gt, lt.");
        }

        if (demands.Keys.FirstOrDefault(k => !Words.Contains(k)) is { } unknown)
        {
            return Wrong($"A condition has no '{unknown}'.", DidYouMean.Closest(unknown, Words) is { } meant ? $"Write '{meant}'." : $"Write one of exists, matches, gt, lt; to compare a member of an object, name it in the query: {query.Text}.{unknown}.");
        }

        Regex? matches = null;
        if (demands.TryGetValue("matches", out var pattern) && !TryRegex(pattern, out matches))
        {
            return Wrong($"'{Captures.Text(pattern)}' is not a regular expression.", "Write one without look-around and back-references, such as ^ord-[0-9]+$.");
        }

        if (demands.TryGetValue("exists", out var exists) && exists.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            return Wrong($"'exists' is true or false, not {exists.GetRawText()}.", "Write true or false.");
        }

        foreach (var word in new[] { "gt", "lt" })
        {
            if (demands.TryGetValue(word, out var bound) && bound.ValueKind != JsonValueKind.Number && !(bound.ValueKind == JsonValueKind.String && new TextTemplate(bound.GetString()!).Whole is not null))
            {
                return Wrong($"'{word}' compares numbers, and {bound.GetRawText()} is none.", "Write a number, or one \"${name}\" that was kept before.");
            }
        }

        return (new Condition
        {
            Query = query,
            Exists = exists.ValueKind == JsonValueKind.Undefined ? null : exists.GetBoolean(),
            Matches = matches,
            Greater = demands.TryGetValue("gt", out var greater) ? new JsonTemplate(greater) : null,
            Less = demands.TryGetValue("lt", out var less) ? new JsonTemplate(less) : null,
        }, null, null);
    }

    private static (Condition?, string?, string?) Wrong(string message, string mend) => (null, message, mend);

    // Without backtracking the time to match grows with the text alone, whatever the expression and whatever the answer.
    private static bool TryRegex(JsonElement pattern, out Regex? regex)
    {
        regex = null;
        try
        {
            regex = pattern.ValueKind == JsonValueKind.String ? new Regex(pattern.GetString()!, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking) : null;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
        }

        return regex is not null;
    }
}
