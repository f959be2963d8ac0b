namespace Conway.GitFacts;

public sealed class CoChangeTests
{
    [Fact]
    public void Every_size_of_commit_that_counts_has_a_whole_weight()
    {
        for (var files = CoChange.FilesMin; files <= CoChange.FilesMax; files++)
        {
            Assert.Equal(0, CoChange.Unit % (files - 1));
        }
    }

    [Fact]
    public void Strength_is_the_weight_beside_how_often_each_file_changed()
    {
        var history = new GitHistory { Head = "", Files = [new("a.cs", 9, 4, default), new("b.cs", 9, 1, default)] };
        Assert.Equal(0.25, new CoChange(0, 1, 1, CoChange.Unit / 2).Strength(history));
    }
}
