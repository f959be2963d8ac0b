using Conway.Decomposition.Graphs;

namespace Conway.Decomposition.Homes;

/// <summary>Moves single units to the cluster that they are tied to and whose words they speak.</summary>
/// <remarks><para>Words join no two units: as links they draw together what modules keep apart. Here a word speaks for a cluster by the share of its
/// other uses that the cluster has, so that one that is used everywhere speaks for nobody, and one that is used twice says little.</para>
/// <para>Places are where somebody once put things, by layer or by module. Their words count only where most of a word's uses are together already.</para>
/// <para>A unit's words count at most <see cref="Words"/> of what its ties do: they decide where ties are divided.</para></remarks>
internal sealed class WordMoves
{
    /// <summary>What words count for that all are one cluster's, against all ties of a unit.</summary>
    private const double Words = 0.7;

    /// <summary>So many uses make a word count half.</summary>
    private const double Uses = 2;

    /// <summary>See <see cref="Clustering.LeidenOptions.Resolution"/>.</summary>
    private const double Resolution = 0.8;

    /// <summary>A place is believed where the code agrees with it: when one cluster has this share of its uses.</summary>
    private const double Together = 0.5;

    /// <summary>Moves go on for as long as something moves, but no longer.</summary>
    private const int RoundsMax = 4;

    /// <summary>A cluster is not emptied: it keeps as many.</summary>
    private const int SizeMin = 3;

    private readonly WeightedGraph _graph;
    private readonly int[][] _words;
    private readonly double[] _rarity;
    private readonly bool[] _isPlace;
    private readonly int[] _label;
    private readonly int[] _sizes;
    private readonly long[] _strengths;
    private readonly int[] _uses;
    private readonly Dictionary<int, int>[] _usesIn;
    private readonly long[] _ties;
    private readonly double[] _spoken;
    private readonly SortedSet<int> _near = [];

    private WordMoves(WeightedGraph graph, IEnumerable<IEnumerable<SpokenWord>> words, Partition clusters)
    {
        _graph = graph;
        var ids = new Dictionary<SpokenWord, int>();
        _words = [.. words.Select(w => w.Distinct().Select(Id).ToArray())];
        _isPlace = new bool[ids.Count];
        foreach (var (word, id) in ids)
        {
            _isPlace[id] = word.IsPlace;
        }

        _label = clusters.Labels.ToArray();
        _sizes = new int[clusters.Count];
        _strengths = new long[clusters.Count];
        _uses = new int[ids.Count];
        _usesIn = [.. ids.Select(_ => new Dictionary<int, int>())];
        (_ties, _spoken) = (new long[clusters.Count], new double[clusters.Count]);
        for (var unit = 0; unit < _label.Length; unit++)
        {
            if (_label[unit] != Partition.None)
            {
                Count(unit, 1);
            }
        }

        _rarity = [.. _uses.Select(n => ExactLog.Ln(1 + ((double)graph.Count / Math.Max(1, n))))];

        int Id(SpokenWord word) => ids.TryGetValue(word, out var id) ? id : ids[word] = ids.Count;
    }

    /// <summary>The clusters after the moves: as many as before.</summary>
    /// <param name="graph">Ties between units.</param>
    /// <param name="words">For each unit the words that it speaks.</param>
    /// <param name="clusters">Where units are; those in none may find a place.</param>
    public static Partition Run(WeightedGraph graph, IEnumerable<IEnumerable<SpokenWord>> words, Partition clusters)
    {
        var moves = new WordMoves(graph, words, clusters);
        for (var round = 0; round < RoundsMax && moves.Round(); round++)
        {
        }

        return Partition.Of(moves._label);
    }

    private bool Round()
    {
        var moved = false;
        for (var unit = 0; unit < _label.Length; unit++)
        {
            if (_words[unit].Length > 0 && (_label[unit] == Partition.None || _sizes[_label[unit]] > SizeMin))
            {
                moved |= Move(unit);
            }
        }

        return moved;
    }

    private bool Move(int unit)
    {
        var from = _label[unit];
        if (from != Partition.None)
        {
            _near.Add(from);
            Count(unit, -1);
        }

        Weigh(unit);
        var (best, most) = (from, from == Partition.None ? double.NegativeInfinity : Worth(unit, from));
        foreach (var cluster in _near)
        {
            if (Worth(unit, cluster) is var worth && worth > most)
            {
                (best, most) = (cluster, worth);
            }
        }

        foreach (var cluster in _near)
        {
            (_ties[cluster], _spoken[cluster]) = (0, 0);
        }

        _near.Clear();
        _label[unit] = best;
        if (best != Partition.None)
        {
            Count(unit, 1);
        }

        return best != from;
    }

    /// <summary>Sums up ties and words by cluster, the unit itself being in none.</summary>
    private void Weigh(int unit)
    {
        var neighbours = _graph.Neighbours(unit);
        var weights = _graph.Weights(unit);
        for (var i = 0; i < neighbours.Length; i++)
        {
            if (_label[neighbours[i]] is var cluster && cluster != Partition.None)
            {
                _near.Add(cluster);
                _ties[cluster] += weights[i];
            }
        }

        var all = _words[unit].Sum(w => _rarity[w]);
        foreach (var word in _words[unit])
        {
            if (_isPlace[word] && _usesIn[word].Values.DefaultIfEmpty(0).Max() < Together * _uses[word])
            {
                continue;
            }

            foreach (var (cluster, uses) in _usesIn[word])
            {
                _near.Add(cluster);
                _spoken[cluster] += _rarity[word] / all * uses / (_uses[word] + Uses);
            }
        }
    }

    private double Worth(int unit, int cluster)
    {
        var strength = _graph.Strength(unit);
        var chance = Resolution * strength * _strengths[cluster] / Math.Max(1, _graph.TotalStrength);
        return _ties[cluster] - chance + (Words * Math.Max(1, strength) * _spoken[cluster]);
    }

    private void Count(int unit, int sign)
    {
        var cluster = _label[unit];
        _sizes[cluster] += sign;
        _strengths[cluster] += sign * _graph.Strength(unit);
        foreach (var word in _words[unit])
        {
            _uses[word] += sign;
            if ((_usesIn[word][cluster] = _usesIn[word].GetValueOrDefault(cluster) + sign) == 0)
            {
                _usesIn[word].Remove(cluster);
            }
        }
    }
}

/// <summary>A word that a unit speaks.</summary>
/// <param name="Text">In small letters.</param>
/// <param name="IsPlace">Whether it stands in the name of the place where the unit is, and not in its own.</param>
internal readonly record struct SpokenWord(string Text, bool IsPlace);
