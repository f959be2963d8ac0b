using System.Collections.Immutable;
using Conway.Findings;

namespace Conway.Decomposition.Constraining;

/// <summary>The fewest lines that already cannot all hold.</summary>
public static class Contradiction
{
    /// <summary>Lines that contradict each other, such that without any one of them the others hold; empty when all can hold.</summary>
    public static ImmutableArray<BoundConstraint> Smallest(BoundConstraints constraints, int units)
    {
        if (ConstraintGroups.TryOf(constraints.All, units) is not null)
        {
            return [];
        }

        // One line after the other is left out for good if the rest still contradict each other. The first lines go first: what was written last is
        // what somebody is waiting to hear of.
        var left = constraints.All;
        for (var i = 0; i < left.Length;)
        {
            var without = left.RemoveAt(i);
            if (ConstraintGroups.TryOf(without, units) is null)
            {
                left = without;
            }
            else
            {
                i++;
            }
        }

        return left;
    }

    /// <summary>The finding that names them; null when there is none.</summary>
    public static Finding? Find(BoundConstraints constraints, int units, string path)
    {
        var lines = Smallest(constraints, units);
        return lines.IsEmpty ? null : new Finding
        {
            Rule = DecompositionFindings.Contradiction,
            Message = $"These constraints cannot all hold: {string.Join("; ", lines.Select(l => $"line {l.Line} `{l.Constraint}`"))}.",
            Mend = lines.Length == 1 ? "Change that line." : "Change or remove one of these lines.",
            Place = new SourceSpan(path, lines[^1].Line, 1, 1),
            Evidence = [.. lines.Take(Finding.EvidenceMax).Select(l => new Evidence(l.Constraint.Text, new SourceSpan(path, l.Line, 1, l.Constraint.Text.Length)))],
        };
    }
}
