using Conway.Decomposition.Graphs;

namespace Conway.Decomposition.Clustering;

/// <summary>The fast local moves of <see cref="Leiden"/>: a node goes where it gains most; only nodes whose neighbours moved are looked at again.</summary>
internal sealed class NodeMoves
{
    private readonly WeightedGraph _graph;
    private readonly double _chance;
    private readonly int[] _labels;
    private readonly long[] _strengths;
    private readonly int[] _sizes;
    private readonly Stack<int> _empty = new();

    public NodeMoves(WeightedGraph graph, Partition start, double resolution)
    {
        _graph = graph;
        _chance = resolution / graph.TotalStrength;
        _labels = start.Labels.ToArray();
        _strengths = new long[graph.Count];
        _sizes = new int[graph.Count];
        for (var node = 0; node < graph.Count; node++)
        {
            _strengths[_labels[node]] += graph.Strength(node);
            _sizes[_labels[node]]++;
        }

        for (var label = graph.Count - 1; label >= start.Count; label--)
        {
            _empty.Push(label);
        }
    }

    public Partition Run(ref SeededBits bits)
    {
        var order = new int[_graph.Count];
        for (var node = 0; node < order.Length; node++)
        {
            order[node] = node;
        }

        bits.Shuffle(order);
        var queue = new Queue<int>(order);
        var waits = new bool[_graph.Count];
        Array.Fill(waits, true);
        var weightTo = new long[_graph.Count];
        var touched = new List<int>();

        // Every move raises the modularity, so that this ends; the bound is against rounding that would go round in a circle.
        var movesLeft = 64L * (_graph.Count + 16);
        while (queue.TryDequeue(out var node) && movesLeft > 0)
        {
            waits[node] = false;
            if (!Move(node, weightTo, touched))
            {
                continue;
            }

            movesLeft--;
            foreach (var neighbour in _graph.Neighbours(node))
            {
                if (!waits[neighbour] && _labels[neighbour] != _labels[node])
                {
                    waits[neighbour] = true;
                    queue.Enqueue(neighbour);
                }
            }
        }

        return Partition.Of(_labels);
    }

    private bool Move(int node, long[] weightTo, List<int> touched)
    {
        var from = _labels[node];
        var neighbours = _graph.Neighbours(node);
        var weights = _graph.Weights(node);
        for (var i = 0; i < neighbours.Length; i++)
        {
            var label = _labels[neighbours[i]];
            if (weightTo[label] == 0)
            {
                touched.Add(label);
            }

            weightTo[label] += weights[i];
        }

        var strength = _graph.Strength(node);
        _strengths[from] -= strength;
        _sizes[from]--;
        var best = from;
        var bestGain = weightTo[from] - (_chance * strength * _strengths[from]);

        // Alone is worth 0; worth a move when it is better than to stay.
        if (bestGain < 0 && _sizes[from] > 0)
        {
            (best, bestGain) = (_empty.Peek(), 0);
        }

        foreach (var label in touched)
        {
            var gain = weightTo[label] - (_chance * strength * _strengths[label]);
            if (gain > bestGain || (gain == bestGain && best != from && label < best))
            {
                (best, bestGain) = (label, gain);
            }
        }

        foreach (var label in touched)
        {
            weightTo[label] = 0;
        }

        touched.Clear();
        _strengths[best] += strength;
        if (best == from)
        {
            _sizes[from]++;
            return false;
        }

        if (_sizes[best]++ == 0)
        {
            _empty.Pop();
        }

        if (_sizes[from] == 0)
        {
            _empty.Push(from);
        }

        _labels[node] = best;
        return true;
    }
}
