using System.Collections.Immutable;
using Conway.Decomposition.Constraining;

namespace Conway.Decomposition.Pricing;

/// <summary>Which units move as one because lines of the constraints hold them together.</summary>
/// <remarks>A pin holds nobody: whoever moves one of several that are pinned to a service moves that one alone.</remarks>
internal sealed class HeldTogether
{
    private readonly Dictionary<int, ImmutableArray<int>> _groups = [];

    public HeldTogether(BoundConstraints bound, int units)
    {
        if (ConstraintGroups.TryOf([.. bound.All.Where(c => c.Constraint is Together)], units) is not { } groups)
        {
            return;
        }

        foreach (var group in Enumerable.Range(0, units).GroupBy(groups.Of).Where(g => g.Count() > 1))
        {
            ImmutableArray<int> members = [.. group];
            foreach (var unit in members)
            {
                _groups[unit] = members;
            }
        }
    }

    /// <summary>The unit and everything that moves with it, ascending.</summary>
    public ImmutableArray<int> With(int unit) => _groups.TryGetValue(unit, out var group) ? group : [unit];
}
