using System.Collections.Immutable;

namespace Conway.Decomposition.Measures;

/// <summary>How alike the operations of one service are (FoSCI: Jin, Liu, Cai, Kazman, Mo, Zheng 2019). 0 to 1, higher is better.</summary>
/// <remarks>The mean over services of the mean likeness of pairs of their operations; 1 for a service with one operation. Services without any are left out.</remarks>
public static class OperationCohesion
{
    /// <summary>CHM: likeness of messages, the mean of what two operations share of their inputs and of their outputs (Jaccard).</summary>
    public static double Message(Partition cut, IReadOnlyList<ServiceOperation> operations) =>
        Of(cut, operations, static (a, b) => (Shared(a.Inputs, b.Inputs) + Shared(a.Outputs, b.Outputs)) / 2);

    /// <summary>CHD: likeness of the domain's words (Jaccard).</summary>
    public static double Domain(Partition cut, IReadOnlyList<ServiceOperation> operations) => Of(cut, operations, static (a, b) => Shared(a.Terms, b.Terms));

    private static double Of(Partition cut, IReadOnlyList<ServiceOperation> operations, Func<ServiceOperation, ServiceOperation, double> like)
    {
        var (sum, services) = (0.0, 0);
        foreach (var service in operations.Where(o => cut[o.Node] != Partition.None).GroupBy(o => cut[o.Node]).OrderBy(g => g.Key))
        {
            var own = service.ToArray();
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
                    pairs += like(own[i], own[j]);
                }
            }

            sum += pairs / (own.Length * (own.Length - 1) / 2.0);
        }

        return services == 0 ? 1 : sum / services;
    }

    /// <summary>Two operations that both take nothing take the same.</summary>
    private static double Shared(ImmutableArray<string> a, ImmutableArray<string> b)
    {
        var both = a.Intersect(b, StringComparer.Ordinal).Count();
        var either = a.Union(b, StringComparer.Ordinal).Count();
        return either == 0 ? 1 : (double)both / either;
    }
}
