using System.Collections.Immutable;

namespace Conway.Decomposition.Pricing;

/// <summary>The types that a signature takes and gives, as written.</summary>
internal static class SignatureTypes
{
    /// <summary><c>Task&lt;Order&gt; Place(Guid id, Money total)</c> takes <c>Guid</c> and <c>Money</c> and gives <c>Order</c>, what is around it being taken off.</summary>
    public static (ImmutableArray<string> Inputs, ImmutableArray<string> Outputs) Of(string signature)
    {
        var open = signature.IndexOf('(', StringComparison.Ordinal);
        if (open < 0)
        {
            return ([], []);
        }

        var close = signature.LastIndexOf(')');
        var inside = close > open ? signature[(open + 1)..close] : signature[(open + 1)..];
        var before = signature[..open].TrimEnd();
        var end = before.LastIndexOf(' ');
        return (Distinct(Parameters(inside)), Distinct(end < 0 ? [] : [Bare(before[..end])]));
    }

    private static IEnumerable<string> Parameters(string inside)
    {
        var (depth, from) = (0, 0);
        for (var i = 0; i <= inside.Length; i++)
        {
            if (i < inside.Length && inside[i] is '<' or '(' or '[' or '{')
            {
                depth++;
            }
            else if (i < inside.Length && inside[i] is '>' or ')' or ']' or '}')
            {
                depth--;
            }

            if (i == inside.Length || (inside[i] == ',' && depth == 0))
            {
                var parameter = inside[from..i].Split('=')[0].Trim();
                var space = parameter.LastIndexOf(' ');
                if (space > 0)
                {
                    yield return Bare(parameter[..space]);
                }

                from = i + 1;
            }
        }
    }

    private static ImmutableArray<string> Distinct(IEnumerable<string> types) =>
        [.. types.Where(t => t is not ("" or "void" or "Task" or "ValueTask" or "CancellationToken")).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Without modifiers, and without what only says how a value is handed over.</summary>
    private static string Bare(string type)
    {
        var word = type.Trim();
        word = word[(LastOutside(word) + 1)..].TrimEnd('?');
        foreach (var around in (string[])["Task<", "ValueTask<", "ActionResult<", "IEnumerable<", "IReadOnlyList<", "List<", "IAsyncEnumerable<"])
        {
            if (word.StartsWith(around, StringComparison.Ordinal) && word.EndsWith('>'))
            {
                return Bare(word[around.Length..^1]);
            }
        }

        return word;
    }

    /// <summary>The last blank that is not within brackets.</summary>
    private static int LastOutside(string text)
    {
        var depth = 0;
        for (var i = text.Length - 1; i >= 0; i--)
        {
            depth += text[i] is '>' or ')' or ']' ? 1 : text[i] is '<' or '(' or '[' ? -1 : 0;
            if (text[i] == ' ' && depth == 0)
            {
                return i;
            }
        }

        return -1;
    }
}
