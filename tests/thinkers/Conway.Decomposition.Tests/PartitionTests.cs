namespace Conway.Decomposition.Tests;

public sealed class PartitionTests
{
    [Fact]
    public void Clusters_are_numbered_as_nodes_name_them_first() => Assert.Equal([0, 1, 0, 2], Partition.Of(7, 3, 7, 0).Labels);

    [Fact]
    public void Partitions_with_the_same_clusters_are_equal_whatever_they_were_called()
    {
        Assert.Equal(Partition.Of(1, 1, 0), Partition.Of(5, 5, 9));
        Assert.Equal(Partition.Of(1, 1, 0).GetHashCode(), Partition.Of(5, 5, 9).GetHashCode());
        Assert.NotEqual(Partition.Of(1, 1, 0), Partition.Of(1, 0, 0));
    }

    [Fact]
    public void A_node_may_be_in_no_cluster()
    {
        var partition = Partition.Of(-1, 4, -7, 4);
        Assert.Equal([Partition.None, 0, Partition.None, 0], partition.Labels);
        Assert.Equal((1, 2, 4), (partition.Count, partition.Placed, partition.Nodes));
        Assert.Equal("{1 3}", partition.ToString());
    }

    [Fact]
    public void Clusters_of_clusters_are_clusters_of_nodes() =>
        Assert.Equal(Partition.Of(0, 0, 1, 0), Partition.Of(0, 1, 2, 1).Then(Partition.Of(0, 0, 1)));

    [Fact]
    public void Some_nodes_can_be_looked_at_alone() => Assert.Equal(Partition.Of(0, 1), Partition.Of(0, 1, 1, 2).At([1, 3]));
}
