namespace Conway.Findings;

/// <summary>Finds the name a person most likely meant.</summary>
public static class DidYouMean
{
    /// <summary>The closest candidate by edit distance (adjacent swaps count one), or null when none is close:
    /// the distance may be at most a third of the longer word, and at least one is always allowed for words of three letters and more.</summary>
    public static string? Closest(string word, IEnumerable<string> candidates)
    {
        string? best = null;
        var bestDistance = int.MaxValue;
        foreach (var candidate in candidates)
        {
            // Very long words are never typing mistakes of each other, and the table below is quadratic.
            if (candidate.Length > 128 || word.Length > 128)
            {
                continue;
            }

            var allowed = Math.Max(word.Length, candidate.Length) < 3 ? 0 : Math.Max(1, Math.Max(word.Length, candidate.Length) / 3);
            var distance = string.Equals(word, candidate, StringComparison.OrdinalIgnoreCase) ? 0 : Distance(word, candidate);
            if (distance <= allowed && (distance < bestDistance || (distance == bestDistance && string.CompareOrdinal(candidate, best) < 0)))
            {
                best = candidate;
                bestDistance = distance;
            }
        }

        return best;
    }

    /// <summary>Optimal string alignment distance (Damerau 1964, restricted).</summary>
    private static int Distance(string a, string b)
    {
        var table = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            table[i, 0] = i;
        }

        for (var j = 0; j <= b.Length; j++)
        {
            table[0, j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                var distance = Math.Min(Math.Min(table[i - 1, j] + 1, table[i, j - 1] + 1), table[i - 1, j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    distance = Math.Min(distance, table[i - 2, j - 2] + 1);
                }

                table[i, j] = distance;
            }
        }

        return table[a.Length, b.Length];
    }
}
