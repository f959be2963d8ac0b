namespace Conway.Decomposition.Measures;

/// <summary>BCP: how mixed the business of a service is. Lower is better. Two forms are in use.</summary>
public static class UseCasePurity
{
    /// <summary>As the code of Mono2Micro reckons: the mean over clusters of ln(use cases that touch it), which is the entropy of use cases taken as equal.</summary>
    public static double Uniform(Partition cut, IReadOnlyList<UseCaseTrace> useCases) =>
        Mean(cut, useCases, static counts => counts.Count == 0 ? 0 : Math.Log(counts.Count));

    /// <summary>As CARGO has it: the mean over clusters of the entropy of use cases, each counted by how many classes of the cluster it touches.</summary>
    public static double ByClasses(Partition cut, IReadOnlyList<UseCaseTrace> useCases) => Mean(cut, useCases, Entropy.Of);

    private static double Mean(Partition cut, IReadOnlyList<UseCaseTrace> useCases, Func<List<int>, double> figure)
    {
        var counts = new List<int>[cut.Count];
        for (var cluster = 0; cluster < counts.Length; cluster++)
        {
            counts[cluster] = [];
        }

        foreach (var useCase in useCases)
        {
            foreach (var touched in useCase.Nodes.Select(n => cut[n]).Where(c => c != Partition.None).GroupBy(c => c))
            {
                counts[touched.Key].Add(touched.Count());
            }
        }

        return cut.Count == 0 ? 0 : counts.Average(figure);
    }
}
