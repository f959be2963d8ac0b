namespace Conway.Decomposition.Graphs;

/// <summary>An undirected graph with whole-number weights, packed so that a walk over the neighbours of a node is a walk over an array.</summary>
/// <remarks>Weights are whole so that sums do not depend on the order of adding. Made by <see cref="WeightedGraphBuilder"/>; immutable; neighbours ascend.</remarks>
public sealed class WeightedGraph
{
    private readonly int[] _starts;
    private readonly int[] _targets;
    private readonly long[] _weights;
    private readonly long[] _loops;
    private readonly long[] _strengths;

    internal WeightedGraph(int[] starts, int[] targets, long[] weights, long[] loops)
    {
        (_starts, _targets, _weights, _loops) = (starts, targets, weights, loops);
        _strengths = new long[loops.Length];
        for (var node = 0; node < loops.Length; node++)
        {
            var sum = 2 * loops[node];
            foreach (var weight in Weights(node))
            {
                sum += weight;
            }

            _strengths[node] = sum;
            TotalStrength += sum;
        }
    }

    /// <summary>How many nodes there are; they are numbered from 0.</summary>
    public int Count => _loops.Length;

    /// <summary>How many pairs of different nodes are joined.</summary>
    public int EdgeCount => _targets.Length / 2;

    /// <summary>The sum of all strengths: twice the weight of the graph.</summary>
    public long TotalStrength { get; }

    /// <summary>The nodes joined to a node, ascending, without itself.</summary>
    public ReadOnlySpan<int> Neighbours(int node) => _targets.AsSpan(_starts[node], _starts[node + 1] - _starts[node]);

    /// <summary>The weights of the edges to <see cref="Neighbours"/>, in the same order.</summary>
    public ReadOnlySpan<long> Weights(int node) => _weights.AsSpan(_starts[node], _starts[node + 1] - _starts[node]);

    /// <summary>The weight that joins a node to itself.</summary>
    public long Loop(int node) => _loops[node];

    /// <summary>The sum of the weights of a node's edges; its loop counts twice.</summary>
    public long Strength(int node) => _strengths[node];

    /// <summary>The graph whose nodes are the groups of this one; weights between groups are added, weights within become loops.</summary>
    /// <param name="groups">A group for each node, all from 0 to <see cref="Partition.Count"/>.</param>
    public WeightedGraph Contract(Partition groups)
    {
        var members = new int[Count];
        var starts = new int[groups.Count + 1];
        for (var node = 0; node < Count; node++)
        {
            starts[groups[node] + 1]++;
        }

        for (var group = 0; group < groups.Count; group++)
        {
            starts[group + 1] += starts[group];
        }

        var next = starts.ToArray();
        for (var node = 0; node < Count; node++)
        {
            members[next[groups[node]]++] = node;
        }

        var sums = new long[groups.Count];
        var touched = new List<int>();
        var newStarts = new int[groups.Count + 1];
        var targets = new List<int>(_targets.Length);
        var weights = new List<long>(_targets.Length);
        var loops = new long[groups.Count];
        for (var group = 0; group < groups.Count; group++)
        {
            foreach (var node in members.AsSpan(starts[group], starts[group + 1] - starts[group]))
            {
                loops[group] += 2 * _loops[node];
                var neighbours = Neighbours(node);
                var itsWeights = Weights(node);
                for (var i = 0; i < neighbours.Length; i++)
                {
                    var other = groups[neighbours[i]];
                    if (other == group)
                    {
                        loops[group] += itsWeights[i];
                        continue;
                    }

                    if (sums[other] == 0)
                    {
                        touched.Add(other);
                    }

                    sums[other] += itsWeights[i];
                }
            }

            // Each edge within the group was met from both ends.
            loops[group] /= 2;
            touched.Sort();
            foreach (var other in touched)
            {
                targets.Add(other);
                weights.Add(sums[other]);
                sums[other] = 0;
            }

            touched.Clear();
            newStarts[group + 1] = targets.Count;
        }

        return new WeightedGraph(newStarts, [.. targets], [.. weights], loops);
    }
}
