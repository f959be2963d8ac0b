namespace Conway.Decomposition.Linking;

/// <summary>Two units that a view beside the code draws together.</summary>
/// <param name="A">The lesser.</param>
/// <param name="B">The greater.</param>
/// <param name="Strength">Above 0, in the view's own scale.</param>
/// <param name="Fact">Index into the table that it comes from.</param>
public readonly record struct ViewPair(int A, int B, double Strength, int Fact);

/// <summary>A view beside the code, and whether it was believed.</summary>
/// <param name="Evidence">Which.</param>
/// <param name="Agreement">1 when all its weight lies within what the code holds together, 0 when as much does as chance would put there; null when the
/// view says nothing.</param>
/// <param name="IsUsed">Whether it agrees by enough to be used.</param>
public sealed record ViewUse(EvidenceKind Evidence, double? Agreement, bool IsUsed)
{
    /// <summary>(share within communities - chance) / (1 - chance), as Cohen's kappa does for two raters.</summary>
    /// <param name="communities">What the code holds together.</param>
    public static double? AgreementOf(IReadOnlyList<ViewPair> pairs, Partition communities)
    {
        var (within, all) = (0.0, 0.0);
        var strengths = new double[communities.Count];
        foreach (var (a, b, strength, _) in pairs)
        {
            if (communities[a] != Partition.None && communities[b] != Partition.None)
            {
                all += strength;
                within += communities[a] == communities[b] ? strength : 0;
                strengths[communities[a]] += strength;
                strengths[communities[b]] += strength;
            }
        }

        if (all == 0)
        {
            return null;
        }

        var chance = strengths.Sum(s => s / (2 * all) * (s / (2 * all)));
        return chance >= 1 ? null : ((within / all) - chance) / (1 - chance);
    }
}
