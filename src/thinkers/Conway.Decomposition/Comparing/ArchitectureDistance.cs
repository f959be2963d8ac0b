namespace Conway.Decomposition.Comparing;

/// <summary>How near two architectures are that need not have the same elements (a2a: Le, Behnamghader, Garcia, Link, Shahbazian, Medvidovic 2015).</summary>
public static class ArchitectureDistance
{
    /// <summary>100 × (1 - mto(A, B) / (aco(A) + aco(B))): 100 for the same architecture, less the more must be done.</summary>
    /// <param name="a">One architecture. Nodes in no cluster are not part of it.</param>
    /// <param name="b">The other, of the same nodes in the same order.</param>
    /// <remarks>mto counts clusters to add or remove, elements to add or remove (two steps each: into or out of the architecture and of a cluster), and
    /// elements to move. aco counts what it takes to build an architecture from nothing. The clusters are matched so that least is moved.</remarks>
    /// <exception cref="ArgumentException">The partitions are of different nodes.</exception>
    public static double Likeness(Partition a, Partition b)
    {
        if (a.Nodes != b.Nodes)
        {
            throw new ArgumentException($"Architectures of {a.Nodes} and {b.Nodes} nodes have no common numbering.", nameof(b));
        }

        var shared = new long[a.Count, b.Count];
        var (inBoth, inOne) = (0, 0);
        for (var node = 0; node < a.Nodes; node++)
        {
            if (a[node] != Partition.None && b[node] != Partition.None)
            {
                shared[a[node], b[node]]++;
                inBoth++;
            }
            else if (a[node] != b[node])
            {
                inOne++;
            }
        }

        var stays = Assignment.Most(shared);
        var steps = Math.Abs(a.Count - b.Count) + (2 * inOne) + (inBoth - stays);
        var building = a.Count + (2L * a.Placed) + b.Count + (2L * b.Placed);
        return building == 0 ? 100 : 100 * (1 - ((double)steps / building));
    }
}
