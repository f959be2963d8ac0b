using System.Collections.Immutable;

namespace Conway.Decomposition.Measures;

/// <summary>How alike the operations of one service are (FoSCI: Jin, Liu, Cai, Kazman, Mo, Zheng 2019). 0 to 1, higher is better.</summary>
/// <remarks>The mean over services of the mean likeness of pairs of their operations; 1 for a service with one operation. Services without any are left out.</remarks>
public static class OperationCohesion
{
    /// <summary>CHM: likeness of messages, the mean of what two operations share of their inputs and of their outputs (Jaccard).</summary>
    public static double Message(Partition cut, IReadOnlyList<ServiceOperation> operations) => Of(cut, operations, static o => [o.Inputs, o.Outputs]);

    /// <summary>CHD: likeness of the domain's words (Jaccard).</summary>
    public static double Domain(Partition cut, IReadOnlyList<ServiceOperation> operations) => Of(cut, operations, static o => [o.Terms]);

    /// <param name="sets">The sets of words by which an operation is compared; each counts the same.</param>
    private static double Of(Partition cut, IReadOnlyList<ServiceOperation> operations, Func<ServiceOperation, ImmutableArray<string>[]> sets)
    {
        // Every pair is looked at: numbers are compared, since words would take long.
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var (sum, services) = (0.0, 0);
        foreach (var service in operations.Where(o => cut[o.Node] != Partition.None).GroupBy(o => cut[o.Node]).OrderBy(g => g.Key))
        {
            var own = service.Select(o => sets(o).Select(Numbers).ToArray()).ToArray();
            services++;
            if (own.Length == 1)
            {
                sum += 1;
                continue;
            }

            var pairs = 0.0;
            for (var i = 0; i < own.Length; i++)
            {
                for (var j = i + 1; j < own.Length; j++)
                {
                    pairs += Like(own[i], own[j]);
                }
            }

            sum += pairs / (own.Length * (own.Length - 1) / 2.0);
        }

        return services == 0 ? 1 : sum / services;

        int[] Numbers(ImmutableArray<string> words)
        {
            var found = new SortedSet<int>();
            foreach (var word in words)
            {
                if (!numbers.TryGetValue(word, out var number))
                {
                    numbers[word] = number = numbers.Count;
                }

                found.Add(number);
            }

            return [.. found];
        }
    }

    private static double Like(int[][] a, int[][] b)
    {
        var sum = 0.0;
        for (var set = 0; set < a.Length; set++)
        {
            sum += Shared(a[set], b[set]);
        }

        return sum / a.Length;
    }

    /// <summary>Two operations that both take nothing take the same. Both ascend.</summary>
    private static double Shared(int[] a, int[] b)
    {
        var (i, j, both) = (0, 0, 0);
        while (i < a.Length && j < b.Length)
        {
            both += a[i] == b[j] ? 1 : 0;
            (i, j) = (a[i] <= b[j] ? i + 1 : i, b[j] <= a[i] ? j + 1 : j);
        }

        var either = a.Length + b.Length - both;
        return either == 0 ? 1 : (double)both / either;
    }
}
