using System.Collections.Immutable;

namespace Conway.Decomposition.Splitting;

/// <summary>Units that hold together, and how they come apart best. See <see cref="SplitTree"/>.</summary>
public sealed class SplitNode
{
    private readonly SplitTree _tree;
    private (SplitNode Less, SplitNode More)? _parts;
    private bool _looked;
    private double _conductance = double.PositiveInfinity;

    internal SplitNode(SplitTree tree, ImmutableArray<int> units, int level) => (_tree, Units, Level) = (tree, units, level);

    /// <summary>The units, ascending.</summary>
    public ImmutableArray<int> Units { get; }

    /// <summary>The share of the weight of the lesser part that the best split would cut: near 0 for units that only happen to be together, near 1 for one thing.
    /// <see cref="double.PositiveInfinity"/> when there is no way to split them.</summary>
    public double Conductance
    {
        get
        {
            Look();
            return _conductance;
        }
    }

    /// <summary>The parts of the best split, the lesser first; null when there is none.</summary>
    public (SplitNode Less, SplitNode More)? Parts
    {
        get
        {
            Look();
            return _parts;
        }
    }

    internal int Level { get; }

    private void Look()
    {
        if (!_looked)
        {
            _looked = true;
            if (_tree.Split(this) is { } split)
            {
                (_parts, _conductance) = ((split.Less, split.More), split.Conductance);
            }
        }
    }
}
