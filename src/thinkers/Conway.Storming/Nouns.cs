namespace Conway.Storming;

/// <summary>What a command or event is about, by its words. English only: elsewhere the board has to say it (<c>on</c>).</summary>
internal static class Nouns
{
    private static readonly string[] Small = ["the", "a", "an", "to", "for", "from", "of", "in", "on", "with", "by", "at"];

    private static readonly string[] Auxiliary = ["was", "were", "is", "has", "have", "had", "been", "be", "got", "not"];

    /// <summary><c>Place the order</c>: Order</summary>
    public static string OfCommand(string words)
    {
        var all = Words(words);
        return Noun(all.Length > 1 ? all[1..] : all);
    }

    /// <summary><c>Order was placed by customer</c>: Order</summary>
    public static string OfEvent(string words)
    {
        var all = Words(words);
        var verb = Array.FindIndex(all, 1 < all.Length ? 1 : 0, w => Auxiliary.Contains(w.ToLowerInvariant()) || w.EndsWith("ed", StringComparison.OrdinalIgnoreCase));
        return Noun(verb > 0 ? all[..verb] : all.Length > 1 ? all[..^1] : all);
    }

    private static string[] Words(string text)
    {
        var all = text.Split([' ', '\t', '_', '-', '.', ',', '!', '?', '(', ')'], StringSplitOptions.RemoveEmptyEntries);
        return all.Length == 1 ? Humps(all[0]) : all;
    }

    // OrderPlaced
    private static string[] Humps(string word)
    {
        var parts = new List<string>();
        var start = 0;
        for (var i = 1; i < word.Length; i++)
        {
            if (char.IsUpper(word[i]) && !char.IsUpper(word[i - 1]))
            {
                parts.Add(word[start..i]);
                start = i;
            }
        }

        parts.Add(word[start..]);
        return [.. parts];
    }

    private static string Noun(string[] words)
    {
        // Up to a small word that is not the first: "order for a friend" is about the order.
        var meant = words.SkipWhile(w => Small.Contains(w.ToLowerInvariant())).TakeWhile(w => !Small.Contains(w.ToLowerInvariant())).ToArray();
        return string.Join(' ', meant.Length > 0 ? meant : words);
    }
}
