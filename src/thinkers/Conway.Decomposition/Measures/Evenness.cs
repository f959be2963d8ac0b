namespace Conway.Decomposition.Measures;

/// <summary>NED and its kin: whether services are of a size. Four forms are in use, and two plain figures that need no window.</summary>
/// <remarks>The fixed window of 5 to 20 classes says nothing above some 150 classes: every cut of a large system is then uneven. Read the share of the
/// largest service and <see cref="Gini"/> there.</remarks>
public static class Evenness
{
    /// <summary>As Mono2Micro reckons: 1 - the share of classes in clusters of 5 to 20. Lower is better.</summary>
    public static double OutsideFiveToTwenty(Partition cut) => cut.Placed == 0 ? 0 : 1 - ((double)Classes(cut, 5, 20) / cut.Placed);

    /// <summary>As RLDec reckons: 1 - the share of clusters of 5 to 19. Lower is better.</summary>
    public static double ClustersOutsideFiveToNineteen(Partition cut) => cut.Count == 0 ? 0 : 1 - ((double)Clusters(cut, 5, 19) / cut.Count);

    /// <summary>RLDec's other form: 1 - the share of clusters within half and one and a half of the mean size. Lower is better.</summary>
    public static double ClustersOutsideHalfOfMean(Partition cut) => cut.Count == 0 ? 0 : 1 - ((double)Clusters(cut, Mean(cut) / 2, Mean(cut) * 1.5) / cut.Count);

    /// <summary>As CHGNN reckons: the share of classes in clusters within half and one and a half of the mean size. <b>Higher</b> is better.</summary>
    public static double WithinHalfOfMean(Partition cut) => cut.Placed == 0 ? 1 : (double)Classes(cut, Mean(cut) / 2, Mean(cut) * 1.5) / cut.Placed;

    /// <summary>The share of all classes that the largest cluster has. Lower is better; 1/K at best.</summary>
    public static double LargestShare(Partition cut) => cut.Placed == 0 ? 0 : (double)cut.Sizes.ToArray().Max() / cut.Placed;

    /// <summary>The Gini coefficient of sizes: 0 when all are equal, towards 1 when one has all. Lower is better.</summary>
    public static double Gini(Partition cut)
    {
        var sizes = cut.Sizes.ToArray().Order().ToArray();
        var weighted = 0.0;
        for (var rank = 0; rank < sizes.Length; rank++)
        {
            weighted += (2.0 * (rank + 1) - sizes.Length - 1) * sizes[rank];
        }

        return sizes.Length == 0 ? 0 : weighted / ((double)sizes.Length * cut.Placed);
    }

    private static double Mean(Partition cut) => (double)cut.Placed / cut.Count;

    private static int Classes(Partition cut, double least, double most) => cut.Sizes.ToArray().Where(s => s >= least && s <= most).Sum();

    private static int Clusters(Partition cut, double least, double most) => cut.Sizes.ToArray().Count(s => s >= least && s <= most);
}
